// What a body computes: one scalar op, a cluster in one body, or a cluster
// across bodies and named ops. The element type does not matter.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#t = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d1)>
#column = affine_map<(d0, d1) -> (d0)>

// CHECK-LABEL: @named(
// CHECK: linalg.add {{.*}}add [input, input, _]
// CHECK: linalg.exp {{.*}}exp [input, _]
// CHECK: linalg.elementwise {{.*}}sub [input, input, _]
// CHECK: linalg.map {{.*}}div [input, input, _]
func.func @named(%x: tensor<2x4xf16>, %y: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %e = tensor.empty() : tensor<2x4xf16>
  %0 = linalg.add ins(%x, %y : tensor<2x4xf16>, tensor<2x4xf16>) outs(%e : tensor<2x4xf16>) -> tensor<2x4xf16>
  %1 = linalg.exp ins(%0 : tensor<2x4xf16>) outs(%e : tensor<2x4xf16>) -> tensor<2x4xf16>
  %2 = linalg.elementwise kind=#linalg.elementwise_kind<sub> ins(%1, %y : tensor<2x4xf16>, tensor<2x4xf16>) outs(%e : tensor<2x4xf16>) -> tensor<2x4xf16>
  %3 = linalg.map { arith.divf } ins(%2, %y : tensor<2x4xf16>, tensor<2x4xf16>) outs(%e : tensor<2x4xf16>)
  return %3 : tensor<2x4xf16>
}

// As a maximum, as selects by either comparison, and with two bounds.
// CHECK-LABEL: @relus(
// CHECK: relu [input, _]
// CHECK: relu [input, _]
// CHECK: relu [input, _]
// CHECK: relu6 [input, _]
func.func @relus(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %s = arith.maximumf %a, %zero : f32
    linalg.yield %s : f32
  } -> tensor<2x4xf32>
  %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%0 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %c = arith.cmpf ugt, %a, %zero : f32
    %s = arith.select %c, %a, %zero : f32
    linalg.yield %s : f32
  } -> tensor<2x4xf32>
  %2 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %c = arith.cmpf olt, %a, %zero : f32
    %s = arith.select %c, %zero, %a : f32
    linalg.yield %s : f32
  } -> tensor<2x4xf32>
  %3 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %s = arith.minimumf %a, %six : f32
    %m = arith.maximumf %s, %zero : f32
    linalg.yield %m : f32
  } -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// A comparison and a select in two bodies.
// CHECK-LABEL: @relu_less(
// CHECK: linalg.generic{{.*}}member<[input, _]>
// CHECK: linalg.generic{{.*}}relu [internal, input, _]
func.func @relu_less(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant 0.0 : f32
  %b = tensor.empty() : tensor<2x4xi1>
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%b : tensor<2x4xi1>) {
  ^bb0(%a: f32, %out: i1):
    %c = arith.cmpf olt, %a, %zero : f32
    linalg.yield %c : i1
  } -> tensor<2x4xi1>
  %1 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %x : tensor<2x4xi1>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%c: i1, %a: f32, %out: f32):
    %s = arith.select %c, %zero, %a : f32
    linalg.yield %s : f32
  } -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// x sigmoid(x), in two bodies and in one.
// CHECK-LABEL: @silu(
// CHECK: linalg.generic{{.*}}qprep.member<[input, _]>
// CHECK: linalg.mul {{.*}}silu [input, internal, _]
// CHECK: linalg.generic{{.*}}silu [input, _]
func.func @silu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %one = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %n = arith.negf %a : f32
    %p = math.exp %n : f32
    %s = arith.addf %p, %one : f32
    %d = arith.divf %one, %s : f32
    linalg.yield %d : f32
  } -> tensor<2x4xf32>
  %1 = linalg.mul ins(%x, %0 : tensor<2x4xf32>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %n = arith.negf %a : f32
    %p = math.exp %n : f32
    %s = arith.addf %p, %one : f32
    %d = arith.divf %one, %s : f32
    %m = arith.mulf %a, %d : f32
    linalg.yield %m : f32
  } -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// More than one unit in a body, and a silu but for a transposed operand.
