// RUN: quant-prep-opt %s --qprep-prepare='backend=fbgemm qconfig=fbgemm inputs-quantized=0' --qprep-convert --verify-diagnostics

// expected-error @below {{argument 0 is quantized outside, but has no 'qprep.qparams'; give it the scale and zero point that its caller has}}
func.func @f10_without_parameters(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-warning @below {{has no quantization parameters}}
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
