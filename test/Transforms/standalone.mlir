// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s --split-input-file --mlir-print-op-generic -o %t.float
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-strip --mlir-print-op-generic | diff - %t.float
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare -o %t.once
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-prepare | diff - %t.once

// The body by itself, its first argument quantized by the caller; the second
// and the results are float in between.
// CHECK-LABEL: func.func private @f28_body(
// CHECK-SAME: %[[A:.*]]: tensor<4xf32>, %[[B:.*]]: tensor<4xf32>)
// CHECK-SAME: qprep.standalone = #qprep.standalone_function<config = @qprep_config::@f28_body, inputs = [0], outputs = []>
func.func private @f28_body(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[BOBS:.*]] = qprep.observe %[[B]]
  // CHECK: %[[SUM:.*]] = tosa.add %[[A]], %[[BOBS]]
  // CHECK-SAME: qprep.assigned = #qprep.assigned<@qprep_config::@f28_body::@qnnpack from global>
  // CHECK-SAME: qprep.pattern = @qprep_config::@f28_body::@native::@add
  // CHECK: %[[SUMOBS:.*]] = qprep.observe %[[SUM]]
  // CHECK: return %[[SUMOBS]]
  %0 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f28_caller(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
func.func @f28_caller(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: %[[XOBS:.*]] = qprep.observe %[[X]] by @[[ACT:.*]] :
  // CHECK-NEXT: %[[R:.*]] = call @f28_body(%[[XOBS]], %[[Y]])
  // CHECK-SAME: qprep.plan = #qprep.plan<observed
  // CHECK-SAME: qprep.unit = #qprep.unit<standalone [input, input]>
  // CHECK-NEXT: return %[[R]]
  %0 = func.call @f28_body(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone @f28_body with @first_is_quantized
  qprep.config @first_is_quantized attributes {inputs_quantized = array<i64: 0>} {
  }
}

// -----

// The first result comes quantized, so that its users insert nothing; the
// second is float, whatever it is inside.
func.func private @b14_body(%x: tensor<1x2x2x1xf32>) -> (tensor<1x2x2x1xf32>, tensor<1x2x2x1xf32>) {
  %0 = tosa.add %x, %x : (tensor<1x2x2x1xf32>, tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32>
  return %0, %0 : tensor<1x2x2x1xf32>, tensor<1x2x2x1xf32>
}
// CHECK-LABEL: func.func @b14_only_listed_results_are_quantized(
func.func @b14_only_listed_results_are_quantized(%x: tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32> {
  // CHECK: %[[R:.*]]:2 = call @b14_body(%{{.*}}) {
  // CHECK-SAME: #qprep.plan<float by "F28" because "its function takes no quantized inputs"
  // CHECK: %[[OBS:.*]] = qprep.observe %[[R]]#1
  // CHECK: tosa.add %[[R]]#0, %[[OBS]]
  %0:2 = func.call @b14_body(%x) : (tensor<1x2x2x1xf32>) -> (tensor<1x2x2x1xf32>, tensor<1x2x2x1xf32>)
  %1 = tosa.add %0#0, %0#1 : (tensor<1x2x2x1xf32>, tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32>
  return %1 : tensor<1x2x2x1xf32>
}
// A unit that shares has an observer of its own, as behind a quantized argument
// (F24).
// CHECK-LABEL: func.func @b14_sharing_unit_behind_a_quantized_result(
func.func @b14_sharing_unit_behind_a_quantized_result(%x: tensor<1x2x2x1xf32>) -> tensor<1x1x1x1xf32> {
  // CHECK: %[[R:.*]]:2 = call @b14_body
  // CHECK-NEXT: %[[M:.*]] = tosa.max_pool2d %[[R]]#0
  // CHECK-SAME: #qprep.plan<observed
  // CHECK-NEXT: qprep.observe %[[M]]
  %0:2 = func.call @b14_body(%x) : (tensor<1x2x2x1xf32>) -> (tensor<1x2x2x1xf32>, tensor<1x2x2x1xf32>)
  %1 = tosa.max_pool2d %0#0 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x2x2x1xf32>) -> tensor<1x1x1x1xf32>
  return %1 : tensor<1x1x1x1xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone @b14_body with @first_result
  qprep.config @first_result attributes {outputs_quantized = array<i64: 0>} {
  }
}

// -----

// Everything of its own: f16 weights and activations, a backend that takes
// them, while the caller is quantized to u8.
// CHECK-LABEL: func.func private @f28_own_configuration(
// CHECK-SAME: qprep.standalone = #qprep.standalone_function<config = @qprep_config::@f28_own_configuration,
func.func private @f28_own_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: tosa.add
  // CHECK-SAME: #qprep.assigned<@qprep_config::@f28_own_configuration::@half from kind>
  // CHECK-SAME: qprep.pattern = @qprep_config::@f28_own_configuration::@halves::@add
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f28_caller_of_own_configuration(
func.func @f28_caller_of_own_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[R:.*]] = call @f28_own_configuration
  // CHECK: qprep.observe %[[R]]
  %0 = func.call @f28_own_configuration(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone name_regex "f28_own" with @own
  qprep.config @own backend @halves {
    qprep.qconfig @half <activation = <placeholder, f16>, weight = <placeholder, f16>>
    qprep.assign kind "add" @half
  }
  qprep.backend @halves {
    qprep.pattern @add different dtypes [#qprep.dtypes<input = <f16>, output = <f16>>] {
      qprep.node add
    }
  }
}

// -----

// A name wins over a regex that stands before it.
// CHECK-LABEL: func.func private @f7_named(
// CHECK-SAME: inputs = [1], outputs = []
func.func private @f7_named(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func private @f7_by_regex(
// CHECK-SAME: inputs = [0], outputs = []
func.func private @f7_by_regex(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// Not called: the regex does not mean it.
// CHECK-LABEL: func.func @f7_name_wins_over_regex(
// CHECK-NOT: qprep.standalone
func.func @f7_name_wins_over_regex(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: call @f7_named(%arg0, %{{[0-9]+}})
  %0 = func.call @f7_named(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  // CHECK: call @f7_by_regex(%{{[0-9]+}}, %arg1)
  %1 = func.call @f7_by_regex(%0, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone name_regex "f7_.*" with @first
  qprep.standalone @f7_named with @second
  qprep.config @first attributes {inputs_quantized = array<i64: 0>} {
  }
  qprep.config @second attributes {inputs_quantized = array<i64: 1>} {
  }
}

// -----

// The call has no qconfig, and so the body has none either.
func.func private @f28_body_without_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: tosa.add
  // CHECK-SAME: #qprep.plan<skipped by "F1"
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f28_call_without_qconfig(
func.func @f28_call_without_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: call @f28_body_without_qconfig(%arg0)
  // CHECK-SAME: #qprep.assigned<none from order>
  // CHECK-SAME: #qprep.plan<skipped by "F1" because "it is assigned no qconfig"
  %0 = func.call @f28_body_without_qconfig(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.assign order "" kind "standalone" at 0 none
  qprep.standalone @f28_body_without_qconfig with @first
  qprep.config @first attributes {inputs_quantized = array<i64: 0>} {
  }
}

// -----

// A standalone function inside a standalone one.
// CHECK-LABEL: func.func private @f28_inner(
// CHECK-SAME: config = @qprep_config::@f28_outer::@f28_inner, inputs = [0]
func.func private @f28_inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: tosa.add %arg0, %arg0
  // CHECK-SAME: @qprep_config::@f28_outer::@f28_inner::@qnnpack
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func private @f28_outer(
// CHECK-SAME: config = @qprep_config::@f28_outer, inputs = []
func.func private @f28_outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[OBS:.*]] = qprep.observe %arg0
  // CHECK: call @f28_inner(%[[OBS]])
  %0 = func.call @f28_inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f28_nested(
func.func @f28_nested(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: call @f28_outer(%arg0)
  %0 = func.call @f28_outer(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone @f28_outer with @outer
  qprep.config @outer {
    qprep.standalone @f28_inner with @inner
    qprep.config @inner attributes {inputs_quantized = array<i64: 0>} {
    }
  }
}

// -----

// What the next stage finds: the configurations by which bodies were prepared,
// with the qconfigs and patterns that units refer to, and the options (F7).
func.func private @f31_body(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f31_caller(
func.func @f31_caller(%x: tensor<4xf32>) -> tensor<4xf32> attributes {user.kept = 1 : i64} {
  // CHECK: call @f31_body{{.*}} user.kept = "here"
  %0 = func.call @f31_body(%x) {user.kept = "here"} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone @f31_body with @first
  qprep.config @first attributes {inputs_quantized = array<i64: 0>, outputs_quantized = array<i64: 0>} {
  }
}
// CHECK: qprep.config private @qprep_config backend @native
// CHECK-NEXT: qprep.qconfig @qnnpack
// CHECK-NOT: qprep.assign
// CHECK: qprep.config private @f31_body backend @native
// CHECK-SAME: inputs_quantized = array<i64: 0>, outputs_quantized = array<i64: 0>
// CHECK-NEXT: qprep.qconfig @qnnpack
// CHECK-NEXT: qprep.backend @native
// CHECK-NEXT: qprep.pattern @add
// CHECK: qprep.standalone @f31_body with @f31_body

// -----

// A configuration of its own says which functions are standalone to a standalone
// function: another one of the caller's is a call that nothing is known of.
func.func private @callers(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @own(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func private @f28_own_standalone_functions(
// CHECK-NEXT: call @callers(%{{.*}}) {{.*}}qprep.unit = #qprep.unit<opaque [input]>
// CHECK-NEXT: call @own(%{{.*}}) {{.*}}qprep.unit = #qprep.unit<standalone [input]>
func.func private @f28_own_standalone_functions(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @callers(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = func.call @own(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
// CHECK-LABEL: func.func @main(
// CHECK: call @f28_own_standalone_functions(%{{.*}}) {{.*}}qprep.unit = #qprep.unit<standalone [input]>
// CHECK: call @callers(%{{.*}}) {{.*}}qprep.unit = #qprep.unit<standalone [input]>
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @f28_own_standalone_functions(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = func.call @callers(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.standalone @f28_own_standalone_functions with @body
  qprep.standalone @callers
  qprep.config @body attributes {inputs_quantized = array<i64: 0>} {
    qprep.assign global "qnnpack"
    qprep.standalone @own
  }
}

// -----

// What is quantized already is passed as it is, whatever the call's own qconfig
// observes with.
func.func private @f28_body_of_another_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
// CHECK-LABEL: func.func @f28_quantized_already(
// CHECK: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[S]] by
// CHECK-NEXT: call @f28_body_of_another_qconfig(%[[O]])
func.func @f28_quantized_already(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = func.call @f28_body_of_another_qconfig(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.qconfig @half <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.assign global "qnnpack"
  qprep.assign kind "func.call" @half
  qprep.standalone @f28_body_of_another_qconfig with @first_is_quantized
  qprep.config @first_is_quantized attributes {inputs_quantized = array<i64: 0>} {
  }
}
