// RUN: quant-prep-opt %s --qprep-convert --split-input-file --verify-diagnostics

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>, qparams = #qprep.qparams<scale = [0.5], zero_point = [0]>}
func.func @a_buffer(%arg0: memref<4xf32>) {
  // expected-error @below {{observes a buffer, which has no value to quantize; convert before bufferization}}
  qprep.observe %arg0 by @x : memref<4xf32>
  return
}

// -----

func.func @no_symbol(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{carries a spec where an observer is needed; run qprep-share-observers first}}
  %0 = qprep.observe %arg0 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{@x has dtype 'i32'; values can be quantized to 4, 8 and 16 bits}}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, i32, per_tensor_affine>, qparams = #qprep.qparams<scale = [0.5], zero_point = [0]>}
func.func @wide(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{@w has blocks of 3 elements, which do not divide dimension 1 of 'tensor<2x4xf32>'}}
qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, axis = 0, block_size = 3>, qparams = #qprep.qparams<scale = [0.5, 0.25, 1.0], zero_point = [0, 0, 0]>}
func.func @blocks(%arg0: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = qprep.observe %arg0 by @w : tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// -----

// expected-error @below {{argument 0 has 'qprep.qparams', but type 'i32'; only tensors of floats are quantized}}
func.func @argument(%arg0: i32 {qprep.qparams = #qprep.qparams<scale = [0.5], zero_point = [128]>}) {
  return
}

// -----

// expected-error @below {{@w has parameters per channel, but 'tensor<*x!quant.uniform<i8:f32:0, {5.000000e-01,2.500000e-01}>>' has no rank}}
qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>, qparams = #qprep.qparams<scale = [0.5, 0.25], zero_point = [0, 0]>}
func.func @no_rank(%arg0: tensor<*xf32>) -> tensor<*xf32> {
  %0 = qprep.observe %arg0 by @w : tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

// expected-error @below {{qprep.qparams on an argument must be a #qprep.qparams, got: 1.000000e+00 : f32}}
func.func @no_qparams(%arg0: tensor<4xf32> {qprep.qparams = 1.0 : f32}) {
  return
}

// -----

// expected-warning @below {{no observations to convert; run qprep-prepare, qprep-calibrate and qprep-choose-qparams before}}
module @unprepared {
}
