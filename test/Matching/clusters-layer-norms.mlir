// Layer norms, as TensorFlow, Keras and Flax write them, and what only looks like them.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @scale_first(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member
// CHECK-COUNT-7: qprep.member
// CHECK: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, bias]>
// CHECK-NEXT: return
func.func @scale_first(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %m = tosa.mul %s, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %q = tosa.mul %d, %d, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %t = tosa.reduce_sum %q {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %v = tosa.mul %t, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %e = tosa.add %v, %eps : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %i = tosa.rsqrt %e : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %g = tosa.mul %i, %w, %shift : (tensor<2x3x1xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %y = tosa.mul %d, %g, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %z = tosa.add %y, %b : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

// CHECK-LABEL: @two_products(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member
// CHECK-COUNT-7: qprep.member
// CHECK: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[bias, internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, internal]>
// CHECK-NEXT: return
func.func @two_products(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %m = tosa.mul %s, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %q = tosa.mul %d, %d, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %t = tosa.reduce_sum %q {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %v = tosa.mul %t, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %e = tosa.add %v, %eps : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %i = tosa.rsqrt %e : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %g = tosa.mul %i, %w, %shift : (tensor<2x3x1xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %y = tosa.mul %x, %g, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %h = tosa.mul %m, %g, %shift : (tensor<2x3x1xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %o = tosa.sub %b, %h : (tensor<1x1x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %z = tosa.add %y, %o : (tensor<2x3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

// CHECK-LABEL: @of_squares(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member
// CHECK-COUNT-10: qprep.member
// CHECK: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, bias]>
// CHECK-NEXT: return
func.func @of_squares(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %m = tosa.mul %s, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %q = tosa.mul %x, %x, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %t = tosa.reduce_sum %q {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %u = tosa.mul %t, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %mm = tosa.mul %m, %m, %shift : (tensor<2x3x1xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %v = tosa.sub %u, %mm : (tensor<2x3x1xf32>, tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %e = tosa.add %v, %eps : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %i = tosa.rsqrt %e : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %y = tosa.mul %d, %i, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %g = tosa.mul %y, %w, %shift : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %z = tosa.add %g, %b : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

// A variance that rounding made negative is none.
// CHECK-LABEL: @of_squares_bounded(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member
// CHECK: tosa.maximum{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, bias]>
// CHECK-NEXT: return
func.func @of_squares_bounded(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %s = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %m = tosa.mul %s, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %q = tosa.mul %x, %x, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %t = tosa.reduce_sum %q {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %u = tosa.mul %t, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %mm = tosa.mul %m, %m, %shift : (tensor<2x3x1xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %v = tosa.sub %u, %mm : (tensor<2x3x1xf32>, tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %a = tosa.maximum %v, %zero : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %e = tosa.add %a, %eps : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %i = tosa.rsqrt %e : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %y = tosa.mul %d, %i, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %g = tosa.mul %y, %w, %shift : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %z = tosa.add %g, %b : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

// The square of another mean.
// CHECK-LABEL: @not_of_squares_of_two_values(
// CHECK-NOT: layer_norm
// CHECK: return
func.func @not_of_squares_of_two_values(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %m = tosa.mul %s, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %k = tosa.tanh %m : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %q = tosa.mul %x, %x, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %t = tosa.reduce_sum %q {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %u = tosa.mul %t, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %mm = tosa.mul %m, %k, %shift : (tensor<2x3x1xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %v = tosa.sub %u, %mm : (tensor<2x3x1xf32>, tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %e = tosa.add %v, %eps : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %i = tosa.rsqrt %e : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %y = tosa.mul %d, %i, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %g = tosa.mul %y, %w, %shift : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %z = tosa.add %g, %b : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

// What is normalized is not what is scaled.
// CHECK-LABEL: @not_two_products_of_two_values(
// CHECK-NOT: layer_norm
// CHECK: return
func.func @not_two_products_of_two_values(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %n = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %m = tosa.mul %s, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %q = tosa.mul %d, %d, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %t = tosa.reduce_sum %q {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %v = tosa.mul %t, %n, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %e = tosa.add %v, %eps : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %i = tosa.rsqrt %e : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %k = tosa.tanh %x : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %g = tosa.mul %i, %w, %shift : (tensor<2x3x1xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %y = tosa.mul %k, %g, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %h = tosa.mul %m, %g, %shift : (tensor<2x3x1xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %o = tosa.sub %b, %h : (tensor<1x1x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %z = tosa.add %y, %o : (tensor<2x3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

// Means that leave their dimension out, as JAX writes them.
// CHECK-LABEL: @linalg_squeezed(
// CHECK-COUNT-10: qprep.member
// CHECK: qprep.unit = #qprep.unit<layer_norm [internal, bias, _]>
// CHECK-NOT: qprep.unit
// CHECK: return
func.func @linalg_squeezed(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %c0 = arith.constant 0.0 : f32
  %n = arith.constant 8.0 : f32
  %eps = arith.constant 1.0e-05 : f32
  %w = arith.constant dense<0.5> : tensor<8xf32>
  %b = arith.constant dense<0.25> : tensor<8xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %ev = tensor.empty() : tensor<4xf32>
  %ew = tensor.empty() : tensor<8xf32>
  %f = linalg.fill ins(%c0 : f32) outs(%ev : tensor<4xf32>) -> tensor<4xf32>
  %fw = linalg.fill ins(%c0 : f32) outs(%ew : tensor<8xf32>) -> tensor<8xf32>
  %ms = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.addf %i, %o : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %m = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%ms : tensor<4xf32>) outs(%ev : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.divf %i, %n : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %d = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x, %m : tensor<4x8xf32>, tensor<4xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.subf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %q = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%d, %d : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.mulf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %vs = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]} ins(%q : tensor<4x8xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.addf %i, %o : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %v = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%vs : tensor<4xf32>) outs(%ev : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.divf %i, %n : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %p = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%v : tensor<4xf32>) outs(%ev : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.addf %i, %eps : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %inv = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%p : tensor<4xf32>) outs(%ev : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = math.rsqrt %i : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%d, %inv : tensor<4x8xf32>, tensor<4xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.mulf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %g = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%y, %w : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.mulf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %z = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%g, %b : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.addf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  return %z : tensor<4x8xf32>
}

// Over the first dimension, it is none.
// CHECK-LABEL: @not_linalg_squeezed_first_dimension(
// CHECK-NOT: layer_norm
// CHECK: return
func.func @not_linalg_squeezed_first_dimension(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %c0 = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-05 : f32
  %w = arith.constant dense<0.5> : tensor<8xf32>
  %b = arith.constant dense<0.25> : tensor<8xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %ev = tensor.empty() : tensor<4xf32>
  %ew = tensor.empty() : tensor<8xf32>
  %f = linalg.fill ins(%c0 : f32) outs(%ev : tensor<4xf32>) -> tensor<4xf32>
  %fw = linalg.fill ins(%c0 : f32) outs(%ew : tensor<8xf32>) -> tensor<8xf32>
  %ms = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>], iterator_types = ["reduction", "parallel"]} ins(%x : tensor<4x8xf32>) outs(%fw : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.addf %i, %o : f32
    linalg.yield %r : f32
  } -> tensor<8xf32>
  %m = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%ms : tensor<8xf32>) outs(%ew : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.divf %i, %n : f32
    linalg.yield %r : f32
  } -> tensor<8xf32>
  %d = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x, %m : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.subf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %q = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%d, %d : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.mulf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %vs = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>], iterator_types = ["reduction", "parallel"]} ins(%q : tensor<4x8xf32>) outs(%fw : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.addf %i, %o : f32
    linalg.yield %r : f32
  } -> tensor<8xf32>
  %v = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%vs : tensor<8xf32>) outs(%ew : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.divf %i, %n : f32
    linalg.yield %r : f32
  } -> tensor<8xf32>
  %p = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%v : tensor<8xf32>) outs(%ew : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = arith.addf %i, %eps : f32
    linalg.yield %r : f32
  } -> tensor<8xf32>
  %inv = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%p : tensor<8xf32>) outs(%ew : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %r = math.rsqrt %i : f32
    linalg.yield %r : f32
  } -> tensor<8xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%d, %inv : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.mulf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %g = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%y, %w : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.mulf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %z = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%g, %b : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %r = arith.addf %i, %j : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  return %z : tensor<4x8xf32>
}
