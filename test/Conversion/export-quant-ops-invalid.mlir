// RUN: quant-prep-opt %s --qprep-export-quant-ops --verify-diagnostics

func.func @half(%x: tensor<4xf16>) -> tensor<4x!quant.uniform<i8:f32, 5.0e-01>> {
  // expected-error @below {{has floats of 'f16' and codes of 'f32', which quant ops do not take; cast to 'f32' before preparation}}
  %0 = qprep.quantize %x : tensor<4xf16> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
  return %0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
}
