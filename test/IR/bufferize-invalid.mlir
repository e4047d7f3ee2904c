// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics \
// RUN:   -one-shot-bufferize="bufferize-function-boundaries=true"

qprep.observer private @obs {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @fake_quantize_has_no_buffer_form(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{op was not bufferized}}
  %0 = qprep.fake_quantize %arg0 by @obs : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @obs {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @unranked(%arg0: tensor<*xf32>) -> tensor<*xf32> {
  // expected-error @below {{'qprep.observe' op observes 'tensor<*xf32>', but on buffers it needs a rank; cast to a ranked tensor, or run qprep-lower-observers before bufferization}}
  // expected-error @below {{failed to bufferize op}}
  %0 = qprep.observe %arg0 by @obs : tensor<*xf32>
  return %0 : tensor<*xf32>
}
