// B1: loops of placement=value. All that a loop carries in one place is observed if any
// of it is, by one observer; what is prepared verifies.

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare="placement=value" --qprep-verify-prepared | FileCheck %s

// What is behind the loop wants what its condition hands on: so do its begin and what
// goes round.
// CHECK-LABEL: @b1_needed_behind_a_while(
// CHECK: %[[X:.*]] = qprep.observe %{{.*}} by @{{.*}} :
// CHECK: scf.while ({{.*}} = %[[X]])
// CHECK-NOT: qprep.observe
// CHECK: tosa.sigmoid {{.*}}#qprep.plan<shared
// CHECK: scf.yield {qprep.plan = #qprep.plan<[none, ui8] -> []>} %{{.*}}, %[[X]]
func.func @b1_needed_behind_a_while(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0:2 = scf.while (%i = %n, %c = %x) : (index, tensor<1x4x4xf32>) -> (index, tensor<1x4x4xf32>) {
    %go = arith.cmpi slt, %i, %n : index
    scf.condition(%go) %i, %c : index, tensor<1x4x4xf32>
  } do {
  ^bb0(%i: index, %c: tensor<1x4x4xf32>):
    %s = tosa.sigmoid %c : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %i, %x : index, tensor<1x4x4xf32>
  }
  %a = tosa.matmul %0#1, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  return %a : tensor<1x4x4xf32>
}

// -----

// What goes round hands on an observer (T10), so that what the loop begins with gets it.
// CHECK-LABEL: @b1_goes_round_observed_in_a_while(
// CHECK: %[[E:.*]] = tosa.exp {{.*}}#qprep.plan<observed
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: scf.while ({{.*}} = %[[EO]])
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]] by @[[CARRIED]] :
// CHECK-NEXT: tosa.sigmoid %[[AO]] {{.*}}#qprep.plan<shared
// CHECK-NOT: qprep.observe %
func.func @b1_goes_round_observed_in_a_while(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %0:2 = scf.while (%i = %n, %c = %e) : (index, tensor<1x4x4xf32>) -> (index, tensor<1x4x4xf32>) {
    %go = arith.cmpi slt, %i, %n : index
    scf.condition(%go) %i, %c : index, tensor<1x4x4xf32>
  } do {
  ^bb0(%i: index, %c: tensor<1x4x4xf32>):
    %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    %s = tosa.sigmoid %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %i, %s : index, tensor<1x4x4xf32>
  }
  return %0#1 : tensor<1x4x4xf32>
}

// -----

