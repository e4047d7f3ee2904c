// Accumulators of integers cannot overflow, which follows from shapes and weights: on each side of the limit.

// RUN: quant-prep-opt %s --qprep-lower-to-integer | FileCheck %s

!x = !quant.uniform<i8:f32, 5.0e-01:-128>
!w = !quant.uniform<i8<-127:127>:f32, 5.0e-01>
!long = !quant.uniform<i16:f32, 5.0e-01>
!y = !quant.uniform<i8:f32, 1.024e+03>

// CHECK-LABEL: func.func @matmul_fits(
//       CHECK: form = "integer", kind = "matmul"
func.func @matmul_fits(%q0: tensor<1x1x33025x!x>, %q1: tensor<1x33025x1x!x>) -> tensor<1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x33025x!x> -> tensor<1x1x33025xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x33025x1x!x> -> tensor<1x33025x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.matmul %x0, %x1, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>} : (tensor<1x1x33025xf32>, tensor<1x33025x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1xf32> -> tensor<1x1x1x!y>
  return %y : tensor<1x1x1x!y>
}

// CHECK-LABEL: func.func @matmul_overflows(
//       CHECK: form = "reference", kind = "matmul"{{.*}}reason = "the accumulator may reach 2147515650, outside int32"
func.func @matmul_overflows(%q0: tensor<1x1x33026x!x>, %q1: tensor<1x33026x1x!x>) -> tensor<1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x33026x!x> -> tensor<1x1x33026xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x33026x1x!x> -> tensor<1x33026x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.matmul %x0, %x1, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>} : (tensor<1x1x33026xf32>, tensor<1x33026x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1xf32> -> tensor<1x1x1x!y>
  return %y : tensor<1x1x1x!y>
}

// CHECK-LABEL: func.func @linalg_matmul_fits(
//       CHECK: form = "integer", kind = "matmul"
func.func @linalg_matmul_fits(%q0: tensor<1x1x33025x!x>, %q1: tensor<1x33025x1x!x>) -> tensor<1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x33025x!x> -> tensor<1x1x33025xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x33025x1x!x> -> tensor<1x33025x1xf32>
  %cst = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x1x1xf32>
  %f = linalg.fill ins(%cst : f32) outs(%e : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %v = linalg.batch_matmul {qprep.unit = #qprep.unit<matmul [input, input, _]>} ins(%x0, %x1 : tensor<1x1x33025xf32>, tensor<1x33025x1xf32>) outs(%f : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1xf32> -> tensor<1x1x1x!y>
  return %y : tensor<1x1x1x!y>
}

// CHECK-LABEL: func.func @linalg_matmul_overflows(
//       CHECK: form = "reference", kind = "matmul"{{.*}}reason = "the accumulator may reach 2147515650, outside int32"
func.func @linalg_matmul_overflows(%q0: tensor<1x1x33026x!x>, %q1: tensor<1x33026x1x!x>) -> tensor<1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x33026x!x> -> tensor<1x1x33026xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x33026x1x!x> -> tensor<1x33026x1xf32>
  %cst = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x1x1xf32>
  %f = linalg.fill ins(%cst : f32) outs(%e : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %v = linalg.batch_matmul {qprep.unit = #qprep.unit<matmul [input, input, _]>} ins(%x0, %x1 : tensor<1x1x33026xf32>, tensor<1x33026x1xf32>) outs(%f : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1xf32> -> tensor<1x1x1x!y>
  return %y : tensor<1x1x1x!y>
}

// CHECK-LABEL: func.func @matmul_i16_fits(
//       CHECK: form = "integer", kind = "matmul"
func.func @matmul_i16_fits(%q0: tensor<1x1x131071x!long>, %q1: tensor<1x131071x1x!long>) -> tensor<1x1x1x!long> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x131071x!long> -> tensor<1x1x131071xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x131071x1x!long> -> tensor<1x131071x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.matmul %x0, %x1, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>} : (tensor<1x1x131071xf32>, tensor<1x131071x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1xf32> -> tensor<1x1x1x!long>
  return %y : tensor<1x1x1x!long>
}

// CHECK-LABEL: func.func @matmul_i16_overflows(
//       CHECK: form = "reference", kind = "matmul"{{.*}}reason = "the accumulator may reach 140737488355328, outside int48"
func.func @matmul_i16_overflows(%q0: tensor<1x1x131072x!long>, %q1: tensor<1x131072x1x!long>) -> tensor<1x1x1x!long> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x131072x!long> -> tensor<1x1x131072xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x131072x1x!long> -> tensor<1x131072x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.matmul %x0, %x1, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>} : (tensor<1x1x131072xf32>, tensor<1x131072x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1xf32> -> tensor<1x1x1x!long>
  return %y : tensor<1x1x1x!long>
}

