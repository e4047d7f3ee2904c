// The normal form of ops: what changes nothing is not there, bounds and roots are the same however
// they are written. The canonicalizer makes no difference to the units.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(canonicalize,cse,qprep-match-units))' | FileCheck %s --check-prefix=CANONICAL

// x + 0 belongs to what makes x, x * 1 to what makes that.
// CHECK-LABEL: @neutral(
// CHECK: tosa.sigmoid{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK: tosa.mul{{.*}}qprep.unit = #qprep.unit<sigmoid [internal, _, _]>
// CANONICAL-LABEL: @neutral(
// CANONICAL: tosa.sigmoid{{.*}}sigmoid [input]
func.func @neutral(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sigmoid %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.add %0, %zero : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.mul %1, %one, %s : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// Between the ops of a cluster, and a neutral element that broadcasts is none.
// CHECK-LABEL: @between(
// CHECK: tosa.mul{{.*}}silu [input, internal, _]
// CHECK: tosa.add{{.*}}add [input, input]
func.func @between(%x: tensor<1x4xf32>) -> tensor<2x4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zeros = "tosa.const"() <{values = dense<0.0> : tensor<2x1xf32>}> : () -> tensor<2x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sigmoid %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %1 = tosa.add %0, %zero : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %2 = tosa.mul %x, %1, %s : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %3 = tosa.add %2, %zeros : (tensor<1x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// Two transposes that cancel.
// CHECK-LABEL: @transposes(
// CHECK: tosa.exp{{.*}}qprep.member
// CHECK: tosa.transpose{{.*}}qprep.member
// CHECK: tosa.transpose{{.*}}exp [internal]
// CHECK: tosa.transpose{{.*}}qprep.member
// CHECK: tosa.transpose{{.*}}transpose [internal]
// CANONICAL-LABEL: @transposes(
// CANONICAL: tosa.exp{{.*}}exp [input]
func.func @transposes(%x: tensor<2x3x4xf32>) -> tensor<4x2x3xf32> {
  %0 = tosa.exp %x : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 1, 2, 0>} : (tensor<4x2x3xf32>) -> tensor<2x3x4xf32>
  %3 = tosa.transpose %2 {perms = array<i32: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %4 = tosa.transpose %3 {perms = array<i32: 1, 2, 0>} : (tensor<3x4x2xf32>) -> tensor<4x2x3xf32>
  return %4 : tensor<4x2x3xf32>
}

// Two clamps are one, bounds beyond the type are none.
// CHECK-LABEL: @clamps(
// CHECK: tosa.clamp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.clamp{{.*}}relu6 [internal]
// CHECK: tosa.clamp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.maximum{{.*}}clamp [internal, _]
func.func @clamps(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %low = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = -3.40282347E+38 : f32, max_val = 6.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.clamp %1 {min_val = -3.40282347E+38 : f32, max_val = 5.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.maximum %2, %low : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// 1 / sqrt(x), x^-0.5: both are what an rms_norm multiplies by.
// CHECK-LABEL: @roots(
// CHECK: linalg.{{.*}}rms_norm
// CHECK-LABEL: @power(
// CHECK: rms_norm
func.func @roots(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %eps = arith.constant dense<1.0e-5> : tensor<2x1xf32>
  %fourth = arith.constant dense<0.25> : tensor<2x1xf32>
  %one = arith.constant dense<1.0> : tensor<2x1xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = arith.mulf %x, %x : tensor<2x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %2 = arith.mulf %1, %fourth : tensor<2x1xf32>
  %3 = arith.addf %2, %eps : tensor<2x1xf32>
  %4 = math.sqrt %3 : tensor<2x1xf32>
  %5 = arith.divf %one, %4 : tensor<2x1xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x, %5 : tensor<2x4xf32>, tensor<2x1xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}
func.func @power(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %eps = "tosa.const"() <{values = dense<1.0e-5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %fourth = "tosa.const"() <{values = dense<0.25> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %exponent = "tosa.const"() <{values = dense<-0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %x, %s : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %2 = tosa.mul %1, %fourth, %s : (tensor<2x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x1xf32>
  %3 = tosa.add %2, %eps : (tensor<2x1xf32>, tensor<1x1xf32>) -> tensor<2x1xf32>
  %4 = tosa.pow %3, %exponent : (tensor<2x1xf32>, tensor<1x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %x, %4, %s : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}

// x / (1 + exp(-x)), as a quotient.
// CHECK-LABEL: @quotient(
// CHECK: arith.divf{{.*}}silu [input, internal]
func.func @quotient(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %one = arith.constant dense<1.0> : tensor<2x4xf32>
  %0 = arith.negf %x : tensor<2x4xf32>
  %1 = math.exp %0 : tensor<2x4xf32>
  %2 = arith.addf %1, %one : tensor<2x4xf32>
  %3 = arith.divf %x, %2 : tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// A quotient of values is no product.
// CHECK-LABEL: @not_quotient(
// CHECK: arith.divf{{.*}}div [input, input]
func.func @not_quotient(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = math.exp %y : tensor<2x4xf32>
  %1 = arith.divf %x, %0 : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// A value that is computed twice is one value.
// CHECK-LABEL: @twice(
// CHECK: tosa.exp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.exp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.reduce_sum{{.*}}qprep.member
// CHECK: tosa.mul{{.*}}softmax
// CANONICAL-LABEL: @twice(
// CANONICAL: tosa.mul{{.*}}softmax
func.func @twice(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %3 = tosa.reciprocal %2 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %4 = tosa.mul %1, %3, %s : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// b23: what asks for sizes, and dead code, are no users, and dead code is no unit.
// CHECK-LABEL: @b23_sizes_and_dead_code(
// CHECK: tosa.sigmoid{{.*}}qprep.member
// CHECK-NEXT: tensor.dim
// CHECK-NEXT: tosa.exp %{{[0-9a-z]+}} :
// CHECK: tosa.mul{{.*}}silu
func.func @b23_sizes_and_dead_code(%x: tensor<?x4xf32>) -> (tensor<?x4xf32>, index) {
  %c0 = arith.constant 0 : index
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sigmoid %x : (tensor<?x4xf32>) -> tensor<?x4xf32>
  %d = tensor.dim %0, %c0 : tensor<?x4xf32>
  %dead = tosa.exp %0 : (tensor<?x4xf32>) -> tensor<?x4xf32>
  %1 = tosa.mul %x, %0, %s : (tensor<?x4xf32>, tensor<?x4xf32>, tensor<1xi8>) -> tensor<?x4xf32>
  return %1, %d : tensor<?x4xf32>, index
}

// A scale of one and a shift of zero are a norm's all the same, and so is a transpose that another
// takes back a convolution's.
// CHECK-LABEL: @neutral_parameters(
// CHECK: tosa.sub{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 3), _]>
// CHECK: tosa.add{{.*}}batch_norm [internal, bias]
func.func @neutral_parameters(%x: tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> {
  %mean = "tosa.const"() <{values = dense<0.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %scale = "tosa.const"() <{values = dense<0.5> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sub %x, %mean : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32>
  %1 = tosa.mul %0, %scale, %s : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x4x4x2xf32>
  %2 = tosa.mul %1, %w, %s : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x4x4x2xf32>
  %3 = tosa.add %2, %mean : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32>
  return %3 : tensor<1x4x4x2xf32>
}

// A transpose and one that takes it back are looked through.
// CHECK-LABEL: @conv_between_pools(
// CHECK: tosa.max_pool2d{{.*}}qprep.unit = #qprep.unit<max_pool2d [input]>
// CHECK: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.transpose{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK: tosa.conv2d{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 0), bias, _, _]>
// CHECK: tosa.transpose{{.*}}qprep.unit = #qprep.unit<conv2d [internal]>
func.func @conv_between_pools(%x: tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<2x1x1x2xf32>}> : () -> tensor<2x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<2xf32>}> : () -> tensor<2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %3 = tosa.conv2d %2, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x2x2x2xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %4 = tosa.transpose %3 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  return %4 : tensor<1x2x2x2xf32>
}

// The root of a value that is brought into another shape before it divides.
// CHECK-LABEL: @root_reshaped(
// CHECK: tosa.mul{{.*}}rms_norm [input, internal, _]
func.func @root_reshaped(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %flat = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %back = tosa.const_shape {values = dense<[2, 3, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.mul %x, %x, %s : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %2 = tosa.mul %1, %n, %s : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %3 = tosa.reshape %2, %flat : (tensor<2x3x1xf32>, !tosa.shape<2>) -> tensor<2x3xf32>
  %4 = tosa.add %3, %eps : (tensor<2x3xf32>, tensor<1x1xf32>) -> tensor<2x3xf32>
  %5 = tosa.rsqrt %4 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %6 = tosa.reshape %5, %back : (tensor<2x3xf32>, !tosa.shape<3>) -> tensor<2x3x1xf32>
  %7 = tosa.mul %x, %6, %s : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  return %7 : tensor<2x3x4xf32>
}

// Bounds in two bodies, each with one that bounds nothing.
// CHECK-LABEL: @clamps_in_bodies(
// CHECK: linalg.generic{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<relu6 [internal, _]>
// CANONICAL-LABEL: @clamps_in_bodies(
// CANONICAL: linalg.generic{{.*}}qprep.unit = #qprep.unit<relu6
#id = affine_map<(i, j) -> (i, j)>
func.func @clamps_in_bodies(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %high = arith.constant 0x7F800000 : f32
  %low = arith.constant 0xFF800000 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.minimumf %in, %high : f32
    %b = arith.maximumf %a, %zero : f32
    linalg.yield %b : f32
  } -> tensor<2x4xf32>
  %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%0 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.minimumf %in, %six : f32
    %b = arith.maximumf %a, %low : f32
    linalg.yield %b : f32
  } -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// A value that is the same behind an op that changes nothing, and has other readers there.
// CHECK-LABEL: @shared_identity(
// CHECK: tosa.matmul{{.*}}qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>
// CHECK: tosa.add{{.*}}linear [internal, bias]
func.func @shared_identity(%x: tensor<1x4x8xf32>) -> (tensor<1x4x8xf32>, tensor<1x4x8xf32>) {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x8xf32>}> : () -> tensor<1x8x8xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x8xf32>}> : () -> tensor<1x1x8xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.exp %x : (tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
  %0 = tosa.identity %y : (tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x8xf32>
  %2 = tosa.add %1, %b : (tensor<1x4x8xf32>, tensor<1x1x8xf32>) -> tensor<1x4x8xf32>
  return %2, %0 : tensor<1x4x8xf32>, tensor<1x4x8xf32>
}

// Two transposes are one, two reshapes that take each other back none.
// CHECK-LABEL: @transposes_join(
// CHECK: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.transpose{{.*}}qprep.unit = #qprep.unit<transpose [internal]>
// CANONICAL-LABEL: @transposes_join(
// CANONICAL: tosa.transpose{{.*}}qprep.unit = #qprep.unit<transpose [input]>
func.func @transposes_join(%x: tensor<2x3x4xf32>) -> tensor<3x4x2xf32> {
  %0 = tosa.transpose %x {perms = array<i32: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 2, 0, 1>} : (tensor<4x2x3xf32>) -> tensor<3x4x2xf32>
  return %1 : tensor<3x4x2xf32>
}