// The observer that goes round comes from outside of the loop.
// CHECK-LABEL: @b1_goes_round_observed_from_outside(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]] by @[[CARRIED]] :
// CHECK: scf.for {{.*}} = %[[EO]])
// CHECK-NEXT: tosa.sigmoid %[[AO]]
// CHECK-NOT: qprep.observe %
func.func @b1_goes_round_observed_from_outside(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %e) -> tensor<1x4x4xf32> {
    %s = tosa.sigmoid %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %s : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// The relu of a linear layer is observed in its place (T4), and so is the begin.
// CHECK-LABEL: @b1_t4_goes_round(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: %[[R:.*]] = tosa.clamp %[[A]]
// CHECK-NEXT: qprep.observe %[[R]] by @[[CARRIED]] :
func.func @b1_t4_goes_round(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %e) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    %r = tosa.clamp %a {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %r : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// What a function is called with begins a loop in a function that it calls: both calls
// observe it (T8, B15), with one observer.
// CHECK-LABEL: @b1_t8_argument_begins_a_loop(
// CHECK: %[[YO:.*]] = qprep.observe %{{.*}} by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED]] :
// CHECK: call @outer(%[[EO]],
// CHECK: call @outer(%[[YO]],
// CHECK: func.func private @outer
// CHECK-NOT: qprep.observe %{{.*}} by @[[CARRIED]]
// CHECK: func.func private @inner
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]] by @[[CARRIED]] :
// CHECK: tosa.sigmoid %[[AO]]
func.func @b1_t8_argument_begins_a_loop(%x: tensor<1x4x4xf32>, %n: index, %y: tensor<1x4x4xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %0 = call @outer(%e, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  %1 = call @outer(%y, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  return %0, %1 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}
func.func private @outer(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %0 = call @inner(%x, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}
func.func private @inner(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %a = tosa.matmul %e, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %s = tosa.sigmoid %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %s : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// Calls observe the argument already: the loop hands that on.
// CHECK-LABEL: @b1_t10_argument_goes_round(
// CHECK: func.func private @loop
// CHECK-NEXT: scf.for
// CHECK-NEXT: tosa.sigmoid {{.*}}#qprep.plan<shared
// CHECK-NOT: qprep.observe %
func.func @b1_t10_argument_goes_round(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %0 = call @loop(%a, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}
func.func private @loop(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %s = tosa.sigmoid %c : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %s : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// What begins a loop is observed in place, also where it is returned: the call does not
// observe it again (T17).
// CHECK-LABEL: @b1_t17_begin_is_returned(
// CHECK: call @loop
// CHECK-NEXT: return
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: scf.for {{.*}} = %[[EO]])
// CHECK-NEXT: tosa.matmul
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
// CHECK: return %[[EO]],
func.func @b1_t17_begin_is_returned(%x: tensor<1x4x4xf32>, %n: index) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %0:2 = call @loop(%x, %n) : (tensor<1x4x4xf32>, index) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>)
  return %0#0, %0#1 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}
func.func private @loop(%x: tensor<1x4x4xf32>, %n: index) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %e) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %c, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    scf.yield %a : tensor<1x4x4xf32>
  }
  return %e, %0 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}

// -----

// A loop in a loop begins with what that carries observed.
// CHECK-LABEL: @b1_t10_inner_loop(
// CHECK: scf.for {{.*}} iter_args(%[[C:.*]] =
// CHECK: scf.for {{.*}} iter_args(%[[D:.*]] = %[[C]])
// CHECK-NEXT: %[[S:.*]] = tosa.sigmoid %[[D]] {{.*}}#qprep.plan<shared
// CHECK-NEXT: scf.yield {{.*}}%[[S]]
func.func @b1_t10_inner_loop(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %c, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    %1 = scf.for %j = %n to %n step %n iter_args(%d = %c) -> tensor<1x4x4xf32> {
      %s = tosa.sigmoid %d : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
      scf.yield %s : tensor<1x4x4xf32>
    }
    scf.yield %1 : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// What the outer loop carries goes round in the inner one, which wants it: it is observed
// where it comes from.
// CHECK-LABEL: @b1_carried_by_two_loops(
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x4x4xf32>, %[[Y:[^:]*]]: tensor
// CHECK-DAG: %[[XO:.*]] = qprep.observe %[[X]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK-DAG: %[[YO:.*]] = qprep.observe %[[Y]] by @[[CARRIED]] :
// CHECK: scf.for {{.*}} iter_args(%[[C:.*]] = %[[XO]])
// CHECK: scf.for {{.*}} = %[[YO]])
// CHECK: scf.yield {{.*}}%[[C]]
// CHECK: tosa.exp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
func.func @b1_carried_by_two_loops(%x: tensor<1x4x4xf32>, %y: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %1 = scf.for %j = %n to %n step %n iter_args(%d = %y) -> tensor<1x4x4xf32> {
      %a = tosa.matmul %d, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
      scf.yield %c : tensor<1x4x4xf32>
    }
    %e = tosa.exp %1 : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %e : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// Two values change places: they are one group, also if only one of them is read.
// CHECK-LABEL: @b1_change_places(
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x4x4xf32>, %[[Y:[^:]*]]: tensor
// CHECK-DAG: qprep.observe %[[X]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK-DAG: qprep.observe %[[Y]] by @[[CARRIED]] :
// CHECK: tosa.matmul
// CHECK-NEXT: qprep.observe
// CHECK-NEXT: scf.yield
func.func @b1_change_places(%x: tensor<1x4x4xf32>, %y: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0:2 = scf.for %i = %n to %n step %n iter_args(%c = %x, %d = %y) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
    %a = tosa.matmul %d, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    scf.yield %d, %c : tensor<1x4x4xf32>, tensor<1x4x4xf32>
  }
  return %0#0 : tensor<1x4x4xf32>
}

// -----

// The condition hands on a sigmoid: what goes into the body is observed by its input (T10).
// CHECK-LABEL: @b1_t10_in_the_condition(
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: qprep.observe %[[A]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: tosa.sigmoid {{.*}}#qprep.plan<shared
// CHECK: tosa.tanh {{.*}}#qprep.plan<shared
// CHECK-NEXT: tosa.exp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
func.func @b1_t10_in_the_condition(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %0:2 = scf.while (%i = %n, %c = %a) : (index, tensor<1x4x4xf32>) -> (index, tensor<1x4x4xf32>) {
    %go = arith.cmpi slt, %i, %n : index
    %s = tosa.sigmoid %c : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.condition(%go) %i, %s : index, tensor<1x4x4xf32>
  } do {
  ^bb0(%i: index, %c: tensor<1x4x4xf32>):
    %t = tosa.tanh %c : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    %e = tosa.exp %t : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %i, %e : index, tensor<1x4x4xf32>
  }
  return %0#1 : tensor<1x4x4xf32>
}

// -----

// What a branch is handed is as observed as outside, and begins a loop there: it is
// observed where it comes from.
// CHECK-LABEL: @b1_in_a_branch(
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED]] :
// CHECK: tosa.cond_if %{{.*}} (%[[P:.*]] = %[[AO]], %{{.*}} = %[[EO]])
// CHECK: tosa.sigmoid %{{.*}} {{.*}}#qprep.plan<shared
// CHECK-NOT: qprep.observe %
func.func @b1_in_a_branch(%x: tensor<1x4x4xf32>, %n: index, %if: tensor<i1>) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %0 = tosa.cond_if %if (%p = %a, %q = %e) : tensor<i1> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> tensor<1x4x4xf32> {
  ^bb0(%p: tensor<1x4x4xf32>, %q: tensor<1x4x4xf32>):
    %s = tosa.sigmoid %p : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    %1 = scf.for %i = %n to %n step %n iter_args(%c = %q) -> tensor<1x4x4xf32> {
      scf.yield %s : tensor<1x4x4xf32>
    }
    tosa.yield %1 : tensor<1x4x4xf32>
  } else {
  ^bb0(%p: tensor<1x4x4xf32>, %q: tensor<1x4x4xf32>):
    tosa.yield %p : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// What goes round in the outer loop is observed at its end, and goes round in an inner one
// before.
// CHECK-LABEL: @b1_goes_round_in_an_inner_loop_first(
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x4x4xf32>, %[[Y:[^:]*]]: tensor
// CHECK-DAG: qprep.observe %[[X]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK-DAG: qprep.observe %[[Y]] by @[[CARRIED]] :
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by @[[CARRIED]] :
// CHECK: scf.yield {{.*}}%[[EO]]
// CHECK: scf.yield {{.*}}%[[EO]]
func.func @b1_goes_round_in_an_inner_loop_first(%x: tensor<1x4x4xf32>, %y: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %c, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    %e = tosa.exp %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    %1 = scf.for %j = %n to %n step %n iter_args(%d = %y) -> tensor<1x4x4xf32> {
      scf.yield %e : tensor<1x4x4xf32>
    }
    scf.yield %e : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// A call observes what a loop before it has begun with (T8): so does what goes round.
// CHECK-LABEL: @b1_t8_begin_is_observed_later(
// CHECK: %[[A:.*]] = tosa.add
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK-NEXT: scf.for {{.*}} = %[[AO]])
// CHECK-NEXT: tosa.exp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
// CHECK: call @linear(%[[AO]])
func.func @b1_t8_begin_is_observed_later(%x: tensor<1x4x4xf32>, %y: tensor<1x4x4xf32>, %n: index) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %a = tosa.add %x, %y : (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %a) -> tensor<1x4x4xf32> {
    %e = tosa.exp %c : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %e : tensor<1x4x4xf32>
  }
  %1 = call @linear(%a) : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %0, %1 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}
func.func private @linear(%x: tensor<1x4x4xf32>) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  return %a : tensor<1x4x4xf32>
}

// -----

// What a loop begins with is the argument of a block and returned: it is observed in
// place, not by the call.
func.func @b1_begins_with_what_is_returned(%x: tensor<1x4x4xf32>, %c: i1, %n: index) -> tensor<1x4x4xf32> {
  %0 = call @returned(%x, %c, %n) : (tensor<1x4x4xf32>, i1, index) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}
// CHECK-LABEL: @returned(
// CHECK: ^bb2(%[[X:.*]]: tensor<1x4x4xf32>):
// CHECK-NEXT: %[[XO:.*]] = qprep.observe %[[X]] by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: scf.for {{.*}} = %[[XO]])
// CHECK: tosa.matmul
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
func.func private @returned(%x: tensor<1x4x4xf32>, %c: i1, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  cf.cond_br %c, ^bb1, ^bb2(%e : tensor<1x4x4xf32>)
^bb1:
  %f = tosa.exp %e : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  cf.br ^bb2(%f : tensor<1x4x4xf32>)
^bb2(%b: tensor<1x4x4xf32>):
  %0 = scf.for %i = %n to %n step %n iter_args(%d = %b) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    scf.yield %a : tensor<1x4x4xf32>
  }
  return %b : tensor<1x4x4xf32>
}
