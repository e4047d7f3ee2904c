// Options with a closed set of values say what these are.
//
// RUN: not quant-prep-opt %s --qprep-prepare=placement=valu 2>&1 | FileCheck %s --check-prefix=PLACEMENT
// PLACEMENT: for the --placement option: unknown value 'valu'; known are configured, graph, value; did you mean 'value'?
// RUN: not quant-prep-opt %s --qprep-prepare=mode=static8 2>&1 | FileCheck %s --check-prefix=MODE
// MODE: for the --mode option: unknown value 'static8'; known are configured, static, dynamic
// RUN: not quant-prep-opt %s --qprep-report=format=yaml 2>&1 | FileCheck %s --check-prefix=FORMAT
// FORMAT: for the --format option: unknown value 'yaml'; known are json, json-lines, text, dot, svg
// RUN: not quant-prep-opt %s --qprep-report=sort=size 2>&1 | FileCheck %s --check-prefix=SORT
// SORT: for the --sort option: unknown value 'size'; known are program, macs, label
// RUN: not quant-prep-opt %s --qprep-quantize=to=int 2>&1 | FileCheck %s --check-prefix=TO
// TO: for the --to option: unknown value 'int'; known are
// RUN: not quant-prep-opt %s --qprep-quantize=float=no 2>&1 | FileCheck %s --check-prefix=FLOAT
// FLOAT: for the --float option: unknown value 'no'; known are allow, forbid

// Misspelt options and presets: which pass it is, and where or what there are.
// RUN: not quant-prep-opt %s --qprep-prepare=qconfg=fbgemm 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: error: qprep-prepare has no option 'qconfg'; --help lists those that it has
// RUN: not quant-prep-opt %s --pass-pipeline='builtin.module(qprep-calibrate{input=x.npz})' 2>&1 | FileCheck %s --check-prefix=LIST
// LIST: error: qprep-calibrate has no option 'input'; --help lists those that it has
// RUN: not quant-prep-opt %s --pass-pipeline='builtin.module(qprep-choose-qparams{methd=mse})' 2>&1 | FileCheck %s --check-prefix=CHOOSE
// CHOOSE: error: qprep-choose-qparams has no option 'methd'; --help lists those that it has
// RUN: not quant-prep-opt %s --pass-pipeline='builtin.module(qprep-convert{to=integer})' 2>&1 | FileCheck %s --check-prefix=NO-OPTIONS
// NO-OPTIONS: error: qprep-convert has no option 'to'; --help lists those that it has
// RUN: not quant-prep-opt %s --qprep-calibrate=threads=two 2>&1 | FileCheck %s --check-prefix=NUMBER
// NUMBER: for the --threads option: 'two' value invalid for uint argument!
// NUMBER: error: qprep-calibrate cannot take its options
// RUN: not quant-prep-opt %s --qprep-quantize='to=reference float=forbid' 2>&1 | FileCheck %s --check-prefix=FORBID
// FORBID: error: float=forbid is about integers; leave it out, or say to=integer
// RUN: not quant-prep-opt %s --qprep-prepare=backend=natve 2>&1 | FileCheck %s --check-prefix=PRESET
// PRESET: error: unknown backend preset 'natve'; known are {{.*}}; did you mean 'native'?
// RUN: not quant-prep-opt %s --qprep-print-preset=name=fbgem 2>&1 | FileCheck %s --check-prefix=PRINT
// PRINT: error: unknown preset 'fbgem'; known are {{.*}}; did you mean 'fbgemm'?

// Known ones are read, and printed as they are written.
// RUN: quant-prep-opt %s --qprep-prepare='placement=value mode=dynamic' --dump-pass-pipeline 2>&1 | FileCheck %s
// CHECK: qprep-prepare{{{.*}}mode=dynamic{{.*}}placement=value
func.func @forward(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
