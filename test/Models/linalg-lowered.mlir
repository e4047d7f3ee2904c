// What lowering takes apart is one unit again, unless a part has a name of its
// own.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

#nhwc = affine_map<(n, h, w, c) -> (n, h, w, c)>
#c = affine_map<(n, h, w, c) -> (c)>
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: @conv_padded(
// CHECK: tensor.pad
// CHECK: } {qprep.member = #qprep.member<[input]>}
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}conv2d [internal, weight(axis = 3), _]
func.func @conv_padded(%x: tensor<1x4x4x3xf32>, %w: tensor<3x3x3x2xf32>) -> tensor<1x4x4x2xf32> {
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x4x4x3xf32> to tensor<1x6x6x3xf32> loc("conv")
  %e = tensor.empty() : tensor<1x4x4x2xf32>
  %0 = linalg.conv_2d_nhwc_hwcf ins(%p, %w : tensor<1x6x6x3xf32>, tensor<3x3x3x2xf32>) outs(%e : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> loc("conv")
  return %0 : tensor<1x4x4x2xf32>
}

// CHECK-LABEL: @not_conv_padded(
// CHECK: } {qprep.unit = #qprep.unit<pad [input]>}
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}conv2d [input, weight(axis = 3), _]
func.func @not_conv_padded(%x: tensor<1x4x4x3xf32>, %w: tensor<3x3x3x2xf32>) -> tensor<1x4x4x2xf32> {
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x4x4x3xf32> to tensor<1x6x6x3xf32> loc("pad")
  %e = tensor.empty() : tensor<1x4x4x2xf32>
  %0 = linalg.conv_2d_nhwc_hwcf ins(%p, %w : tensor<1x6x6x3xf32>, tensor<3x3x3x2xf32>) outs(%e : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> loc("conv")
  return %0 : tensor<1x4x4x2xf32>
}

// In groups, whose sizes are not known in between.
// CHECK-LABEL: @conv_grouped(
// CHECK: } {qprep.member = #qprep.member<[input]>}
// CHECK: tensor.cast {{.*}}qprep.member = #qprep.member<[internal]>
// CHECK: tensor.expand_shape {{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK: linalg.conv_2d_ngchw_gfchw {{.*}}qprep.member = #qprep.member<[internal, weight({{.*}}), _]>
// CHECK: tensor.collapse_shape {{.*}}qprep.unit = #qprep.unit<conv2d [internal]>
func.func @conv_grouped(%x: tensor<1x4x4x4xf32>, %w: tensor<2x3x2x3x3xf32>) -> tensor<1x6x4x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x3x4x4xf32>
  %padding = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %padding : f32
  } : tensor<1x4x4x4xf32> to tensor<1x4x6x6xf32>
  %c = tensor.cast %p : tensor<1x4x6x6xf32> to tensor<1x?x6x6xf32>
  %two = arith.constant 2 : index
  %g = tensor.expand_shape %c [[0], [1, 2], [3], [4]] output_shape [1, 2, %two, 6, 6] : tensor<1x?x6x6xf32> into tensor<1x2x?x6x6xf32>
  %0 = linalg.conv_2d_ngchw_gfchw ins(%g, %w : tensor<1x2x?x6x6xf32>, tensor<2x3x2x3x3xf32>) outs(%zero : tensor<1x2x3x4x4xf32>) -> tensor<1x2x3x4x4xf32>
  %1 = tensor.collapse_shape %0 [[0], [1, 2], [3], [4]] : tensor<1x2x3x4x4xf32> into tensor<1x6x4x4xf32>
  return %1 : tensor<1x6x4x4xf32>
}

// A bias that is an argument: broadcast into the destination, it is no unit.
// CHECK-LABEL: @conv_bias_in_destination(
// CHECK: linalg.broadcast
// CHECK-NOT: qprep.unit
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}conv2d [input, weight(axis = 3), bias]
func.func @conv_bias_in_destination(%x: tensor<1x4x4x3xf32>, %w: tensor<1x1x3x2xf32>, %b: tensor<2xf32>) -> tensor<1x4x4x2xf32> {
  %e = tensor.empty() : tensor<1x4x4x2xf32>
  %f = linalg.broadcast ins(%b : tensor<2xf32>) outs(%e : tensor<1x4x4x2xf32>) dimensions = [0, 1, 2]
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<1x4x4x3xf32>, tensor<1x1x3x2xf32>) outs(%f : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  return %0 : tensor<1x4x4x2xf32>
}

