// What is wrong with options, functions and values; files and arrays are those of
// Execution/inputs-invalid.test.

// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/../Execution/arrays.py write %t/x.npz '0=<f4[2,4]=nan,1,2,inf,1,2,3,4'
// RUN: %python %S/../Execution/arrays.py write %t/nan.npz '0=<f4[2,4]=nan'
// RUN: not quant-prep-opt %s --qprep-calibrate=inputs=%t/x.npz -o %t/out.mlir 2>&1 | FileCheck %s --check-prefix=SEVERAL
// RUN: not ls %t/out.mlir
// RUN: not quant-prep-opt %s --qprep-calibrate='inputs=%t/x.npz entry=h' 2>&1 | FileCheck %s --check-prefix=ENTRY
// RUN: not quant-prep-opt %s --qprep-calibrate='entry=f' 2>&1 | FileCheck %s --check-prefix=INPUTS
// RUN: not quant-prep-opt %s --qprep-calibrate='entry=f inputs=%t/none.npz' 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not quant-prep-opt %s --qprep-calibrate='entry=f inputs=%t/x.npz shard=2/2' 2>&1 | FileCheck %s --check-prefix=SHARD
// RUN: not quant-prep-opt %s --qprep-calibrate='entry=f inputs=%t/nan.npz' 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not quant-prep-opt %s --qprep-calibrate='entry=g inputs=%t/x.npz' 2>&1 | FileCheck %s --check-prefix=SPEC
// RUN: echo 'func.func @f() { return }' | quant-prep-opt --qprep-calibrate 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: quant-prep-opt %s --qprep-calibrate='entry=f inputs=%t/x.npz' 2>&1 >/dev/null | FileCheck %s --check-prefix=WARNING
// RUN: not quant-prep-opt %s --qprep-calibrate='entry=axis inputs=%t/x.npz' 2>&1 | FileCheck %s --check-prefix=AXIS

// SEVERAL: error: 3 public functions; name the one to run with entry=
// SEVERAL: note: @f
// ENTRY: error: no function @h, which entry= names
// INPUTS: error: @f has 1 arguments; give their arrays with inputs=
// FILE: error: cannot read '{{.*}}none.npz': No such file or directory
// SHARD: error: shard '2/2' is no part; give I/N with 0 <= I < N, as in shard=0/4
// NAN: error: @x saw 8 values, of which 8 are NaN and 0 infinite; calibrate on data that gives it finite ones
// SPEC: error: 'qprep.observe' op carries a spec where an observer is needed; run qprep-share-observers first
// NONE: warning: no observers to calibrate; run qprep-prepare before, or see in qprep-report why it observes nothing
// WARNING: warning: @x saw 8 values, of which 1 NaNs and 1 infinite ones enter no range
// WARNING: warning: @unseen saw no value; its units stay float: run the model on data that reaches it
// AXIS: error: 'qprep.observer' op cannot be shown its values: {{.*}}

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @g(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @axis(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<1xf32>) {
  %0 = qprep.observe %x by @channels : tensor<4xf32>
  %1 = tosa.reduce_sum %0 {axis = 0 : i32} : (tensor<4xf32>) -> tensor<1xf32>
  %2 = qprep.observe %1 by @channels : tensor<1xf32>
  return %0, %2 : tensor<4xf32>, tensor<1xf32>
}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @unseen {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 2, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
