// Broadcasts of sizes that are only known when the program runs: the stock lowering of tosa writes a
// branch before each op that has one, and the canonicalizer makes one of several. They belong to the
// op that needs them; what only looks like one is control flow.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare --qprep-verify-prepared | FileCheck %s --check-prefix=PREPARED
// RUN: quant-prep-opt %s "--qprep-prepare=placement=value entry=add" --qprep-verify-prepared -o /dev/null
// RUN: quant-prep-opt %s --qprep-prepare --canonicalize --cse --qprep-verify-prepared -o /dev/null
// RUN: quant-prep-opt %s --qprep-prepare --qprep-strip > %t.stripped
// RUN: quant-prep-opt %s | diff - %t.stripped

#row = affine_map<(d0, d1) -> (0, d1)>
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: @add(
// CHECK: scf.if
// CHECK-NOT: qprep
// CHECK: } {qprep.member = #qprep.member<[_]>}
// CHECK: scf.if
// CHECK: } {qprep.member = #qprep.member<[_]>}
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<add [internal, internal, _]>
// PREPARED-LABEL: @add(
// PREPARED: %[[X:.*]] = qprep.observe %{{.*}} by
// PREPARED: %[[Y:.*]] = qprep.observe %{{.*}} by
// PREPARED: scf.if
// PREPARED: ins(%[[X]] :
// PREPARED: scf.yield %[[X]] :
// PREPARED: scf.if
// PREPARED: ins(%[[Y]] :
// PREPARED: scf.yield %[[Y]] :
// PREPARED: linalg.generic
// PREPARED: qprep.observe
// PREPARED-NOT: qprep.observe
// PREPARED: return
func.func @add(%x: tensor<?x4xf32>, %y: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %is_one = arith.cmpi eq, %n, %c1 : index
  %0 = scf.if %is_one -> (tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all : tensor<?x4xf32>
  } else {
    scf.yield %x : tensor<?x4xf32>
  }
  %1 = scf.if %is_one -> (tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%y : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all : tensor<?x4xf32>
  } else {
    scf.yield %y : tensor<?x4xf32>
  }
  %e_sum = tensor.empty(%n) : tensor<?x4xf32>
  %sum = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %1 : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_sum : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.addf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  return %sum : tensor<?x4xf32>
}

// One branch for both operands, and one before the other.
// CHECK-LABEL: @silu(
// CHECK: scf.if
// CHECK: } {qprep.member = #qprep.member<[_]>}
// CHECK: linalg.generic{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK: scf.if
// CHECK: } {qprep.member = #qprep.member<[_]>}
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<silu [internal, internal, _]>
func.func @silu(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %is_one = arith.cmpi eq, %n, %c1 : index
  %one = arith.constant 1.0 : f32
  %same = scf.if %is_one -> (tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all : tensor<?x4xf32>
  } else {
    scf.yield %x : tensor<?x4xf32>
  }
  %e_y = tensor.empty(%n) : tensor<?x4xf32>
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%same : tensor<?x4xf32>) outs(%e_y : tensor<?x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.negf %in : f32
    %b = math.exp %a : f32
    %c = arith.addf %b, %one : f32
    %d = arith.divf %one, %c : f32
    linalg.yield %d : f32
  } -> tensor<?x4xf32>
  %both:2 = scf.if %is_one -> (tensor<?x4xf32>, tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    %others = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%y : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all, %others : tensor<?x4xf32>, tensor<?x4xf32>
  } else {
    scf.yield %x, %y : tensor<?x4xf32>, tensor<?x4xf32>
  }
  %e_product = tensor.empty(%n) : tensor<?x4xf32>
  %product = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%both#0, %both#1 : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_product : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.mulf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  return %product : tensor<?x4xf32>
}

// Of two that one branch makes for two units, nothing is known.
// CHECK-LABEL: @two_units(
// CHECK: scf.if
// CHECK: } {qprep.unit = #qprep.unit<opaque [_]>}
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<add [input, input, _]>
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
func.func @two_units(%x: tensor<?x4xf32>, %y: tensor<?x4xf32>) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %is_one = arith.cmpi eq, %n, %c1 : index
  %both:2 = scf.if %is_one -> (tensor<?x4xf32>, tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    %others = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%y : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all, %others : tensor<?x4xf32>, tensor<?x4xf32>
  } else {
    scf.yield %x, %y : tensor<?x4xf32>, tensor<?x4xf32>
  }
  %e_sum = tensor.empty(%n) : tensor<?x4xf32>
  %sum = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%both#0, %both#1 : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_sum : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.addf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  %e_product = tensor.empty(%n) : tensor<?x4xf32>
  %product = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%both#1, %x : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_product : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.mulf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  return %sum, %product : tensor<?x4xf32>, tensor<?x4xf32>
}

// CHECK-LABEL: @one_for_two_units(
// CHECK: scf.if
// CHECK: } {qprep.unit = #qprep.unit<identity [_]>}
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<add [input, input, _]>
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
func.func @one_for_two_units(%x: tensor<?x4xf32>, %y: tensor<?x4xf32>) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %is_one = arith.cmpi eq, %n, %c1 : index
  %0 = scf.if %is_one -> (tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all : tensor<?x4xf32>
  } else {
    scf.yield %x : tensor<?x4xf32>
  }
  %e_sum = tensor.empty(%n) : tensor<?x4xf32>
  %sum = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %y : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_sum : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.addf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  %e_product = tensor.empty(%n) : tensor<?x4xf32>
  %product = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %y : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_product : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.mulf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  return %sum, %product : tensor<?x4xf32>, tensor<?x4xf32>
}

// CHECK-LABEL: @not_of_another_value(
// CHECK: scf.if
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<repeat [input, _]>
// CHECK: scf.yield
// CHECK-NOT: } {qprep
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<add [input, input, _]>
func.func @not_of_another_value(%x: tensor<?x4xf32>, %y: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %is_one = arith.cmpi eq, %n, %c1 : index
  %0 = scf.if %is_one -> (tensor<?x4xf32>) {
    %new = tensor.empty(%n) : tensor<?x4xf32>
    %all = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%new : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %all : tensor<?x4xf32>
  } else {
    scf.yield %y : tensor<?x4xf32>
  }
  %e_sum = tensor.empty(%n) : tensor<?x4xf32>
  %sum = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%0, %y : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e_sum : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %r = arith.addf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<?x4xf32>
  return %sum : tensor<?x4xf32>
}