// Depthwise, with two multipliers and a bias behind; the second sum is a unit.
// CHECK-LABEL: @conv_bias_behind(
// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm {{.*}}member<[input, weight(axis = 2), _]>
// CHECK: tensor.collapse_shape {{.*}}member<[internal]>
// CHECK: linalg.generic{{.*}}conv2d [internal, bias, _]
// CHECK: linalg.add {{.*}}add [input, input, _]
func.func @conv_bias_behind(%x: tensor<1x4x4x3xf32>, %w: tensor<3x3x3x2xf32>, %b: tensor<6xf32>, %y: tensor<1x2x2x6xf32>) -> tensor<1x2x2x6xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2x2x3x2xf32>
  %e = tensor.empty() : tensor<1x2x2x6xf32>
  %0 = linalg.depthwise_conv_2d_nhwc_hwcm ins(%x, %w : tensor<1x4x4x3xf32>, tensor<3x3x3x2xf32>) outs(%zero : tensor<1x2x2x3x2xf32>) -> tensor<1x2x2x3x2xf32>
  %1 = tensor.collapse_shape %0 [[0], [1], [2], [3, 4]] : tensor<1x2x2x3x2xf32> into tensor<1x2x2x6xf32>
  %2 = linalg.generic {indexing_maps = [#nhwc, #c, #nhwc], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %b : tensor<1x2x2x6xf32>, tensor<6xf32>) outs(%e : tensor<1x2x2x6xf32>) {
  ^bb0(%a: f32, %bias: f32, %out: f32):
    %s = arith.addf %a, %bias : f32
    linalg.yield %s : f32
  } -> tensor<1x2x2x6xf32>
  %3 = linalg.add ins(%2, %y : tensor<1x2x2x6xf32>, tensor<1x2x2x6xf32>) outs(%e : tensor<1x2x2x6xf32>) -> tensor<1x2x2x6xf32>
  return %3 : tensor<1x2x2x6xf32>
}

