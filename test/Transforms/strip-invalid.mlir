// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-strip
// RUN: not quant-prep-opt %s --split-input-file --qprep-prepare 2>&1 | FileCheck %s

// What preparation made must not be in use where it is taken away; preparing
// again begins with that.

// CHECK-COUNT-3: which preparation made and strip removes

func.func @caller() {
  // expected-error @below {{refers to @reset_observers_f, which preparation made and strip removes; remove this op first}}
  call @reset_observers_f() : () -> ()
  return
}
// expected-note @below {{made here}}
func.func @reset_observers_f() attributes {qprep.generated, qprep.origin = @caller} {
  return
}

// -----

func.func @takes_the_address(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{refers to @clone, which preparation made and strip removes}}
  %f = constant @clone : (tensor<4xf32>) -> tensor<4xf32>
  %0 = call_indirect %f(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// expected-note @below {{made here}}
func.func private @clone(%x: tensor<4xf32>) -> tensor<4xf32> attributes {qprep.generated, qprep.origin = @takes_the_address} {
  return %x : tensor<4xf32>
}

// -----

// expected-note @below {{made here}}
qprep.observer private @o {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
func.func @resets_by_hand() {
  // expected-error @below {{refers to @o, which preparation made and strip removes}}
  qprep.reset_observer @o
  return
}

// -----

// Redirected calls, and what is inside generated functions, are undone.
qprep.observer private @o {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
func.func @redirected(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @g_0(%x) {qprep.callee = @g} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @g(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func private @g_0(%x: tensor<4xf32>) -> tensor<4xf32> attributes {qprep.generated, qprep.origin = @g} {
  qprep.reset_observer @o
  %0 = call @g_0(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
