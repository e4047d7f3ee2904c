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
// SYMBOL: two.mlir: error: config=@c names no qprep.config of the module
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
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=mode=dynamic 2>&1 | FileCheck %s --check-prefix=MODE
// MODE: empty.mlir:1:1: error: mode=dynamic is an option of placement=value (T18); leave it out, or change the placement
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=on-device=true 2>&1 | FileCheck %s --check-prefix=DEVICE
// DEVICE: empty.mlir:1:1: error: on-device is an option of placement=value (T16); leave it out, or change the placement
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config=reset-functions=true 2>&1 | FileCheck %s --check-prefix=RESET
// RESET: empty.mlir:1:1: error: reset-functions is an option of placement=value (T15); leave it out, or change the placement
// RUN: not quant-prep-opt %t/empty.mlir -qprep-attach-config='placement=value qat=true' 2>&1 | FileCheck %s --check-prefix=QAT
// QAT: empty.mlir:1:1: error: qat is an option of placement=graph (F30); leave it out, or change the placement
// RUN: not quant-prep-opt %t/public.mlir -qprep-attach-config='placement=value inputs-quantized=0' 2>&1 | FileCheck %s --check-prefix=INPUTS
// INPUTS: error: inputs-quantized is an option of placement=graph (F10); leave it out, or change the placement
// RUN: not quant-prep-opt %t/public.mlir -qprep-attach-config='placement=value outputs-quantized=0' 2>&1 | FileCheck %s --check-prefix=OUTPUTS
// OUTPUTS: error: outputs-quantized is an option of placement=graph (F25); leave it out, or change the placement
// RUN: not quant-prep-opt %t/public.mlir -qprep-attach-config=placement=value 2>&1 | FileCheck %s --check-prefix=SEVERAL
// SEVERAL: public.mlir: error: placement=value begins with one function, but the module has several public ones; say entry=NAME
// SEVERAL: public.mlir:1:1: note: there is @f
// SEVERAL: public.mlir:4:1: note: there is @g
// RUN: not quant-prep-opt %t/two.mlir -qprep-attach-config='config=@a placement=value' 2>&1 | FileCheck %s --check-prefix=NOPUBLIC
// NOPUBLIC: error: placement=value begins with one function, but the module has no public one with a body; say entry=NAME
// RUN: not quant-prep-opt %t/graph.mlir -qprep-attach-config='config=@a placement=value' 2>&1 | FileCheck %s --check-prefix=CUSTOM
// CUSTOM: error: qprep.custom is an option of placement=graph (F29); leave it out, or change the placement
// RUN: not quant-prep-opt %t/graph.mlir -qprep-attach-config='config=@b placement=value' 2>&1 | FileCheck %s --check-prefix=STANDALONE
// STANDALONE: error: qprep.standalone is an option of placement=graph (F28); leave it out, or change the placement
// RUN: not quant-prep-opt %t/graph.mlir -qprep-attach-config='config=@c placement=value' 2>&1 | FileCheck %s --check-prefix=EQUALIZATION
// EQUALIZATION: error: qprep.assign equalization is an option of placement=graph (F27); leave it out, or change the placement

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

//--- public.mlir
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @g(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

//--- graph.mlir
qprep.config @a {
  qprep.custom @f observed @g
}
qprep.config @b {
  qprep.standalone @f
}
qprep.config @c {
  qprep.assign equalization global "equalization"
}
func.func private @f()
func.func private @g()