// CHECK-LABEL: @avg_pool(
// CHECK: linalg.pooling_nhwc_sum {{.*}}member<[input, _, _]>
// CHECK: linalg.generic{{.*}}avg_pool2d [internal, _]
func.func @avg_pool(%x: tensor<1x4x4x3xf32>) -> tensor<1x3x3x3xf32> {
  %four = arith.constant 4 : i32
  %k = tensor.empty() : tensor<2x2xf32>
  %e = tensor.empty() : tensor<1x3x3x3xf32>
  %0 = linalg.pooling_nhwc_sum ins(%x, %k : tensor<1x4x4x3xf32>, tensor<2x2xf32>) outs(%e : tensor<1x3x3x3xf32>) -> tensor<1x3x3x3xf32>
  %1 = linalg.generic {indexing_maps = [#nhwc, #nhwc], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%0 : tensor<1x3x3x3xf32>) outs(%e : tensor<1x3x3x3xf32>) {
  ^bb0(%a: f32, %out: f32):
    %n = arith.sitofp %four : i32 to f32
    %d = arith.divf %a, %n : f32
    linalg.yield %d : f32
  } -> tensor<1x3x3x3xf32>
  return %1 : tensor<1x3x3x3xf32>
}

// A list.
// CHECK-LABEL: @cats(
// CHECK: tensor.insert_slice {{.*}}member<[element, _]>
// CHECK: tensor.insert_slice {{.*}}member<[element, internal]>
// CHECK: tensor.insert_slice {{.*}}unit<cat [element, internal]>
func.func @cats(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x12xf32> {
  %e = tensor.empty() : tensor<2x12xf32>
  %0 = tensor.insert_slice %x into %e[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x12xf32>
  %1 = tensor.insert_slice %y into %0[0, 4] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x12xf32>
  %2 = tensor.insert_slice %x into %1[0, 8] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x12xf32>
  return %2 : tensor<2x12xf32>
}

// The first part is constant: what it is written into has nothing in the rest,
// and is no element.
// CHECK-LABEL: @cat_constant_first(
// CHECK: tensor.insert_slice {{.*}}member<[element, _]>
// CHECK: tensor.insert_slice {{.*}}unit<cat [element, internal]>
func.func @cat_constant_first(%x: tensor<2x4xf32>) -> tensor<2x8xf32> {
  %c = arith.constant dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>
  %e = tensor.empty() : tensor<2x8xf32>
  %0 = tensor.insert_slice %c into %e[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  %1 = tensor.insert_slice %x into %0[0, 4] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  return %1 : tensor<2x8xf32>
}

// A list that consists of constants is one.
// CHECK-LABEL: @cat_constants(
// CHECK-NOT: qprep.unit = #qprep.unit<cat
// CHECK: return
func.func @cat_constants() -> tensor<2x8xf32> {
  %c = arith.constant dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>
  %e = tensor.empty() : tensor<2x8xf32>
  %0 = tensor.insert_slice %c into %e[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  %1 = tensor.insert_slice %c into %0[0, 4] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  return %1 : tensor<2x8xf32>
}

// CHECK-LABEL: @roll(
// CHECK: tensor.extract_slice {{.*}}member<[input]>
// CHECK: tensor.extract_slice {{.*}}member<[input]>
// CHECK: tensor.insert_slice {{.*}}member<[internal, _]>
// CHECK: tensor.insert_slice {{.*}}unit<roll [internal, internal]>
func.func @roll(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %e = tensor.empty() : tensor<2x4xf32>
  %a = tensor.extract_slice %x[0, 3] [2, 1] [1, 1] : tensor<2x4xf32> to tensor<2x1xf32>
  %b = tensor.extract_slice %x[0, 0] [2, 3] [1, 1] : tensor<2x4xf32> to tensor<2x3xf32>
  %0 = tensor.insert_slice %a into %e[0, 0] [2, 1] [1, 1] : tensor<2x1xf32> into tensor<2x4xf32>
  %1 = tensor.insert_slice %b into %0[0, 1] [2, 3] [1, 1] : tensor<2x3xf32> into tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// Into zeros, a slice is padded.
// CHECK-LABEL: @padding(
// CHECK: tensor.insert_slice {{.*}}unit<pad [input, _]>
func.func @padding(%x: tensor<2x4xf32>) -> tensor<2x6xf32> {
  %e = arith.constant dense<0.0> : tensor<2x6xf32>
  %0 = tensor.insert_slice %x into %e[0, 1] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x6xf32>
  return %0 : tensor<2x6xf32>
}

// A tile of two steps, a reshape of two steps, a dimension that comes back.
// CHECK-LABEL: @movement(
// CHECK: linalg.broadcast {{.*}}member<[input, _]>
// CHECK: tensor.collapse_shape {{.*}}unit<repeat [internal]>
// CHECK: tensor.collapse_shape {{.*}}member<[input]>
// CHECK: tensor.expand_shape {{.*}}unit<reshape [internal]>
// CHECK: linalg.transpose {{.*}}unit<transpose [input, _]>
// CHECK: linalg.reduce {{.*}}member<[input, _]>
// CHECK: tensor.expand_shape {{.*}}unit<reduce_max [internal]>
func.func @movement(%x: tensor<2x4xf32>) -> tensor<8x1xf32> {
  %e = tensor.empty() : tensor<3x2x4xf32>
  %f = tensor.empty() : tensor<8x3xf32>
  %g = arith.constant dense<-1.0> : tensor<8xf32>
  %0 = linalg.broadcast ins(%x : tensor<2x4xf32>) outs(%e : tensor<3x2x4xf32>) dimensions = [0]
  %1 = tensor.collapse_shape %0 [[0, 1], [2]] : tensor<3x2x4xf32> into tensor<6x4xf32> loc("tile")
  %2 = tensor.collapse_shape %1 [[0, 1]] : tensor<6x4xf32> into tensor<24xf32> loc("view")
  %3 = tensor.expand_shape %2 [[0, 1]] output_shape [3, 8] : tensor<24xf32> into tensor<3x8xf32> loc("view")
  %4 = linalg.transpose ins(%3 : tensor<3x8xf32>) outs(%f : tensor<8x3xf32>) permutation = [1, 0]
  %5 = linalg.reduce { arith.maximumf } ins(%4 : tensor<8x3xf32>) outs(%g : tensor<8xf32>) dimensions = [1]
  %6 = tensor.expand_shape %5 [[0, 1]] output_shape [8, 1] : tensor<8xf32> into tensor<8x1xf32>
  return %6 : tensor<8x1xf32>
}

// As a clamp is lowered; the upper bound of a relu is the largest number.
// CHECK-LABEL: @bounds(
// CHECK: relu [input, _]
// CHECK: clamp [input, _]
func.func @bounds(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %low = arith.constant -1.0 : f16
  %zero = arith.constant 0.0 : f16
  %one = arith.constant 1.0 : f16
  %largest = arith.constant 65504.0 : f16
  %e = tensor.empty() : tensor<2x4xf16>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf16>) outs(%e : tensor<2x4xf16>) {
  ^bb0(%a: f16, %out: f16):
    %m = arith.minimumf %a, %largest : f16
    %r = arith.maximumf %m, %zero : f16
    linalg.yield %r : f16
  } -> tensor<2x4xf16>
  %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%0 : tensor<2x4xf16>) outs(%e : tensor<2x4xf16>) {
  ^bb0(%a: f16, %out: f16):
    %m = arith.maximumf %a, %low : f16
    %r = arith.minimumf %m, %one : f16
    linalg.yield %r : f16
  } -> tensor<2x4xf16>
  return %1 : tensor<2x4xf16>
}

// A transpose may be written on either side; front ends do both.
// CHECK-LABEL: @transposes(
// CHECK: linalg.generic{{.*}}unit<transpose [input, _]>
// CHECK: linalg.generic{{.*}}unit<transpose [input, _]>
func.func @transposes(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %e = tensor.empty() : tensor<4x2xf32>
  %f = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d1, d0)>], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<4x2xf32>) {
  ^bb0(%a: f32, %out: f32):
    linalg.yield %a : f32
  } -> tensor<4x2xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%0 : tensor<4x2xf32>) outs(%f : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    linalg.yield %a : f32
  } -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}
