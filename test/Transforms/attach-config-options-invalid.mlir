// Options that are wrong: one located error each.

// RUN: split-file %s %t
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/missing.mlir 2>&1 | FileCheck %s --check-prefix=OPEN
// OPEN: empty.mlir:1:1: error: cannot open '{{.*}}missing.mlir': No such file or directory
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: empty.mlir:1:1: error: cannot open '{{.*}}': Is a directory
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/malformed.mlir 2>&1 | FileCheck %s --check-prefix=PARSE
// PARSE: malformed.mlir:2:{{[0-9]+}}: error: {{.*}}expected global, kind, name_regex, name or order, got: globl
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/range.mlir 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: range.mlir:2:{{[0-9]+}}: error: {{.*}}quant_min must be less than quant_max, got: 9 and 3
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/empty.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: empty.mlir:1:1: error: no qprep.config at the top level of '{{.*}}empty.mlir', and not just one qprep.backend
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/two.mlir 2>&1 | FileCheck %s --check-prefix=TWO
// TWO: two.mlir:2:1: error: more than one qprep.config; a configuration file has one
// TWO: two.mlir:1:1: note: @a here
// TWO: two.mlir:2:1: note: @b here
// RUN: not quant-prep-opt %t/two.mlir -qprep-attach-config=config=@c 2>&1 | FileCheck %s --check-prefix=SYMBOL
// SYMBOL: two.mlir:0:0: error: config=@c names no qprep.config of the module
// SYMBOL: note: there is @a here
// RUN: not quant-prep-opt %t/two.mlir -qprep-attach-config=config=@f 2>&1 | FileCheck %s --check-prefix=FUNCTION
// FUNCTION: error: config=@f names no qprep.config of the module
// FUNCTION: two.mlir:3:1: note: it is this func.func
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=qconfig=foo 2>&1 | FileCheck %s --check-prefix=PRESET
// PRESET: empty.mlir:1:1: error: unknown preset 'foo'; known are
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=qconfig=@foo 2>&1 | FileCheck %s --check-prefix=QCONFIG
// QCONFIG: empty.mlir:1:1: error: @foo is no qprep.qconfig of the configuration
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=backend=foo 2>&1 | FileCheck %s --check-prefix=BACKEND
// BACKEND: empty.mlir:1:1: error: unknown backend preset 'foo'; known are
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=backend=@foo 2>&1 | FileCheck %s --check-prefix=BSYMBOL
// BSYMBOL: empty.mlir:1:1: error: @foo is no qprep.backend in the configuration or beside it; define it, or name a preset
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=inputs-quantized=-1 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: empty.mlir:1:1: error: inputs-quantized has a negative index: -1; they are counted from 0
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=entry=main 2>&1 | FileCheck %s --check-prefix=ENTRY
// ENTRY: empty.mlir:1:1: error: entry 'main' is no function of the module

//--- empty.mlir
module {}

//--- malformed.mlir
qprep.config @mine {
  qprep.assign globl none
}

//--- range.mlir
qprep.config @mine {
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, quant_min = 9, quant_max = 3>, weight = <placeholder, f32>>
}

//--- two.mlir
qprep.config @a {}
qprep.config @b {}
func.func private @f()
