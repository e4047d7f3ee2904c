// RUN: quant-prep-opt %s --qprep-strip --split-input-file --verify-diagnostics

func.func @reference(%x: tensor<4xf32>) -> tensor<4x!quant.uniform<i8:f32, 5.0e-01>> {
  // expected-error @below {{is converted, and the floats that it was made of are gone; strip the prepared module instead}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
  return %0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
}

// -----

func.func @integer(%x: tensor<4xi8>) -> tensor<4xi8> {
  // expected-error @below {{is converted, and the floats that it was made of are gone; strip the prepared module instead}}
  %0 = tosa.clamp %x {min_val = 0 : i8, max_val = 5 : i8, qprep.converted = [{form = "integer", kind = "relu", label = "relu_0"}]} : (tensor<4xi8>) -> tensor<4xi8>
  return %0 : tensor<4xi8>
}
