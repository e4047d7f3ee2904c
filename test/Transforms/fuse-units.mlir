// RUN: quant-prep-opt %s -split-input-file -pass-pipeline='builtin.module(func.func(qprep-fuse-units))' | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file -pass-pipeline='builtin.module(func.func(qprep-fuse-units,qprep-fuse-units))' | FileCheck %s

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
    qprep.pattern @relu different dtypes [] {
      %0 = qprep.node relu
    }
    qprep.pattern @add different dtypes [] {
      %0 = qprep.node add
    }
    qprep.pattern @relu_add different dtypes [] {
      %0 = qprep.node add
      %1 = qprep.node relu(%0)
    }
    qprep.pattern @relu_add_exp different dtypes [] {
      %w = qprep.operand input
      %0 = qprep.node exp
      %1 = qprep.node add(%0, %w)
      %2 = qprep.node relu(%1)
    }
    qprep.pattern @relu_again different dtypes [] {
      %x = qprep.operand input
      %0 = qprep.node relu(%x)
    }
  }
}

// Three before two before one, though the backend has them the other way round.
// CHECK-LABEL: @f8_longest_first(
// CHECK: tosa.exp {{.*}}{qprep.fused, qprep.unit
// CHECK: tosa.add {{.*}}{qprep.fused, qprep.unit
// CHECK: tosa.clamp {{.*}}qprep.pattern = @qprep_config::@b::@relu_add_exp, qprep.unit
func.func @f8_longest_first(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %0, %y {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Of equally long patterns the backend's first.
// CHECK-LABEL: @f8_then_the_backends_order(
// CHECK: tosa.clamp {{.*}}qprep.pattern = @qprep_config::@b::@relu, qprep.unit
func.func @f8_then_the_backends_order(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// The operands of add may be in either order.
// CHECK-LABEL: @f8_commutative(
// CHECK: tosa.exp {{.*}}{qprep.fused, qprep.unit
// CHECK: tosa.clamp {{.*}}@relu_add_exp
func.func @f8_commutative(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %y, %0 {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Two users: no fusion, but each is matched by itself.
// CHECK-LABEL: @f8_two_users(
// CHECK: tosa.add {{.*}}qprep.pattern = @qprep_config::@b::@add, qprep.unit
// CHECK: tosa.clamp {{.*}}qprep.pattern = @qprep_config::@b::@relu, qprep.unit
func.func @f8_two_users(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.abs %0 {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @f8_a_return_is_a_user(
// CHECK: tosa.add {{.*}}qprep.pattern = @qprep_config::@b::@add, qprep.unit
// CHECK: tosa.clamp {{.*}}qprep.pattern = @qprep_config::@b::@relu, qprep.unit
func.func @f8_a_return_is_a_user(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// A user that is no unit counts like any other.
func.func private @sink(tensor<4xf32>)
// CHECK-LABEL: @f8_a_call_is_a_user(
// CHECK: tosa.clamp {{.*}}qprep.pattern = @qprep_config::@b::@relu, qprep.unit
func.func @f8_a_call_is_a_user(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  call @sink(%0) : (tensor<4xf32>) -> ()
  return %1 : tensor<4xf32>
}

// Of two relus in a row the last one is matched first, and alone.
// CHECK-LABEL: @f8_last_unit_first(
// CHECK: tosa.add {{.*}}{qprep.fused, qprep.unit
// CHECK: tosa.clamp {{.*}}@relu_add, qprep.unit
// CHECK: tosa.clamp {{.*}}@relu, qprep.unit
func.func @f8_last_unit_first(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Kinds without a pattern, and opaque ops, are in no match.
// CHECK-LABEL: @f14_no_pattern(
// CHECK: tosa.abs %{{[^{]*}} {qprep.unit = #qprep.unit<abs [input]>}
func.func @f14_no_pattern(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// What an earlier run marked is forgotten.
// CHECK-LABEL: @b4_matched_anew(
// CHECK: tosa.abs %{{[^{]*}} {qprep.unit = #qprep.unit<abs [input]>}
// CHECK: tosa.exp %{{[^{]*}} {qprep.unit = #qprep.unit<exp [input]>}
func.func @b4_matched_anew(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.fused, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.pattern = @a::@b::@c, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
    qprep.pattern @sub_exp_any different dtypes [] {
      %x = qprep.operand input
      %0 = qprep.node exp
      %1 = qprep.node sub(%0, %x)
    }
    qprep.pattern @abs different dtypes [] {
      %0 = qprep.node abs
    }
  }
}

// What a wildcard stands for is not part of the match, and is matched by itself.
// CHECK-LABEL: @b12_wildcard(
// CHECK: tosa.exp {{.*}}{qprep.fused, qprep.unit
// CHECK: tosa.abs {{.*}}{qprep.pattern = @qprep_config::@b::@abs, qprep.unit
// CHECK: tosa.sub {{.*}}{qprep.pattern = @qprep_config::@b::@sub_exp_any, qprep.unit
func.func @b12_wildcard(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.sub %0, %1 {qprep.unit = #qprep.unit<sub [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// The other way round nothing matches: sub is not commutative.
// CHECK-LABEL: @f8_operand_positions_count(
// CHECK: tosa.exp %{{[^{]*}} {qprep.unit
// CHECK: tosa.sub %{{[^{]*}} {qprep.unit
func.func @f8_operand_positions_count(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.sub %1, %0 {qprep.unit = #qprep.unit<sub [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
    qprep.pattern @prelu different dtypes [] {
      %0 = qprep.node prelu
    }
    qprep.pattern @linear different weight dtypes [] {
      %0 = qprep.node linear
    }
  }
}

// A weight or bias that the backend does not name as such is an activation. Of
// a kind that it does not know nothing is said.
// CHECK-LABEL: @f6_roles_of_the_backend(
// CHECK: #qprep.unit<prelu [input, input]>
// CHECK: #qprep.member<[weight(axis = 0), input]>
// CHECK: #qprep.unit<linear [internal, input]>
// CHECK: #qprep.unit<layer_norm [input, weight]>
func.func @f6_roles_of_the_backend(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %y {qprep.unit = #qprep.unit<prelu [input, weight]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %y, %0 {qprep.member = #qprep.member<[weight(axis = 0), input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.add %1, %y {qprep.unit = #qprep.unit<linear [internal, bias]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.add %2, %y {qprep.unit = #qprep.unit<layer_norm [input, weight]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}
