// What placement=value prepares verifies.

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare="placement=value entry=forward" --qprep-verify-prepared | FileCheck %s

// T8: the argument of a public function is observed by its calls, as any; what it hands back
// is read as observed (T10).
// CHECK-LABEL: @forward(
// CHECK: %[[X:.*]] = qprep.observe
// CHECK-NEXT: %[[R:.*]]:2 = call @t8_public(%[[X]])
// CHECK: tosa.sigmoid %[[R]]#0 {{.*}}#qprep.plan<shared
// CHECK: func.func @t8_public
// CHECK-NOT: qprep.observe %arg0
func.func @forward(%x: tensor<1x4x4xf32>) -> tensor<1x4x4xf32> {
  %0:2 = call @t8_public(%x) : (tensor<1x4x4xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>)
  %1 = tosa.sigmoid %0#0 : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %1 : tensor<1x4x4xf32>
}
func.func @t8_public(%x: tensor<1x4x4xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  return %x, %a : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}

// -----

// B1: and what goes round in a loop there is observed by the observer of the call.
// CHECK-LABEL: @forward(
// CHECK: qprep.observe %{{.*}} by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: func.func @b1_public
// CHECK: tosa.matmul
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
func.func @forward(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %0 = call @b1_public(%x, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}
func.func @b1_public(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %c, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    scf.yield %a : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// T10: what is assigned no qconfig lets its observer through.
// CHECK-LABEL: @forward(
// CHECK: qprep.observe %{{.*}} by
// CHECK: %[[A:.*]] = tosa.matmul
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: %[[S:.*]] = tosa.sigmoid %[[AO]] {{.*}}#qprep.plan<skipped by "T10" because "it is assigned no qconfig; what reads its result goes by its input, which is observed"
// CHECK-NEXT: tosa.tanh %[[S]] {{.*}}#qprep.plan<shared
func.func @forward(%x: tensor<1x4x4xf32>) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %s = tosa.sigmoid %a {qprep.qconfig = "none"} : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %t = tosa.tanh %s : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %t : tensor<1x4x4xf32>
}

// -----

// T5: an argument of a block is observed in it.
// CHECK-LABEL: @forward(
// CHECK: ^bb1(%[[A:[a-z0-9]*]]: tensor
// CHECK-NEXT: %[[AO:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: tosa.sigmoid %[[AO]]
// CHECK-NEXT: tosa.matmul %[[AO]]
func.func @forward(%x: tensor<1x4x4xf32>, %y: tensor<1x4x4xf32>, %c: i1) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  cf.cond_br %c, ^a(%x : tensor<1x4x4xf32>), ^a(%y : tensor<1x4x4xf32>)
^a(%a: tensor<1x4x4xf32>):
  %s = tosa.sigmoid %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %b = tosa.matmul %a, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  return %b, %s : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}

// -----

// B1, T8: what is not called from the entry is not prepared: its calls have no say.
// CHECK-LABEL: @forward(
// CHECK: qprep.observe %{{.*}} by @[[CARRIED:[a-z_0-9]*]] :
// CHECK: func.func private @loop
// CHECK: tosa.matmul
// CHECK-NEXT: qprep.observe %{{.*}} by @[[CARRIED]] :
// CHECK: func.func private @t8_not_called
// CHECK-NOT: qprep.observe %
func.func @forward(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %0 = call @loop(%x, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}
func.func private @loop(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %x) -> tensor<1x4x4xf32> {
    %a = tosa.matmul %c, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    scf.yield %a : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}
func.func private @t8_not_called(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %0 = call @loop(%x, %n) : (tensor<1x4x4xf32>, index) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}
