// The rules T of placement=value, one module each.

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare=placement=value | FileCheck %s

// T5: a quantizable unit is observed before and behind; T6: its weight by the
// weight spec.
// CHECK-LABEL: @t5_input_weight_and_output(
// CHECK-SAME: %[[X:[^:]*]]: tensor
// CHECK: %[[XO:.*]] = qprep.observe %[[X]] by @obs_0
// CHECK: %[[W:.*]] = "tosa.const"
// CHECK: %[[WO:.*]] = qprep.observe %[[W]] by @[[WEIGHT:.*]] {qprep.weight}
// CHECK: %[[BIAS:.*]] = "tosa.const"
// CHECK-NOT: qprep.observe %[[BIAS]]
// CHECK: %[[C:.*]] = tosa.conv2d %[[XO]], %[[WO]], %[[BIAS]],
// CHECK: qprep.observe %[[C]]
// CHECK-NOT: qprep.observe %
func.func @t5_input_weight_and_output(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}

// -----

// T6: one use as a weight is enough, also where a callee has it.
// CHECK-LABEL: @t6_weight_of_a_callee(
// CHECK-SAME: %{{[^:]*}}: tensor<1x4x4x3xf32>, %[[W:[^:]*]]: tensor
// CHECK: qprep.observe %[[W]] by @{{.*}} {qprep.weight}
func.func @t6_weight_of_a_callee(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>) -> tensor<1x4x4x3xf32> {
  %c = call @conv(%x, %w) : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}
func.func private @conv(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>) -> tensor<1x4x4x3xf32> {
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}

// -----

// T3: matmul and add are a linear layer: one output, and no observer between.
// CHECK-LABEL: @t3_linear_of_matmul_and_add(
// CHECK: %[[M:.*]] = tosa.matmul
// CHECK-NEXT: %[[A:.*]] = tosa.add %[[M]]
// CHECK-NEXT: qprep.observe %[[A]]
func.func @t3_linear_of_matmul_and_add(%x: tensor<1x4x3xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<1x1x3xf32>}> : () -> tensor<1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %m = tosa.matmul %x, %w, %z, %z : (tensor<1x4x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %a = tosa.add %m, %b : (tensor<1x4x3xf32>, tensor<1x1x3xf32>) -> tensor<1x4x3xf32>
  return %a : tensor<1x4x3xf32>
}

// -----

