// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file > %t.before
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-strip | diff %t.before -
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -o %t.once
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-prepare | diff %t.once -

// The initial value is observed before the loop, so that a loop of no trips has
// seen it; the body's value is observed in the body, by the same observer.
// CHECK-LABEL: func.func @b1_carried_value(
// CHECK: %[[I:.*]] = qprep.observe %arg0 by @[[G:x_in]] :
// CHECK: %[[R:.*]] = scf.for {{.*}} iter_args(%[[A:.*]] = %[[I]])
// CHECK-NEXT: %[[S:.*]] = tosa.add %[[A]], %[[A]]
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[S]] by @[[G]] :
// CHECK-NEXT: scf.yield {{.*}}%[[O]]
// CHECK: tosa.add %[[R]], %[[R]]
func.func @b1_carried_value(%x: tensor<4xf32> loc("x"), %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    %1 = tosa.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  %2 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

// What the body makes in float is observed where it is yielded, since what goes
// in is quantized. Nested loops are one group.
// CHECK-LABEL: func.func @b1_nested(
// CHECK: %[[ADD:.*]] = tosa.add %
// CHECK-NEXT: %[[I:.*]] = qprep.observe %[[ADD]] by @[[G:start_out]] :
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[I]])
// CHECK: scf.for
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[E]] by @[[G]] :
// CHECK-NEXT: scf.yield {{.*}}%[[O]]
// CHECK: scf.yield
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b1_nested(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %start = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("start")
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %start) -> tensor<4xf32> {
    %1 = scf.for %j = %c0 to %n step %c1 iter_args(%b = %a) -> tensor<4xf32> {
      %2 = tosa.exp %b : (tensor<4xf32>) -> tensor<4xf32>
      scf.yield %2 : tensor<4xf32>
    }
    scf.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// Two values of one loop are two groups.
// CHECK-LABEL: func.func @b1_while(
// CHECK: qprep.observe %arg0 by @[[X:x_in]] :
// CHECK-NOT: by @[[X]] :
// CHECK: scf.while
// CHECK: scf.condition
// CHECK: tosa.add
// CHECK-NEXT: qprep.observe %{{.*}} by @[[X]] :
// CHECK: tosa.exp
// CHECK-NEXT: scf.yield
func.func @b1_while(%x: tensor<4xf32> loc("x"), %y: tensor<4xf32> loc("y"), %c: i1) -> (tensor<4xf32>, tensor<4xf32>) {
  %0:2 = scf.while (%a = %x, %b = %y) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    scf.condition(%c) %a, %b : tensor<4xf32>, tensor<4xf32>
  } do {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
    %1 = tosa.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %2 = tosa.exp %b : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1, %2 : tensor<4xf32>, tensor<4xf32>
  }
  return %0#0, %0#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @b1_tosa_while(
// CHECK: %[[I:.*]] = qprep.observe %arg0 by @[[G:x_in]] :
// CHECK-NEXT: tosa.while_loop (%{{.*}} = %[[I]])
// CHECK: tosa.add
// CHECK-NEXT: qprep.observe %{{.*}} by @[[G]] :
func.func @b1_tosa_while(%x: tensor<4xf32> loc("x"), %c: tensor<i1>) -> tensor<4xf32> {
  %0 = tosa.while_loop (%a = %x) : (tensor<4xf32>) -> tensor<4xf32> {
    tosa.yield %c : tensor<i1>
  } do {
  ^bb0(%a: tensor<4xf32>):
    %1 = tosa.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    tosa.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// Both branches are observed, each inside by its own observer: what reads the
// result sees it observed.
// CHECK-LABEL: func.func @t12_branches_agree(
// CHECK: %[[R:.*]] = scf.if
// CHECK-NEXT: %[[A:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[A]] by @[[T:then_out]]
// CHECK-NEXT: scf.yield {{.*}}%[[O]]
// CHECK: %[[B:.*]] = tosa.mul
// CHECK-NEXT: %[[P:.*]] = qprep.observe %[[B]] by @else_out
// CHECK-NEXT: scf.yield {{.*}}%[[P]]
// CHECK: tosa.add %[[R]], %[[R]]
func.func @t12_branches_agree(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("then")
    scf.yield %1 : tensor<4xf32>
  } else {
    %2 = tosa.mul %x, %x, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32> loc("else")
    scf.yield %2 : tensor<4xf32>
  }
  %3 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}

// -----

// A branch that always fails says nothing, nor does poison.
// CHECK-LABEL: func.func @t12_failing_branch_is_ignored(
// CHECK: %[[R:.*]] = scf.if
// CHECK-NEXT: tosa.add
// CHECK-NEXT: qprep.observe
// CHECK: } else {
// CHECK-NOT: qprep.observe
// CHECK: tosa.add %[[R]], %[[R]]
func.func @t12_failing_branch_is_ignored(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %false = arith.constant false
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    %2 = scf.if %c -> tensor<4xf32> {
      cf.assert %false, "no"
      scf.yield %x : tensor<4xf32>
    } else {
      cf.assert %false, "neither"
      scf.yield %x : tensor<4xf32>
    }
    scf.yield %2 : tensor<4xf32>
  }
  %3 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %4 = scf.if %c -> tensor<4xf32> {
    scf.yield %3 : tensor<4xf32>
  } else {
    %5 = ub.poison : tensor<4xf32>
    scf.yield %5 : tensor<4xf32>
  }
  return %4 : tensor<4xf32>
}

// -----

// What is captured from above is observed where it is made, once for all regions
// that want it; so is what enters both branches.
// CHECK-LABEL: func.func @t17_captured_from_above(
// CHECK-NEXT: %[[Y:.*]] = qprep.observe %arg2
// CHECK-NEXT: %[[X:.*]] = qprep.observe %arg1
// CHECK-NEXT: tosa.cond_if %arg0 (%{{.*}} = %[[Y]])
// CHECK: tosa.add %[[X]], %[[X]]
// CHECK: tosa.sub
// CHECK: tosa.add %[[X]], %{{.*}}
func.func @t17_captured_from_above(%c: tensor<i1>, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.cond_if %c (%a = %y) : tensor<i1> (tensor<4xf32>) -> tensor<4xf32> {
  ^bb0(%a: tensor<4xf32>):
    %1 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %2 = tosa.sub %a, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %3 = tosa.add %a, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    tosa.yield %3 : tensor<4xf32>
  } else {
  ^bb0(%a: tensor<4xf32>):
    %1 = tosa.add %x, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    tosa.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// Nothing is fused into a branch: it may not be taken.
// CHECK-LABEL: func.func @f8_not_into_a_branch(
// CHECK: tosa.add
// CHECK-NEXT: qprep.observe
// CHECK: scf.if
// CHECK-NEXT: tosa.clamp
// CHECK-NEXT: qprep.observe
func.func @f8_not_into_a_branch(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = scf.if %c -> tensor<4xf32> {
    %2 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  } else {
    %3 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %3 : tensor<4xf32>
  }
  return %1 : tensor<4xf32>
}

// -----

// What the body makes is observed, so that what the loop begins with is as well,
// though nothing in it wants that.
// CHECK-LABEL: func.func @b1_raised_by_the_body(
// CHECK: %[[I:.*]] = qprep.observe %arg0 by @[[G:.*]] :
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[I]])
// CHECK: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[S]] by @[[G]] :
// CHECK-NEXT: scf.yield {{.*}}%[[O]]
func.func @b1_raised_by_the_body(%x: tensor<4xf32>, %y: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    %2 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    %3 = tosa.add %2, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %3 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// What goes around is quantized outside already: nothing to observe, and no conflict.
// CHECK-LABEL: func.func @f10_quantized_arguments_swapped(
// CHECK-NOT: qprep.observe
// CHECK: return
qprep.config @outside attributes {inputs_quantized = array<i64: 0, 1>} {
  qprep.assign global "fbgemm"
}
func.func @f10_quantized_arguments_swapped(%x: tensor<4xf32>, %y: tensor<4xf32>, %n: index) -> (tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (tensor<4xf32>, tensor<4xf32>) {
    scf.yield %b, %a : tensor<4xf32>, tensor<4xf32>
  }
  return %0#0, %0#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @f10_quantized_argument_yielded(
// CHECK-NOT: qprep.observe
// CHECK: return
qprep.config @outside attributes {inputs_quantized = array<i64: 0, 1>} {
  qprep.assign global "fbgemm"
}
func.func @f10_quantized_argument_yielded(%x: tensor<4xf32>, %y: tensor<4xf32>, %n: index) -> (tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<4xf32>) {
    scf.yield %y : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// One call passes what is observed, the other one does not: the argument is
// float, and so is all that the loop carries.
// CHECK-LABEL: func.func private @b1_argument_passed_in_two_ways(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func private @b1_argument_passed_in_two_ways(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    %1 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @observed_and_not(
// CHECK: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[S]] by
// CHECK-NEXT: call @b1_argument_passed_in_two_ways(%[[O]],
// CHECK: call @b1_argument_passed_in_two_ways(%arg1,
func.func @observed_and_not(%x: tensor<4xf32>, %y: tensor<4xf32>, %n: index) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @b1_argument_passed_in_two_ways(%0, %n) : (tensor<4xf32>, index) -> tensor<4xf32>
  %2 = call @b1_argument_passed_in_two_ways(%y, %n) : (tensor<4xf32>, index) -> tensor<4xf32>
  return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// -----

// What a function passes to itself is as float as what others pass to it (T8):
// the loop carries it so, though both calls have it observed.
// CHECK-LABEL: func.func private @b1_argument_of_a_recursion(
// CHECK: %[[R:.*]] = scf.for {{.*}} iter_args(%[[A:.*]] = %arg0)
// CHECK: scf.yield {{.*}}%[[A]]
// CHECK: qprep.observe %[[R]] by
func.func private @b1_argument_of_a_recursion(%x: tensor<4xf32>, %n: index, %c: i1) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    scf.yield %a : tensor<4xf32>
  }
  %1 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  scf.if %c {
    %2 = func.call @b1_argument_of_a_recursion(%1, %n, %c) : (tensor<4xf32>, index, i1) -> tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @calls_a_recursion(
func.func @calls_a_recursion(%x: tensor<4xf32>, %n: index, %c: i1) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = func.call @b1_argument_of_a_recursion(%0, %n, %c) : (tensor<4xf32>, index, i1) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// Branches disagree: the result is float, and what is observed in one ends
// there.
// CHECK-LABEL: func.func @b22_branches_disagree(
// CHECK: scf.if
// CHECK: tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe
// CHECK-NEXT: scf.yield {{.*}}[ui8] -> []{{.*}} %[[O]]
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: scf.yield %[[E]]
// CHECK: %[[R:.*]] = qprep.observe
// CHECK-NEXT: tosa.add %[[R]], %[[R]]
func.func @b22_branches_disagree(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    %2 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  }
  %3 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}

// -----

// So do returns.
// CHECK-LABEL: func.func @caller(
// CHECK: call @b22_returns_disagree
// CHECK: call @b22_returns_disagree
// CHECK-NEXT: return
func.func @caller(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @b22_returns_disagree(%c, %x) : (i1, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @b22_returns_disagree(%c, %0) : (i1, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @b22_returns_disagree(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  cf.cond_br %c, ^a, ^b
^a:
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
^b:
  %1 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// An argument does not decide: it is observed as what the other branch yields.
// CHECK-LABEL: func.func @b22_early_exit(
// CHECK: %[[X:.*]] = qprep.observe %arg1 by
// CHECK: scf.if
// CHECK: tosa.add
// CHECK-NEXT: qprep.observe
// CHECK-NEXT: scf.yield
// CHECK: scf.yield {{.*}}[ui8 by {{.*}} %[[X]]
// CHECK: [none] -> [ui8]
// CHECK-NEXT: return
func.func @b22_early_exit(%c: i1, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = tosa.add %y, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// Where all branches yield arguments, nothing is observed.
// CHECK-LABEL: func.func @b22_nothing_decides(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b22_nothing_decides(%c: i1, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = scf.if %c -> tensor<4xf32> {
    scf.yield %y : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
