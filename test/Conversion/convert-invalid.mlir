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

// expected-error @below {{@x has the zero point 128, outside its codes 0 to 127}}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>, qparams = #qprep.qparams<scale = [0.5], zero_point = [128]>}
func.func @zero_point(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{@w has 2 sets of parameters along dimension 0 of}}
qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>, qparams = #qprep.qparams<scale = [0.5, 0.25], zero_point = [0, 0]>}
func.func @channels(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @w : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{@w has blocks of 3 elements, which do not divide dimension 0 of 'tensor<4xf32>'}}
qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, axis = 0, block_size = 3>, qparams = #qprep.qparams<scale = [0.5, 0.25], zero_point = [0, 0]>}
func.func @blocks(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @w : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{@w has 3 sets of parameters, but 'tensor<4xf32>' has 2 blocks}}
qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, axis = 0, block_size = 2>, qparams = #qprep.qparams<scale = [0.5, 0.25, 1.0], zero_point = [0, 0, 0]>}
func.func @number_of_blocks(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @w : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{argument 0 has 'qprep.qparams', but type 'i32'; only tensors of floats are quantized}}
func.func @argument(%arg0: i32 {qprep.qparams = #qprep.qparams<scale = [0.5], zero_point = [128]>}) {
  return
}