// T4: the relu behind a call of a function that is only a sum is observed in
// its place.
// CHECK-LABEL: @t4_relu_behind_a_call(
// CHECK: %[[A:.*]] = call @sum
// CHECK-NEXT: %[[R:.*]] = tosa.clamp %[[A]]
// CHECK-NEXT: qprep.observe %[[R]]
func.func @t4_relu_behind_a_call(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = call @sum(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %r = tosa.clamp %a {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
func.func private @sum(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %a : tensor<4xf32>
}

// -----

// T8: an argument and a result of a callee are observed at its call; T14: of a
// helper function as of any other.
// CHECK-LABEL: @t8_at_the_call(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]]
// CHECK-NEXT: %[[H:.*]] = call @t14_helper(%[[EO]])
// CHECK-NEXT: qprep.observe %[[H]]
// CHECK-LABEL: func.func private @t14_helper
// CHECK-NOT: qprep.observe %
func.func @t8_at_the_call(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %e = tosa.exp %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %h = call @t14_helper(%e) : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %h : tensor<1x4xf32>
}
func.func private @t14_helper(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %c3 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %sixth = "tosa.const"() <{values = dense<0.166666667> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %c3 : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = tosa.mul %x, %1, %s : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %3 = tosa.mul %2, %sixth, %s : (tensor<1x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  return %3 : tensor<1x4xf32>
}

// -----

// B15: the second call needs the pool observed, which the first one does not;
// T9: the body is instrumented once, for both.
// CHECK-LABEL: @b15_for_any_call(
// CHECK-LABEL: func.func private @t9_body(
// CHECK: %[[P:.*]] = tosa.max_pool2d
// CHECK-NEXT: qprep.observe %[[P]]
func.func @b15_for_any_call(%x: tensor<1x4x4x3xf32>, %y: tensor<1x4x4x3xf32>) -> (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %0 = call @t9_body(%c) : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %1 = call @t9_body(%y) : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %0, %1 : tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>
}
func.func private @t9_body(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %p = tosa.max_pool2d %x {kernel = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %c = tosa.conv2d %p, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}

// -----

// B15: what an argument is read as does not depend on which call is the first,
// what a call returns does on its own operand.
// CHECK-LABEL: @b15_dtype_of_any_call(
// CHECK: call @pool(%{{[^ ]*}}) :
// CHECK-NEXT: call @pool({{.*}}) {qprep.plan = #qprep.plan<[ui8] -> [ui8]>}
// CHECK: func.func private @pool({{.*}} {qprep.plan = #qprep.plan<[] -> [], arguments = [ui8]>}
// CHECK: tosa.max_pool2d {{.*}}#qprep.plan<shared [ui8 shared] -> [ui8 shared]>
func.func @b15_dtype_of_any_call(%x: tensor<1x4x4x3xf32>, %y: tensor<1x4x4x3xf32>) -> (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %0 = call @pool(%y) : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %1 = call @pool(%c) : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %0, %1 : tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>
}
func.func private @pool(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %p = tosa.max_pool2d %x {kernel = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %p : tensor<1x4x4x3xf32>
}

// -----

// T10: a sigmoid of an observed value needs no observer of its own; T11: a sum
// of observed values has one, a sum with another value has none; T17: nothing
// is observed twice.
// CHECK-LABEL: @t10_t11_t17_passing_and_propagating(
// CHECK: %[[C:.*]] = tosa.conv2d
// CHECK-NEXT: %[[CO:.*]] = qprep.observe %[[C]]
// CHECK-NEXT: %[[S:.*]] = tosa.sigmoid %[[CO]]
// CHECK-NEXT: %[[A:.*]] = tosa.add %[[S]], %[[CO]] {{.*}}qprep.plan = #qprep.plan<observed
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: %[[N:.*]] = tosa.add %[[AO]], {{.*}}qprep.plan = #qprep.plan<float by "T11" because "not all that it reads is observed"
// CHECK-NEXT: return %[[N]]
func.func @t10_t11_t17_passing_and_propagating(%x: tensor<1x4x4x3xf32>, %y: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %s = tosa.sigmoid %c : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %a = tosa.add %s, %c : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %n = tosa.add %a, %y : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %n : tensor<1x4x4x3xf32>
}

// -----

// T12: the results of branches are observed inside them.
// CHECK-LABEL: @t12_inside_the_branches(
// CHECK: scf.if
// CHECK: %[[A:.*]] = tosa.add
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: scf.yield {{.*}}%[[AO]]
// CHECK: %[[M:.*]] = tosa.mul
// CHECK-NEXT: %[[MO:.*]] = qprep.observe %[[M]]
// CHECK-NEXT: scf.yield {{.*}}%[[MO]]
// CHECK-NOT: qprep.observe %
func.func @t12_inside_the_branches(%c: i1, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = scf.if %c -> tensor<4xf32> {
    %a = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %a : tensor<4xf32>
  } else {
    %m = tosa.mul %x, %y, %s : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
    scf.yield %m : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

// T12: a branch that always fails has no say.
// CHECK-LABEL: @t12_failing_branch(
// CHECK: %[[A:.*]] = tosa.add
// CHECK-NEXT: qprep.observe %[[A]]
func.func @t12_failing_branch(%c: i1, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %false = arith.constant false
  %r = scf.if %c -> tensor<4xf32> {
    %a = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %a : tensor<4xf32>
  } else {
    cf.assert %false, "no"
    scf.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

// T13, B1: the body of a loop is observed, what goes round by one observer.
// CHECK-LABEL: @t13_loops_are_observed(
// CHECK-SAME: %[[X:[^:]*]]: tensor
// CHECK: %[[XO:.*]] = qprep.observe %[[X]] by @[[CARRIED:[a-z_0-9]*]]
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[XO]])
// CHECK: %[[C:.*]] = tosa.conv2d
// CHECK: %[[CO:.*]] = qprep.observe %[[C]] by @[[CARRIED]] :
// CHECK-NEXT: scf.yield {{.*}}%[[CO]]
func.func @t13_loops_are_observed(%x: tensor<1x4x4x3xf32>, %n: index) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%v = %x) -> tensor<1x4x4x3xf32> {
    %c = tosa.conv2d %v, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
    scf.yield %c : tensor<1x4x4x3xf32>
  }
  return %r : tensor<1x4x4x3xf32>
}

// -----

// T10, T11: a callee hands on what it returns in each of two blocks, so that what reads
// it beside something observed is observed.
// CHECK-LABEL: @t11_callee_with_several_returns(
// CHECK: %[[C:.*]] = tosa.conv2d
// CHECK-NEXT: %[[CO:.*]] = qprep.observe %[[C]] by
// CHECK-NEXT: %[[R:.*]] = call @returns_twice(%{{.*}}, %[[CO]])
// CHECK-NEXT: %[[S:.*]] = tosa.add %[[R]], %[[CO]]
// CHECK-NEXT: qprep.observe %[[S]] by
// CHECK-NOT: qprep.observe %
func.func @t11_callee_with_several_returns(%c: i1, %x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %1 = call @returns_twice(%c, %0) : (i1, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %2 = tosa.add %1, %0 : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %2 : tensor<1x4x4x3xf32>
}
func.func private @returns_twice(%c: i1, %x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  cf.cond_br %c, ^a, ^b
^a:
  %0 = tosa.sigmoid %x : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %0 : tensor<1x4x4x3xf32>
^b:
  %1 = tosa.tanh %x : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %1 : tensor<1x4x4x3xf32>
}

// -----

// An op with a body of its own hands nothing on.
// CHECK-LABEL: @t5_op_with_a_body(
// CHECK: %[[A:.*]] = tosa.add
// CHECK: linalg.map
// CHECK-NOT: qprep.observe %
func.func @t5_op_with_a_body(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %m = linalg.map { math.exp } ins(%0 : tensor<1x4xf32>) outs(%e : tensor<1x4xf32>)
  return %m : tensor<1x4xf32>
}

// -----

// T6: a weight is observed over its output channels, where there are such: behind a
// reshape of a vector.
// CHECK: qprep.observer private @[[WEIGHT:.*]] {id = {{[0-9]+}}, spec = #qprep.observer<per_channel_minmax, {{.*}} axis = 0
// CHECK-LABEL: @t6_weight_without_channels(
// CHECK: %[[W:.*]] = tosa.reshape
// CHECK-NEXT: qprep.observe %[[W]] by @[[WEIGHT]] {qprep.weight}
func.func @t6_weight_without_channels(%x: tensor<1x4x4x3xf32>, %v: tensor<9xf32>, %b: tensor<3xf32>) -> tensor<1x4x4x3xf32> {
  %s = tosa.const_shape {values = dense<[3, 1, 1, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %w = tosa.reshape %v, %s : (tensor<9xf32>, !tosa.shape<4>) -> tensor<3x1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}

// -----

// B1, T10: what the loop begins with hands its input's observer on, and so does what
// goes around.
// CHECK-LABEL: @b1_begins_with_an_observer_handed_on(
// CHECK: %[[C:.*]] = tosa.conv2d
// CHECK-NEXT: %[[CO:.*]] = qprep.observe %[[C]] by
// CHECK-NEXT: %[[S:.*]] = tosa.sigmoid %[[CO]]
// CHECK-SAME: #qprep.plan<shared
// CHECK-NEXT: scf.for {{.*}} iter_args(%[[A:.*]] = %[[S]])
// CHECK-NEXT: tosa.tanh %[[A]]
// CHECK-SAME: #qprep.plan<shared
// CHECK-NOT: qprep.observe %
func.func @b1_begins_with_an_observer_handed_on(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>, %n: index) -> tensor<1x4x4x3xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %m = tosa.sigmoid %c : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %m) -> tensor<1x4x4x3xf32> {
    %r = tosa.tanh %a : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
    scf.yield %r : tensor<1x4x4x3xf32>
  }
  return %0 : tensor<1x4x4x3xf32>
}

// -----

// T5: nothing is observed as f32.
// CHECK-LABEL: @t5_specs_of_f32(
// CHECK: tosa.conv2d {{.*}}#qprep.plan<float by "T5" because "its observers would be of f32, or of f16 at run time"
// CHECK-NOT: qprep.observe %
qprep.config @f32 {
  qprep.qconfig @f <activation = <placeholder, f32>, weight = <placeholder, f32>>
  qprep.assign global @f
}
func.func @t5_specs_of_f32(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>) -> tensor<1x4x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}
