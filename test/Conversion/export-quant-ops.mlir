// RUN: quant-prep-opt %s --qprep-export-quant-ops | FileCheck %s
// RUN: quant-prep-opt %s --qprep-export-quant-ops -o %t.mlir
// RUN: mlir-opt %t.mlir | FileCheck %s

// CHECK-LABEL: func.func @both(
//       CHECK: quant.qcast %{{.*}} : tensor<4xf32> to tensor<4x!quant.uniform<i8:f32, 5.000000e-01>>
//       CHECK: quant.dcast %{{.*}} : tensor<4x!quant.uniform<i8:f32, 5.000000e-01>> to tensor<4xf32>
func.func @both(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
  %1 = qprep.dequantize %0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
