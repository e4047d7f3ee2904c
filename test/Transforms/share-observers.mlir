// RUN: quant-prep-opt %s -split-input-file -qprep-share-observers | FileCheck %s

module @names_and_ids {
// Named for the value they are on, numbered in program order, before everything
// else; a name that is taken gets a number.
// CHECK-LABEL: module @names_and_ids
// CHECK-NEXT: qprep.observer private @x_in {id = 4, spec = #qprep.observer<minmax, ui8, per_tensor_affine>, generated}
// CHECK-NEXT: qprep.observer private @conv1_weight {id = 5, spec = #qprep.observer<minmax, i8
// CHECK-NEXT: qprep.observer private @table_const {id = 6
// CHECK-NEXT: qprep.observer private @conv1_out {id = 7
// CHECK-NEXT: qprep.observer private @obs_8 {id = 8
// CHECK-NEXT: qprep.observer private @x_in_0 {id = 9
// CHECK-NEXT: qprep.observer private @users {id = 3
qprep.observer private @users {id = 3, spec = #qprep.observer<placeholder, f16>}
func.func @f(%x: tensor<4xf32> loc("x")) -> tensor<4xf32> {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %w = "tosa.const"() <{values = dense<1.0> : tensor<4xf32>}> : () -> tensor<4xf32> loc("w")
  %ow = qprep.observe %w as <minmax, i8, per_tensor_symmetric> : tensor<4xf32>
  %t = "tosa.const"() <{values = dense<1.0> : tensor<4xf32>}> : () -> tensor<4xf32> loc("table")
  %ot = qprep.observe %t as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %c = tosa.sub %ox, %ow {qprep.unit = #qprep.unit<linear [input, weight(axis = 0)]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("conv1")
  %oc = qprep.observe %c as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %d = tosa.sub %oc, %ot : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %od = qprep.observe %d as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %od : tensor<4xf32>
}
func.func @g(%x: tensor<4xf32> loc("x")) -> tensor<4xf32> {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %ox : tensor<4xf32>
}
}

// -----

// The output has the operand's observer, also behind what moves data in float.
#relu = #qprep.unit<relu [input]>
// CHECK-LABEL: @f23_operand_and_output(
// CHECK-NEXT: qprep.observe %arg0 by @[[O:.*]] :
// CHECK: tosa.clamp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[O]] :
// CHECK: tosa.identity
// CHECK-NEXT: tosa.clamp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[O]] :
// CHECK: tosa.exp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[P:.*]] :
// CHECK: tosa.clamp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[P]] :
func.func @f23_operand_and_output(%x: tensor<4xf32>) -> tensor<4xf32> {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %0 = tosa.clamp %ox {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %1 = tosa.identity %o0 {qprep.plan = #qprep.plan<skipped by "F1">, qprep.unit = #qprep.unit<identity [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  %o2 = qprep.observe %2 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %3 = tosa.exp %o2 {qprep.plan = #qprep.plan<observed>, qprep.pattern = @c::@b::@p, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %o3 = qprep.observe %3 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %4 = tosa.clamp %o3 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  %o4 = qprep.observe %4 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %o4 : tensor<4xf32>
}

// -----

// The group is the closure: a concat whose second operand is another concat, and a
// second user of that, are one with it. The order of the two does not matter.
#cat = #qprep.unit<cat [element, element]>
// CHECK-LABEL: @b2_cat_of_cat_second_operand(
// CHECK-COUNT-3: qprep.observe %arg{{[0-9]}} by @obs_0
// CHECK: tosa.concat
// CHECK-NEXT: qprep.observe %{{.*}} by @obs_0
// CHECK: tosa.concat
// CHECK-NEXT: qprep.observe %{{.*}} by @obs_0
func.func @b2_cat_of_cat_second_operand(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<8xf32>) -> tensor<16xf32> {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %oy = qprep.observe %y as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %oz = qprep.observe %z as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  %0 = tosa.concat %ox, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #cat} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  %1 = tosa.concat %oz, %o0 {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #cat} : (tensor<8xf32>, tensor<8xf32>) -> tensor<16xf32>
  %o1 = qprep.observe %1 as <minmax, ui8, per_tensor_affine> : tensor<16xf32>
  return %o1 : tensor<16xf32>
}

// CHECK-LABEL: @b2_two_lists_in_one_order(
// CHECK-COUNT-3: qprep.observe %arg{{[0-9]}} by @[[A:obs_[0-9]+]] :
// CHECK: qprep.observe %{{.*}} by @[[A]] :
// CHECK: qprep.observe %{{.*}} by @[[A]] :
func.func @b2_two_lists_in_one_order(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %oy = qprep.observe %y as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %oz = qprep.observe %z as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %0 = tosa.concat %ox, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #cat} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  %1 = tosa.concat %oz, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #cat} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o1 = qprep.observe %1 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  return %o0, %o1 : tensor<8xf32>, tensor<8xf32>
}

// CHECK-LABEL: @b2_two_lists_in_the_other_order(
// CHECK-COUNT-3: qprep.observe %arg{{[0-9]}} by @[[A:obs_[0-9]+]] :
// CHECK: qprep.observe %{{.*}} by @[[A]] :
// CHECK: qprep.observe %{{.*}} by @[[A]] :
func.func @b2_two_lists_in_the_other_order(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %oy = qprep.observe %y as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %oz = qprep.observe %z as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %1 = tosa.concat %oz, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #cat} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o1 = qprep.observe %1 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  %0 = tosa.concat %ox, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #cat} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  return %o0, %o1 : tensor<8xf32>, tensor<8xf32>
}

// -----

// The group has the spec of its first sharing unit's first operand.
// CHECK-LABEL: module
// CHECK-NEXT: qprep.observer private @obs_0 {id = 0, spec = #qprep.observer<histogram, ui8
// CHECK-NOT: qprep.observer
// CHECK-LABEL: @b2_spec_of_the_first_operand(
// CHECK-NEXT: qprep.observe %arg0 by @obs_0
// CHECK-NEXT: qprep.observe %arg1 by @obs_0
// CHECK: tosa.concat
// CHECK-NEXT: qprep.observe %{{.*}} by @obs_0
func.func @b2_spec_of_the_first_operand(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<8xf32> {
  %ox = qprep.observe %x as <histogram, ui8, per_tensor_affine> : tensor<4xf32>
  %oy = qprep.observe %y as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %0 = tosa.concat %ox, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #qprep.unit<cat [element, element]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  return %o0 : tensor<8xf32>
}

// -----

// A user's observer in between is no place to share. Where it serves as ours, the
// output names it, and is marked as ours.
qprep.observer private @other {id = 7, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @same {id = 8, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// CHECK-LABEL: @b11_a_users_observer_between(
// CHECK-NEXT: qprep.observe %arg0 by @[[O:obs_.*]] :
// CHECK-NEXT: qprep.observe %{{.*}} by @other :
// CHECK: tosa.clamp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[O]] :
func.func @b11_a_users_observer_between(%x: tensor<4xf32>) -> tensor<4xf32> {
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %u = qprep.observe %ox by @other : tensor<4xf32>
  %0 = tosa.clamp %u {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %o0 : tensor<4xf32>
}
// CHECK-LABEL: @b11_a_users_observer_serves(
// CHECK-NEXT: qprep.observe %arg0 by @same :
// CHECK-NEXT: tosa.clamp
// CHECK-NEXT: qprep.observe %{{.*}} by @same {qprep.generated} :
func.func @b11_a_users_observer_serves(%x: tensor<4xf32>) -> tensor<4xf32> {
  %u = qprep.observe %x by @same : tensor<4xf32>
  %0 = tosa.clamp %u {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %o0 : tensor<4xf32>
}

// -----

// Places that name one observer share it with what is added to either of them: one
// group, and the observer of the one that is there.
// CHECK-LABEL: @b2_places_of_one_observer(
// CHECK: qprep.observe %arg0 by @[[O:.*]] :
// CHECK: qprep.observe %arg1 by @[[O]] {{.*}}:
// CHECK: tosa.clamp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[O]] {{.*}}:
qprep.observer private @known {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
func.func @b2_places_of_one_observer(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %x by @known : tensor<4xf32>
  %1 = qprep.observe %y by @known : tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 6.0 : f32, qprep.unit = #qprep.unit<relu [input]>, qprep.pattern = @c::@b::@relu, qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.observe %2 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %0, %3 : tensor<4xf32>, tensor<4xf32>
}

// -----

// Modules in this one have observers of their own, and are left alone: one that is
// prepared, and one that is not yet.
// CHECK-LABEL: module @nested_modules
// CHECK-NEXT: qprep.observer private @obs_0 {id = 0
// CHECK: qprep.observe %{{.*}} by @obs_0
// CHECK: module @prepared
// CHECK: qprep.observe %{{.*}} by @p
// CHECK: qprep.observe %{{.*}} by @p
// CHECK: module @not_shared_yet
// CHECK-NOT: qprep.observer
// CHECK: qprep.observe %{{.*}} as <minmax, i8, per_tensor_affine>
module @nested_modules {
  func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
    return %0 : tensor<4xf32>
  }
  module @prepared {
    qprep.observer @p {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_affine>}
    func.func @g(%x: tensor<4xf32>, %c: index) -> tensor<4xf32> {
      %0 = qprep.observe %x by @p : tensor<4xf32>
      %lo = arith.constant 0 : index
      %r = scf.for %i = %lo to %c step %c iter_args(%a = %0) -> tensor<4xf32> {
        %1 = qprep.observe %a by @p : tensor<4xf32>
        scf.yield %1 : tensor<4xf32>
      } {qprep.plan = #qprep.plan<[] -> [ui8 shared], arguments = [none, ui8 shared]>}
      return %r : tensor<4xf32>
    }
  }
  module @not_shared_yet {
    func.func @h(%x: tensor<4xf32>) -> tensor<4xf32> {
      %0 = qprep.observe %x as <minmax, i8, per_tensor_affine> : tensor<4xf32>
      return %0 : tensor<4xf32>
    }
  }
}