// CHECK-LABEL: func.func @conv2d_fits(
//       CHECK: form = "integer", kind = "conv2d"
func.func @conv2d_fits(%q0: tensor<1x1x1x66311x!x>, %q1: tensor<1x1x1x66311x!w>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x1x66311x!x> -> tensor<1x1x1x66311xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x1x1x66311x!w> -> tensor<1x1x1x66311xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x1x1x66311xf32>, tensor<1x1x1x66311xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @conv2d_overflows(
//       CHECK: form = "reference", kind = "conv2d"{{.*}}reason = "the accumulator may reach 2147514120, outside int32"
func.func @conv2d_overflows(%q0: tensor<1x1x1x66312x!x>, %q1: tensor<1x1x1x66312x!w>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x1x66312x!x> -> tensor<1x1x1x66312xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x1x1x66312x!w> -> tensor<1x1x1x66312xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x1x1x66312xf32>, tensor<1x1x1x66312xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @conv2d_bias_fits(
//       CHECK: form = "integer", kind = "conv2d"
func.func @conv2d_bias_fits(%q0: tensor<1x1x1x60000x!x>, %q1: tensor<1x1x1x60000x!w>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x1x60000x!x> -> tensor<1x1x1x60000xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x1x1x60000x!w> -> tensor<1x1x1x60000xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<51095750.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x1x1x60000xf32>, tensor<1x1x1x60000xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// The bias has its share.
// CHECK-LABEL: func.func @conv2d_bias_overflows(
//       CHECK: form = "reference", kind = "conv2d"{{.*}}reason = "the accumulator may reach 2147484000, outside int32"
func.func @conv2d_bias_overflows(%q0: tensor<1x1x1x60000x!x>, %q1: tensor<1x1x1x60000x!w>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x1x60000x!x> -> tensor<1x1x1x60000xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x1x1x60000x!w> -> tensor<1x1x1x60000xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<51096000.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x1x1x60000xf32>, tensor<1x1x1x60000xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @conv2d_a16w8_fits(
//       CHECK: form = "integer", kind = "conv2d"
func.func @conv2d_a16w8_fits(%q0: tensor<1x1x1x33818640x!long>, %q1: tensor<1x1x1x33818640x!w>) -> tensor<1x1x1x1x!long> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x1x33818640x!long> -> tensor<1x1x1x33818640xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x1x1x33818640x!w> -> tensor<1x1x1x33818640xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x1x1x33818640xf32>, tensor<1x1x1x33818640xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!long>
  return %y : tensor<1x1x1x1x!long>
}

// CHECK-LABEL: func.func @conv2d_a16w8_overflows(
//       CHECK: form = "reference", kind = "conv2d"{{.*}}reason = "the accumulator may reach 140737491992576, outside int48"
func.func @conv2d_a16w8_overflows(%q0: tensor<1x1x1x33818641x!long>, %q1: tensor<1x1x1x33818641x!w>) -> tensor<1x1x1x1x!long> {
  %x0 = qprep.dequantize %q0 : tensor<1x1x1x33818641x!long> -> tensor<1x1x1x33818641xf32>
  %x1 = qprep.dequantize %q1 : tensor<1x1x1x33818641x!w> -> tensor<1x1x1x33818641xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x1x1x33818641xf32>, tensor<1x1x1x33818641xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!long>
  return %y : tensor<1x1x1x1x!long>
}

// CHECK-LABEL: func.func @depthwise_fits(
//       CHECK: form = "integer", kind = "conv2d"
func.func @depthwise_fits(%q0: tensor<1x257x258x1x!x>, %q1: tensor<257x258x1x1x!w>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x257x258x1x!x> -> tensor<1x257x258x1xf32>
  %x1 = qprep.dequantize %q1 : tensor<257x258x1x1x!w> -> tensor<257x258x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.depthwise_conv2d %x0, %x1, %z, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 2), bias, _, _]>} : (tensor<1x257x258x1xf32>, tensor<257x258x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @depthwise_overflows(
//       CHECK: form = "reference", kind = "conv2d"{{.*}}reason = "the accumulator may reach 2155675140, outside int32"
func.func @depthwise_overflows(%q0: tensor<1x258x258x1x!x>, %q1: tensor<258x258x1x1x!w>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x258x258x1x!x> -> tensor<1x258x258x1xf32>
  %x1 = qprep.dequantize %q1 : tensor<258x258x1x1x!w> -> tensor<258x258x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.depthwise_conv2d %x0, %x1, %z, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 2), bias, _, _]>} : (tensor<1x258x258x1xf32>, tensor<258x258x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @avg_pool2d_fits(
//       CHECK: form = "integer", kind = "avg_pool2d"
func.func @avg_pool2d_fits(%q0: tensor<1x2901x2902x1x!x>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x2901x2902x1x!x> -> tensor<1x2901x2902x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.avg_pool2d %x0, %z, %z {acc_type = f32, kernel = array<i64: 2901, 2902>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<avg_pool2d [input, _, _]>} : (tensor<1x2901x2902x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @avg_pool2d_overflows(
//       CHECK: form = "reference", kind = "avg_pool2d"{{.*}}reason = "the sum of a window may be outside int32"
func.func @avg_pool2d_overflows(%q0: tensor<1x2902x2903x1x!x>) -> tensor<1x1x1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x2902x2903x1x!x> -> tensor<1x2902x2903x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %v = tosa.avg_pool2d %x0, %z, %z {acc_type = f32, kernel = array<i64: 2902, 2903>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<avg_pool2d [input, _, _]>} : (tensor<1x2902x2903x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %y = qprep.quantize %v : tensor<1x1x1x1xf32> -> tensor<1x1x1x1x!y>
  return %y : tensor<1x1x1x1x!y>
}

// CHECK-LABEL: func.func @reduce_sum_fits(
//       CHECK: form = "integer", kind = "reduce_sum"
func.func @reduce_sum_fits(%q0: tensor<1x8388607x!x>) -> tensor<1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x8388607x!x> -> tensor<1x8388607xf32>
  %v = tosa.reduce_sum %x0 {axis = 1 : i32, qprep.unit = #qprep.unit<reduce_sum [input]>} : (tensor<1x8388607xf32>) -> tensor<1x1xf32>
  %y = qprep.quantize %v : tensor<1x1xf32> -> tensor<1x1x!y>
  return %y : tensor<1x1x!y>
}

// CHECK-LABEL: func.func @reduce_sum_overflows(
//       CHECK: form = "reference", kind = "reduce_sum"{{.*}}reason = "the sum may be outside int32"
func.func @reduce_sum_overflows(%q0: tensor<1x8388608x!x>) -> tensor<1x1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x8388608x!x> -> tensor<1x8388608xf32>
  %v = tosa.reduce_sum %x0 {axis = 1 : i32, qprep.unit = #qprep.unit<reduce_sum [input]>} : (tensor<1x8388608xf32>) -> tensor<1x1xf32>
  %y = qprep.quantize %v : tensor<1x1xf32> -> tensor<1x1x!y>
  return %y : tensor<1x1x!y>
}

// CHECK-LABEL: func.func @linalg_reduce_fits(
//       CHECK: form = "integer", kind = "reduce_sum"
func.func @linalg_reduce_fits(%q0: tensor<1x8421504x!x>) -> tensor<1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x8421504x!x> -> tensor<1x8421504xf32>
  %cst = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1xf32>
  %f = linalg.fill ins(%cst : f32) outs(%e : tensor<1xf32>) -> tensor<1xf32>
  %v = linalg.reduce { arith.addf } ins(%x0 : tensor<1x8421504xf32>) outs(%f : tensor<1xf32>) dimensions = [1] {qprep.unit = #qprep.unit<reduce_sum [input, _]>}
  %y = qprep.quantize %v : tensor<1xf32> -> tensor<1x!y>
  return %y : tensor<1x!y>
}

// CHECK-LABEL: func.func @linalg_reduce_overflows(
//       CHECK: form = "reference", kind = "reduce_sum"{{.*}}reason = "the sum may be outside int32"
func.func @linalg_reduce_overflows(%q0: tensor<1x8421505x!x>) -> tensor<1x!y> {
  %x0 = qprep.dequantize %q0 : tensor<1x8421505x!x> -> tensor<1x8421505xf32>
  %cst = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1xf32>
  %f = linalg.fill ins(%cst : f32) outs(%e : tensor<1xf32>) -> tensor<1xf32>
  %v = linalg.reduce { arith.addf } ins(%x0 : tensor<1x8421505xf32>) outs(%f : tensor<1xf32>) dimensions = [1] {qprep.unit = #qprep.unit<reduce_sum [input, _]>}
  %y = qprep.quantize %v : tensor<1xf32> -> tensor<1x!y>
  return %y : tensor<1x!y>
}

!small = !quant.uniform<i8<-127:127>:f32:0, {1.0e-06,5.0e-01}>
!fine = !quant.uniform<i8:f32, 1.0e-07>

// What does not fit the bits of a shift is far outside the codes: it saturates before the rescale.
// CHECK-LABEL: func.func @conv_of_fine_codes(
//   CHECK-DAG: %[[LEAST:.*]] = "tosa.const"() <{values = dense<{{.*}}-134217728, -256{{.*}}> : tensor<1x1x1x2xi32>}>
//       CHECK: %[[ACC:.*]] = tosa.conv2d
//       CHECK: %[[MOST:.*]] = tosa.maximum %[[ACC]], %[[LEAST]] : (tensor<1x2x2x2xi32>, tensor<1x1x1x2xi32>) -> tensor<1x2x2x2xi32>
//       CHECK: %[[LIMITED:.*]] = tosa.minimum %[[MOST]]
//       CHECK: tosa.rescale %[[LIMITED]]
//  CHECK-SAME: form = "integer", kind = "conv2d"
func.func @conv_of_fine_codes(%q: tensor<1x2x2x1x!x>) -> tensor<1x2x2x2x!fine> {
  %x = qprep.dequantize %q : tensor<1x2x2x1x!x> -> tensor<1x2x2x1xf32>
  %c = "tosa.const"() <{values = dense<[[[[1]]], [[[2]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %s = quant.scast %c : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!small>
  %w = qprep.dequantize %s : tensor<2x1x1x1x!small> -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[100.0, 2.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x2x2x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %1 = qprep.quantize %0 : tensor<1x2x2x2xf32> -> tensor<1x2x2x2x!fine>
  return %1 : tensor<1x2x2x2x!fine>
}

// A code of i8 that is many codes of the result is an entry of a table.
// CHECK-LABEL: func.func @steep_codes(
//       CHECK: tosa.table
func.func @steep_codes(%q: tensor<4x!x>) -> tensor<4x!fine> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!fine>
  return %0 : tensor<4x!fine>
}
