// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file --verify-diagnostics

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @prepared(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{observes a value that is not converted; run qprep-convert first}}
  %0 = qprep.observe %x by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @no_rank(%x: tensor<*xf32>) -> tensor<*xf32> {
  // expected-error @below {{has type 'tensor<*x!quant.uniform<i8:f32, 5.000000e-01>>', but only ranked tensors can be lowered; cast it to one, or leave it out of quantization}}
  %0 = qprep.quantize %x : tensor<*xf32> -> tensor<*x!quant.uniform<i8:f32, 5.0e-01>>
  // expected-error @below {{has type 'tensor<*xf32>', but only ranked tensors can be lowered; cast it to one, or leave it out of quantization}}
  %1 = qprep.dequantize %0 : tensor<*x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<*xf32>
  return %1 : tensor<*xf32>
}

// -----

// expected-warning @below {{nothing is quantized, so that nothing is lowered; run qprep-convert before}}
module @unprepared {
}