// CHECK-LABEL: @not_one_unit(
// CHECK: linalg.generic{{.*}}opaque [input, input, _]
// CHECK: linalg.generic{{.*}}sigmoid [input, _]
// CHECK: linalg.generic{{.*}}mul [input, input, _]
func.func @not_one_unit(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %one = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<4x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %s = arith.addf %a, %b : f32
    %m = arith.mulf %s, %b : f32
    linalg.yield %m : f32
  } -> tensor<4x4xf32>
  %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%0 : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %n = arith.negf %a : f32
    %p = math.exp %n : f32
    %s = arith.addf %p, %one : f32
    %d = arith.divf %one, %s : f32
    linalg.yield %d : f32
  } -> tensor<4x4xf32>
  %2 = linalg.generic {indexing_maps = [#t, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %1 : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<4x4xf32>
  return %2 : tensor<4x4xf32>
}

// All of it in one body, with the statistics as operands.
// CHECK-LABEL: @batch_norm(
// CHECK: linalg.generic{{.*}}batch_norm [input, weight(axis = 0), bias, _, _, _]
func.func @batch_norm(%x: tensor<?x4xf32>, %n: index) -> tensor<?x4xf32> {
  %w = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %b = arith.constant dense<[0.5, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %mean = arith.constant dense<[0.1, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %var = arith.constant dense<[0.2, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %eps64 = arith.constant 1.0e-5 : f64
  %e = tensor.empty(%n) : tensor<?x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #row, #row, #row, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %w, %b, %mean, %var : tensor<?x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<?x4xf32>) {
  ^bb0(%a: f32, %gamma: f32, %beta: f32, %m: f32, %v: f32, %out: f32):
    %eps = arith.truncf %eps64 : f64 to f32
    %1 = arith.addf %v, %eps : f32
    %2 = math.rsqrt %1 : f32
    %3 = arith.subf %a, %m : f32
    %4 = arith.mulf %3, %2 : f32
    %5 = arith.mulf %4, %gamma : f32
    %6 = arith.addf %5, %beta : f32
    linalg.yield %6 : f32
  } -> tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// CHECK-LABEL: @reductions(
// CHECK: linalg.reduce
// CHECK: reduce_sum [input, _]
// CHECK: linalg.generic{{.*}}reduce_max [input, _]
// CHECK: linalg.generic{{.*}}opaque [input, _]
func.func @reductions(%x: tensor<2x4xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %0 = linalg.reduce { arith.addf } ins(%x : tensor<2x4xf32>) outs(%zero : tensor<2xf32>) dimensions = [1]
  %1 = linalg.generic {indexing_maps = [#id, #column], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<2x4xf32>) outs(%zero : tensor<2xf32>) {
  ^bb0(%a: f32, %out: f32):
    %c = arith.cmpf ogt, %a, %out : f32
    %s = arith.select %c, %a, %out : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %2 = linalg.generic {indexing_maps = [#id, #column], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<2x4xf32>) outs(%zero : tensor<2xf32>) {
  ^bb0(%a: f32, %out: f32):
    %q = arith.mulf %a, %a : f32
    %s = arith.addf %out, %q : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// f64 is left alone.
// CHECK-LABEL: @b10_f64(
// CHECK-NOT: qprep
// CHECK: return
func.func @b10_f64(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %e = tensor.empty() : tensor<2x4xf64>
  %0 = linalg.exp ins(%x : tensor<2x4xf64>) outs(%e : tensor<2x4xf64>) -> tensor<2x4xf64>
  return %0 : tensor<2x4xf64>
}

// A body that makes tensors of its scalars, and takes them out again.
// CHECK-LABEL: @sum_through_tensors(
// CHECK: linalg.generic{{.*}}reduce_sum [input, _]
func.func @sum_through_tensors(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%zero : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %fo = tensor.from_elements %o : tensor<f32>
    %fa = tensor.from_elements %a : tensor<f32>
    %xo = tensor.extract %fo[] : tensor<f32>
    %xa = tensor.extract %fa[] : tensor<f32>
    %s = arith.addf %xo, %xa : f32
    %fs = tensor.from_elements %s : tensor<f32>
    %r = tensor.extract %fs[] : tensor<f32>
    linalg.yield %r : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A broadcast whose body reads the other tensor: it may stand inside a cluster, which it reads
// without an operand. Other orders of dimensions are none.
// CHECK-LABEL: @broadcast_by_extract(
// CHECK: linalg.generic{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK: linalg.generic{{.*}}qprep.member = #qprep.member<[_]>
// CHECK: linalg.sub{{.*}}qprep.member = #qprep.member<[input, internal, _]>
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<softmax [internal, internal, _]>
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<opaque [_]>
func.func @broadcast_by_extract(%x: tensor<4x8xf32>, %y: tensor<8x4xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %c0 = arith.constant 0 : index
  %low = arith.constant dense<0xFF800000> : tensor<4x1xf32>
  %zero = arith.constant dense<0.0> : tensor<4x1xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%low : tensor<4x1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.maximumf %o, %a : f32
    linalg.yield %s : f32
  } -> tensor<4x1xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<4x8xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %v = tensor.extract %0[%i, %c0] : tensor<4x1xf32>
    linalg.yield %v : f32
  } -> tensor<4x8xf32>
  %2 = linalg.sub ins(%x, %1 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %p = linalg.exp ins(%2 : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>], iterator_types = ["parallel", "reduction"]} ins(%p : tensor<4x8xf32>) outs(%zero : tensor<4x1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %o, %a : f32
    linalg.yield %t : f32
  } -> tensor<4x1xf32>
  %q = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%p, %s : tensor<4x8xf32>, tensor<4x1xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %t = arith.divf %a, %c : f32
    linalg.yield %t : f32
  } -> tensor<4x8xf32>
  %3 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<4x8xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %v = tensor.extract %y[%j, %i] : tensor<8x4xf32>
    linalg.yield %v : f32
  } -> tensor<4x8xf32>
  return %q, %3 : tensor<4x8xf32>, tensor<4x8xf32>
}
