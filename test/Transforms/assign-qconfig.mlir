// RUN: quant-prep-opt %s -split-input-file -pass-pipeline='builtin.module(func.func(qprep-assign-qconfig))' -mlir-print-debuginfo -mlir-print-local-scope | FileCheck %s

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @g <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @k <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @r <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @n <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @o <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @written <activation = <placeholder, bf16>, weight = <placeholder, bf16>>
  qprep.assign global @g
  qprep.assign kind "exp" @k
  qprep.assign kind "conv2d" @k
  qprep.assign kind "tosa.abs" none
  qprep.assign kind "abs" @k
  qprep.assign name_regex "enc[0-9]" @r
  qprep.assign name_regex "enc" @n
  qprep.assign name_regex "a/b/.*" @r
  qprep.assign name "enc1.first" @n
  qprep.assign name "enc1.first.mlp" none
  qprep.assign name "leaf.unit" @n
  qprep.assign order "enc1.first" kind "exp" at 1 @o
  qprep.assign order "seq" kind "exp" at 1 @o
  qprep.assign order "seq" kind "tosa.ceil" at 0 @o
  qprep.backend @b {
  }
}

// CHECK-LABEL: @f2_global(
// CHECK: tosa.log {{.*}}qprep.assigned = #qprep.assigned<@qprep_config::@g from global>
func.func @f2_global(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.log %x {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// The name of an op goes before the kind, and none is an answer.
// CHECK-LABEL: @f2_kind(
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@k from kind>
// CHECK: tosa.abs {{.*}}#qprep.assigned<none from kind>
func.func @f2_kind(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.abs %0 {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// The first regex that matches wins; they are anchored at the start only.
// CHECK-LABEL: @f2_name_regex(
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@r from name_regex>
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@n from name_regex>
// CHECK: tosa.log {{.*}}#qprep.assigned<@qprep_config::@g from global>
func.func @f2_name_regex(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc2.some.where")
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("encoder")
  %2 = tosa.log %1 {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("my_enc2")
  return %2 : tensor<4xf32>
}

// A path and a regex may be written with dots or slashes.
// CHECK-LABEL: @f2_name_regex_with_slashes(
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@r from name_regex>
func.func @f2_name_regex_with_slashes(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("a/b/exp")
  return %0 : tensor<4xf32>
}

// The unit's path or the nearest enclosing one, whole parts only; none answers.
// CHECK-LABEL: @f2_name(
// CHECK: tosa.log {{.*}}#qprep.assigned<@qprep_config::@n from name>
// CHECK: tosa.log {{.*}}#qprep.assigned<none from name>
// CHECK: tosa.log {{.*}}#qprep.assigned<none from name>
// CHECK: tosa.log {{.*}}#qprep.assigned<@qprep_config::@n from name>
// CHECK: tosa.log {{.*}}#qprep.assigned<@qprep_config::@n from name>
// CHECK: tosa.log {{.*}}#qprep.assigned<@qprep_config::@r from name_regex>
func.func @f2_name(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.log %x {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.log")
  %1 = tosa.log %0 {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.mlp.log")
  %2 = tosa.log %1 {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1/first/mlp")
  %3 = tosa.log %2 {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.mlp2")
  %4 = tosa.log %3 {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("leaf.unit")
  %5 = tosa.log %4 {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.firstling.log")
  return %5 : tensor<4xf32>
}

// The second exp directly in the module; those in modules below do not count.
// CHECK-LABEL: @f2_order(
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@n from name>
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@n from name>
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@o from order>
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@n from name>
func.func @f2_order(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.a")
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.below.b")
  %2 = tosa.exp %1 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1/first/c")
  %3 = tosa.exp %2 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.d")
  return %3 : tensor<4xf32>
}

// The first of an op, though its kind was there before.
// CHECK-LABEL: @f2_order_of_an_op(
// CHECK: math.ceil {{.*}}#qprep.assigned<@qprep_config::@g from global>
// CHECK: tosa.ceil {{.*}}#qprep.assigned<@qprep_config::@o from order>
// CHECK: tosa.ceil {{.*}}#qprep.assigned<@qprep_config::@g from global>
func.func @f2_order_of_an_op(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = math.ceil %x {qprep.unit = #qprep.unit<ceil [input]>} : tensor<4xf32> loc("seq.a")
  %1 = tosa.ceil %0 {qprep.unit = #qprep.unit<ceil [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("seq.b")
  %2 = tosa.ceil %1 {qprep.unit = #qprep.unit<ceil [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("seq.c")
  return %2 : tensor<4xf32>
}

// Written on an op, it beats all levels, and what is written on the function.
// CHECK-LABEL: @f2_attribute(
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@k from attribute>
// CHECK: tosa.exp {{.*}}#qprep.assigned<none from attribute>
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@written from attribute>
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@r from attribute>
func.func @f2_attribute(%x: tensor<4xf32>) -> tensor<4xf32> attributes {qprep.qconfig = @r} {
  %0 = tosa.exp %x {qprep.qconfig = @k, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.a")
  %1 = tosa.exp %0 {qprep.qconfig = "none", qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.b")
  %2 = tosa.exp %1 {qprep.qconfig = #qprep.qconfig<activation = <placeholder, bf16>, weight = <placeholder, bf16>>, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.exp %2 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("enc1.first.c")
  return %3 : tensor<4xf32>
}

// On any op of a cluster.
// CHECK-LABEL: @f2_attribute_on_a_part(
// CHECK: tosa.mul {{.*}}#qprep.assigned<@qprep_config::@k from attribute>
func.func @f2_attribute_on_a_part(%x: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sigmoid %x {qprep.qconfig = @k, qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.mul %x, %0, %shift {qprep.unit = #qprep.unit<silu [input, internal, _]>} : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Each unit of a fusion has its own.
// CHECK-LABEL: @f2_units_of_a_fusion(
// CHECK: tosa.exp {{.*}}#qprep.assigned<@qprep_config::@k from kind>{{.*}}qprep.fused
// CHECK: tosa.log {{.*}}#qprep.assigned<@qprep_config::@g from global>
func.func @f2_units_of_a_fusion(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.fused, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.log %0 {qprep.pattern = @a::@b::@c, qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// Without a global assignment, what no level names has none (F1).
qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
// CHECK-LABEL: @f1_not_named(
// CHECK: tosa.log {{.*}}#qprep.assigned<none from global>
func.func @f1_not_named(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.log %x {qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// The observers that kinds with fixed parameters want, or f16 (F5). Softmax may
// have any where the backend does not know it.
qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @one <activation = <fixed_qparams, ui8, per_tensor_affine, scale = 0.00390625, zero_point = 0>, weight = <placeholder, f32>>
  qprep.qconfig @two <activation = <fixed_qparams, ui8, per_tensor_affine, scale = 0.0078125, zero_point = 128>, weight = <placeholder, f32>>
  qprep.qconfig @f16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @minmax <activation = <minmax, ui8, per_tensor_affine>, weight = <placeholder, f32>>
  qprep.assign global @one
  qprep.assign kind "tanh" @two
  qprep.assign kind "softmax" @minmax
  qprep.backend @b {
  }
}
// CHECK-LABEL: @f5_fixed_parameters(
// CHECK: tosa.sigmoid {{.*}}@one from global
// CHECK: tosa.tanh {{.*}}@two from kind
// CHECK: tosa.tanh {{.*}}@f16 from attribute
// CHECK: tosa.tanh {{.*}}none from attribute
// CHECK: tosa.exp {{.*}}@minmax from kind
func.func @f5_fixed_parameters(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x {qprep.unit = #qprep.unit<sigmoid [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.tanh %0 {qprep.unit = #qprep.unit<tanh [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.tanh %1 {qprep.qconfig = @f16, qprep.unit = #qprep.unit<tanh [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.tanh %2 {qprep.qconfig = "none", qprep.unit = #qprep.unit<tanh [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %4 = tosa.exp %3 {qprep.unit = #qprep.unit<softmax [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %4 : tensor<4xf32>
}
