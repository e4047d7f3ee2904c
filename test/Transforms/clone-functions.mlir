// RUN: quant-prep-opt %s -split-input-file -pass-pipeline='builtin.module(qprep-attach-config,qprep-clone-functions)' | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file -qprep-strip > %t.before
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-verify-prepared -qprep-strip > %t.after
// RUN: diff %t.before %t.after
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -o %t.once
// RUN: quant-prep-opt %t.once -split-input-file -qprep-prepare -o %t.twice
// RUN: diff %t.once %t.twice

// The path of a function speaks of what it calls, unless that has an entry of
// its own; so does none.
// CHECK-LABEL: func.func @t1_inherited_by_callees(
// CHECK-NOT: qprep.assigned
// CHECK: call @encoder(
// CHECK-LABEL: func.func private @encoder(
// CHECK-SAME: qprep.assigned = #qprep.assigned<none from name>
// CHECK-LABEL: func.func private @block(
// CHECK-SAME: qprep.assigned = #qprep.assigned<none from name>
// CHECK-LABEL: func.func private @head(
// CHECK-SAME: qprep.assigned = #qprep.assigned<@qprep_config::@qnnpack from name>
// CHECK-NOT: func.func
qprep.config @c {
  qprep.assign global "fbgemm"
  qprep.assign name "encoder" none
  qprep.assign name "encoder.head" "qnnpack"
}
func.func @t1_inherited_by_callees(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @encoder(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @encoder(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @block(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @block(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @head(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @head(%x: tensor<4xf32>) -> tensor<4xf32> attributes {qprep.module = "encoder.head"} {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// One clone for each answer but the first, however often and from however far; the
// same answer shares. Callees of clones are cloned as well.
// CHECK-LABEL: func.func @t2_cloned_per_qconfig(
// CHECK: call @a(
// CHECK: call @b(
// CHECK: call @[[PLAIN:leaf_[0-9]+]](%{{.*}}) {qprep.callee = @leaf}
// CHECK-LABEL: func.func private @a(
// CHECK: call @middle(%arg0) :
// CHECK-LABEL: func.func private @b(
// CHECK: call @[[MIDDLE:middle_[0-9]+]](%arg0) {qprep.callee = @middle}
// CHECK: call @[[MIDDLE]](%{{.*}}) {qprep.callee = @middle}
// CHECK-LABEL: func.func private @middle(
// CHECK-SAME: qprep.assigned = #qprep.assigned<@qprep_config::@qnnpack from name>
// CHECK: call @leaf(%arg0) :
// CHECK: func.func private @[[MIDDLE]](
// CHECK-SAME: attributes {qprep.assigned = #qprep.assigned<none from name>, qprep.generated, qprep.origin = @middle}
// CHECK: call @[[LEAF:leaf_[0-9]+]](%arg0) {qprep.callee = @leaf}
// CHECK-LABEL: func.func private @leaf(
// CHECK-SAME: qprep.assigned = #qprep.assigned<@qprep_config::@qnnpack from name>
// CHECK: func.func private @[[LEAF]](
// CHECK-SAME: qprep.assigned = #qprep.assigned<none from name>, qprep.generated, qprep.origin = @leaf}
// CHECK: func.func private @[[PLAIN]](
// CHECK-SAME: attributes {qprep.generated, qprep.origin = @leaf}
qprep.config @c {
  qprep.assign global "fbgemm"
  qprep.assign name "a" "qnnpack"
  qprep.assign name "b" none
}
func.func @t2_cloned_per_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @a(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @b(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = call @leaf(%1) : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
func.func private @a(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @middle(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @b(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @middle(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @middle(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @middle(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @leaf(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @leaf(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A function that calls itself has a clone that calls itself.
// CHECK-LABEL: func.func @t2_recursion(
// CHECK: call @loop(
// CHECK: call @a(
// CHECK-LABEL: func.func private @a(
// CHECK: call @loop_0(
// CHECK-LABEL: func.func private @loop(
// CHECK: call @loop(
// CHECK-LABEL: func.func private @loop_0(
// CHECK: call @loop_0(
qprep.config @c {
  qprep.assign global "fbgemm"
  qprep.assign name "a" none
}
func.func @t2_recursion(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @loop(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @a(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @a(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @loop(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @loop(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = call @loop(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
