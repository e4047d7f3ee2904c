// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file > %t.before
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-strip | diff %t.before -
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -o %t.once
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-prepare | diff %t.once -

// What the units of a function want of its arguments is observed by its calls;
// so is what it makes only to return it. Each call has observers of its own.
// CHECK-LABEL: func.func @t8_at_the_call_site(
// CHECK-NEXT: %[[X:.*]] = qprep.observe %arg0 by @x_in
// CHECK-NEXT: %[[A:.*]] = call @callee(%[[X]])
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[A]] by @first_out
// CHECK-NEXT: %[[B:.*]] = call @callee(%[[O]])
// CHECK-NEXT: %[[P:.*]] = qprep.observe %[[B]] by @second_out
// CHECK-NEXT: return %[[P]]
// CHECK-LABEL: func.func private @callee(
// CHECK-NEXT: %[[R:.*]] = tosa.add %arg0, %arg0
// CHECK-NEXT: return %[[R]]
func.func @t8_at_the_call_site(%x: tensor<4xf32> loc("x")) -> tensor<4xf32> {
  %0 = call @callee(%x) : (tensor<4xf32>) -> tensor<4xf32> loc("first")
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32> loc("second")
  return %1 : tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// The body is the same for all calls: one passes what is observed already, the
// other what is not, and is observed for it.
// CHECK-LABEL: func.func @b15_for_what_any_call_needs(
// CHECK: %[[ADD:.*]] = tosa.add
// CHECK-NEXT: %[[OBSERVED:.*]] = qprep.observe %[[ADD]]
// CHECK-NEXT: call @callee(%[[OBSERVED]])
// CHECK: %[[EXP:.*]] = tosa.exp
// CHECK-NEXT: %[[NEW:.*]] = qprep.observe %[[EXP]]
// CHECK-NEXT: call @callee(%[[NEW]])
func.func @b15_for_what_any_call_needs(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %3 = call @callee(%2) : (tensor<4xf32>) -> tensor<4xf32>
  return %1, %3 : tensor<4xf32>, tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.sub %1, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

// A sharing unit in a function that is called twice shares at each call for
// itself: one observer for each, before it and behind.
// CHECK-LABEL: func.func @f23_shared_per_call(
// CHECK: qprep.observe %{{.*}} by @[[X:x_in]]
// CHECK: call @outer
// CHECK-NEXT: qprep.observe %{{.*}} by @[[X]] :
// CHECK: tosa.add
// CHECK-NEXT: qprep.observe %{{.*}} by @[[A:add_out]]
// CHECK-NEXT: call @pool
// CHECK-NEXT: qprep.observe %{{.*}} by @[[A]] :
func.func @f23_shared_per_call(%x: tensor<1x4x4x1xf32> loc("x")) -> tensor<1x2x2x1xf32> {
  %0 = call @outer(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32>
  %1 = tosa.add %x, %x : (tensor<1x4x4x1xf32>, tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> loc("add")
  %2 = call @pool(%1) : (tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32>
  return %2 : tensor<1x2x2x1xf32>
}
// It only passes on.
// CHECK-LABEL: func.func private @outer(
// CHECK-NEXT: %[[R:.*]] = call @pool(%arg0)
// CHECK-NEXT: return %[[R]]
func.func private @outer(%x: tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32> {
  %0 = call @pool(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32>
  return %0 : tensor<1x2x2x1xf32>
}
// CHECK-LABEL: func.func private @pool(
// CHECK-NEXT: %[[R:.*]] = tosa.max_pool2d %arg0
// CHECK-NEXT: return %[[R]]
func.func private @pool(%x: tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32> {
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32>
  return %0 : tensor<1x2x2x1xf32>
}

// -----

// A value that is returned and read inside is observed once, where it is made;
// the caller sees it observed. So is one that goes to two calls.
// CHECK-LABEL: func.func @t17_observed_once(
// CHECK-NEXT: %[[X:.*]] = qprep.observe %arg0
// CHECK-NEXT: %[[R:.*]]:2 = call @callee(%[[X]])
// CHECK-NEXT: qprep.observe %[[R]]#1
// CHECK-NEXT: call @callee(%[[X]])
// CHECK-NEXT: qprep.observe
// CHECK-NEXT: tosa.add %[[R]]#0
// CHECK-LABEL: func.func private @callee(
// CHECK-NEXT: %[[A:.*]] = tosa.add %arg0, %arg0
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: %[[B:.*]] = tosa.add %[[O]], %arg0
// CHECK-NEXT: return %[[O]], %[[B]]
func.func @t17_observed_once(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0:2 = call @callee(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %1:2 = call @callee(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %2 = tosa.add %0#0, %0#1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2, %1#1 : tensor<4xf32>, tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %0, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// What may be called from outside, and what calls itself, has all in place.
// CHECK-LABEL: func.func @t8_public_in_place(
// CHECK-NEXT: %[[X:.*]] = qprep.observe %arg0
// CHECK-NEXT: %[[A:.*]] = tosa.add %[[X]], %[[X]]
// CHECK-NEXT: qprep.observe %[[A]]
// CHECK-LABEL: func.func @caller(
// CHECK-NEXT: %[[R:.*]] = call @t8_public_in_place(%arg0)
// CHECK-NEXT: %[[S:.*]] = call @recursive(%[[R]])
// CHECK-NEXT: return %[[S]]
// CHECK-LABEL: func.func private @recursive(
// CHECK-NEXT: qprep.observe %arg0
func.func @t8_public_in_place(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @caller(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @t8_public_in_place(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @recursive(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @recursive(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @recursive(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// A function that returns its argument hands on what each call passes.
// CHECK-LABEL: func.func @t7_returned_argument(
// CHECK: %[[A:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: %[[R:.*]] = call @same(%[[O]])
// CHECK-NEXT: %[[B:.*]] = tosa.add %[[R]], %[[R]]
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[S:.*]] = call @same(%[[E]])
// CHECK-NEXT: %[[P:.*]] = qprep.observe %[[S]]
// CHECK-NEXT: tosa.add %[[P]], %[[P]]
func.func @t7_returned_argument(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @same(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.add %1, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %4 = call @same(%3) : (tensor<4xf32>) -> tensor<4xf32>
  %5 = tosa.add %4, %4 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2, %5 : tensor<4xf32>, tensor<4xf32>
}
func.func private @same(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// What goes to another block of its function is observed where it is made; only
// what is returned is left to the calls.
// CHECK-LABEL: func.func @t17_branches_do_not_return(
func.func @t17_branches_do_not_return(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @branching(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func private @branching(
// CHECK:         %[[FIRST:.*]] = tosa.tanh
// CHECK-NEXT:    %[[OBSERVED:.*]] = qprep.observe %[[FIRST]] by
// CHECK-NEXT:    cf.br ^[[NEXT:.*]](%[[OBSERVED]] :
// CHECK-NEXT:  ^[[NEXT]](
// CHECK:         %[[LAST:.*]] = tosa.tanh
// CHECK-NEXT:    return %[[LAST]]
func.func private @branching(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  cf.br ^next(%0 : tensor<4xf32>)
^next(%a: tensor<4xf32>):
  %1 = tosa.tanh %a : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
