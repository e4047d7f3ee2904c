// F10: an argument that is quantized outside has codes of u8, or what the backend takes instead.
// RUN: quant-prep-opt %s --qprep-prepare='backend=tosa qconfig=tosa inputs-quantized=0' --qprep-convert 2>/dev/null | FileCheck %s --check-prefix=TOSA
// RUN: sed 's/-3/3/' %s | quant-prep-opt --qprep-prepare=inputs-quantized=0 --qprep-convert 2>/dev/null | FileCheck %s --check-prefix=NATIVE

// TOSA: func.func @f10_argument(%{{.*}}: tensor<4x!quant.uniform<i8:f32, 5.000000e-01:-3>>)
// NATIVE: func.func @f10_argument(%{{.*}}: tensor<4x!quant.uniform<u8:f32, 5.000000e-01:3>>)
func.func @f10_argument(%x: tensor<4xf32> {qprep.qparams = #qprep.qparams<scale = [0.5], zero_point = [-3]>}) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
