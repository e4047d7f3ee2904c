// RUN: quant-prep-opt %s | FileCheck %s
// RUN: quant-prep-opt %s | quant-prep-opt | FileCheck %s
// RUN: quant-prep-opt %s --mlir-print-op-generic | quant-prep-opt | FileCheck %s
// RUN: quant-prep-opt %s --verify-roundtrip -o %t
// RUN: quant-prep-opt %s --emit-bytecode -o %t.mlirbc
// RUN: quant-prep-opt %t.mlirbc | FileCheck %s

//===----------------------------------------------------------------------===//
// Observers
//===----------------------------------------------------------------------===//

// CHECK: qprep.observer @visible {id = 0, spec = #qprep.observer<placeholder, f32>}
qprep.observer @visible {id = 0, spec = #qprep.observer<placeholder, f32>}
// CHECK: qprep.observer private @hidden {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @hidden {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// CHECK: qprep.observer nested @generated {id = 2, {{.*}}, generated}
qprep.observer nested @generated {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
// CHECK: qprep.observer @attribute_of_that_name {id = 7, {{.*}}, "generated", generated}
qprep.observer @attribute_of_that_name {id = 7, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {generated, qprep.generated}
// CHECK: qprep.observer private @calibrated
// CHECK-SAME: statistics = #qprep.statistics<min = [-1.000000e+00], max = [2.500000e+00], count = 4096>
// CHECK-SAME: qparams = #qprep.qparams<scale = [1.562500e-02], zero_point = [64]>}
qprep.observer private @calibrated {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [-1.0], max = [2.5], count = 4096>,
  qparams = #qprep.qparams<scale = [0.015625], zero_point = [64]>}
// CHECK: qprep.observer private @seen {id = 4, {{.*}}, statistics = #qprep.statistics<min = [0.000000e+00, -1.000000e+00], max = [0.000000e+00, 1.000000e+00], count = 2>}
qprep.observer private @seen {id = 4, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, -1.0], max = [0.0, 1.0], count = 2>}
// CHECK: qprep.observer private @told {id = 5, {{.*}}, qparams = #qprep.qparams<scale = [1.000000e+00, 2.000000e+00], zero_point = [0, 0]>}
qprep.observer private @told {id = 5, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  qparams = #qprep.qparams<scale = [1.0, 2.0], zero_point = [0, 0]>}

//===----------------------------------------------------------------------===//
// Specs
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func private @f3_kinds_of_observers
// CHECK-SAME: #qprep.observer<minmax, i8, per_tensor_symmetric>
// CHECK-SAME: #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>
// CHECK-SAME: #qprep.observer<per_channel_minmax, i8, per_channel_affine, axis = 1>
// CHECK-SAME: #qprep.observer<moving_average_per_channel_minmax, i8, per_channel_symmetric, axis = 0>
// CHECK-SAME: #qprep.observer<histogram, ui8, per_tensor_affine>
// CHECK-SAME: #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 3.906250e-03, zero_point = 0>
// CHECK-SAME: #qprep.observer<placeholder, f16>
// CHECK-SAME: #qprep.observer<recording, ui8>
// CHECK-SAME: #qprep.observer<noop, f16>
// CHECK-SAME: #qprep.observer<reuse_input, ui8>
// CHECK-SAME: #qprep.observer<input_equalization, ui8, per_tensor_affine, axis = 3>
// CHECK-SAME: #qprep.observer<weight_equalization, i8, per_tensor_symmetric, axis = 3>
func.func private @f3_kinds_of_observers() attributes {test.specs = [
  #qprep.observer<minmax, i8, per_tensor_symmetric>,
  #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, averaging_constant = 0.01>,
  #qprep.observer<per_channel_minmax, i8, per_channel_affine, axis = 1>,
  #qprep.observer<moving_average_per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  #qprep.observer<histogram, ui8, per_tensor_affine, bins = 2048, upsample_rate = 128>,
  #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 0.00390625, zero_point = 0>,
  #qprep.observer<placeholder, f16>,
  #qprep.observer<recording, ui8>,
  #qprep.observer<noop, f16>,
  #qprep.observer<reuse_input, ui8>,
  #qprep.observer<input_equalization, ui8, per_tensor_affine, axis = 3>,
  #qprep.observer<weight_equalization, i8, per_tensor_symmetric, axis = 3>]}

// CHECK-LABEL: func.func private @f3_fields_of_observers
// CHECK-SAME: #qprep.observer<histogram, ui8, per_tensor_affine, reduce_range = true>
// CHECK-SAME: #qprep.observer<placeholder, ui8, dynamic = true>
// CHECK-SAME: #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, fake_quant = true>
// CHECK-SAME: #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, axis = 0, block_size = 32>
// CHECK-SAME: #qprep.observer<per_channel_minmax, ui4, per_channel_affine_float_qparams, axis = 0>
// CHECK-SAME: #qprep.observer<minmax, i16, per_tensor_symmetric>
// CHECK-SAME: #qprep.observer<minmax, i32, per_tensor_symmetric>
func.func private @f3_fields_of_observers() attributes {test.specs = [
  #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127, reduce_range = true,
                  eps = 1.1920928955078125E-7, bins = 2048>,
  #qprep.observer<placeholder, ui8, dynamic = true>,
  #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, fake_quant = true>,
  #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, quant_min = -8, quant_max = 7, axis = 0, block_size = 32>,
  #qprep.observer<per_channel_minmax, ui4, per_channel_affine_float_qparams, quant_min = 0, quant_max = 15, axis = 0>,
  #qprep.observer<minmax, i16, per_tensor_symmetric>,
  #qprep.observer<minmax, i32, per_tensor_symmetric, quant_min = -2147483648, quant_max = 2147483647>]}

// CHECK-LABEL: func.func private @f1_qconfig
// CHECK-SAME: #qprep.qconfig<activation = <placeholder, f16>, weight = <placeholder, f32>>
func.func private @f1_qconfig() attributes {
  qprep.qconfig = #qprep.qconfig<activation = <placeholder, f16>, weight = <placeholder, f32>>}

// CHECK-LABEL: func.func private @f6_dtype_configs
// CHECK-SAME: #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <i8>, bias = <f32>>
// CHECK-SAME: #qprep.dtypes<input = <ui8>, output = <f32>, dynamic = true>
// CHECK-SAME: #qprep.dtypes<weight = <i8, quant_min = -127, quant_max = 127, scale_min = 2.44140625E-4>>
// CHECK-SAME: #qprep.dtypes<output = <ui8, scale = 3.906250e-03, zero_point = 0>>
func.func private @f6_dtype_configs() attributes {test.dtypes = [
  #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <i8>, bias = <f32>>,
  #qprep.dtypes<input = <ui8>, output = <f32>, dynamic = true>,
  #qprep.dtypes<weight = <i8, quant_min = -127, quant_max = 127, scale_min = 2.44140625E-4>>,
  #qprep.dtypes<output = <ui8, scale = 0.00390625, zero_point = 0>>]}

//===----------------------------------------------------------------------===//
// Observations
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @observe_on_tensor
func.func @observe_on_tensor(%x: tensor<4xf32>, %y: tensor<?x3xbf16>, %z: tensor<*xf16>) -> tensor<4xf32> {
  // CHECK: qprep.observe %{{.*}} by @hidden : tensor<4xf32>
  %0 = qprep.observe %x by @hidden : tensor<4xf32>
  // CHECK: qprep.observe %{{.*}} as <per_channel_minmax, i8, per_channel_symmetric, axis = 1> : tensor<?x3xbf16>
  %1 = qprep.observe %y as <per_channel_minmax, i8, per_channel_symmetric, axis = 1> : tensor<?x3xbf16>
  // CHECK: qprep.observe %{{.*}} by @hidden {test.note} : tensor<*xf16>
  %2 = qprep.observe %z by @hidden {test.note} : tensor<*xf16>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @observe_on_memref
func.func @observe_on_memref(%x: memref<4xf32>, %y: memref<2x?xf16, strided<[?, 1]>>) {
  // CHECK: qprep.observe %{{.*}} by @hidden : memref<4xf32>
  qprep.observe %x by @hidden : memref<4xf32>
  // CHECK: qprep.observe %{{.*}} as <placeholder, f16> : memref<2x?xf16, strided<[?, 1]>>
  qprep.observe %y as <placeholder, f16> : memref<2x?xf16, strided<[?, 1]>>
  return
}

// CHECK-LABEL: func.func @f30_fake_quantize
func.func @f30_fake_quantize(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: qprep.fake_quantize %{{.*}} by @hidden : tensor<4xf32>
  %0 = qprep.fake_quantize %x by @hidden : tensor<4xf32>
  // CHECK: qprep.fake_quantize %{{.*}} as <moving_average_minmax, ui8, per_tensor_affine, fake_quant = true> : tensor<4xf32>
  %1 = qprep.fake_quantize %0 as <moving_average_minmax, ui8, per_tensor_affine, fake_quant = true> : tensor<4xf32>
  return %1 : tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @annotations
func.func @annotations(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: qprep.member = #qprep.member<[input]>
  %0 = tosa.exp %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: qprep.fused
  // CHECK-SAME: qprep.unit = #qprep.unit<add [internal, _]>
  %1 = tosa.add %0, %x {qprep.fused, qprep.unit = #qprep.unit<add [internal, _]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  // CHECK: qprep.assigned = #qprep.assigned<@config::@fbgemm from global>
  // CHECK-SAME: qprep.pattern = @config::@native::@relu
  // CHECK-SAME: qprep.plan = #qprep.plan<float by "F16" because "the backend does not take it" [ui8, none] -> [ui8]>
  // CHECK-SAME: qprep.unit = #qprep.unit<linear [input, weight(axis = 2), bias, element, internal, _]>
  %2 = tosa.abs %1 {qprep.unit = #qprep.unit<linear [input, weight(axis = 2), bias, element, internal, _]>,
    qprep.assigned = #qprep.assigned<@config::@fbgemm from global>,
    qprep.plan = #qprep.plan<float by "F16" because "the backend does not take it" [ui8, none] -> [ui8]>,
    qprep.pattern = @config::@native::@relu} : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: qprep.assigned = #qprep.assigned<none from kind>
  // CHECK-SAME: qprep.plan = #qprep.plan<observed dynamic [] -> [f32]>
  // CHECK-SAME: qprep.unit = #qprep.unit<opaque []>
  %3 = tosa.abs %2 {qprep.unit = #qprep.unit<opaque []>, qprep.assigned = #qprep.assigned<none from kind>,
    qprep.plan = #qprep.plan<observed dynamic [] -> [f32]>} : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: qprep.member = #qprep.member<[]>
  // CHECK-SAME: qprep.qconfig = @mine
  %4 = tosa.abs %3 {qprep.member = #qprep.member<[]>, qprep.qconfig = @mine} : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: qprep.qconfig = "none"
  %5 = tosa.abs %4 {qprep.qconfig = "none"} : (tensor<4xf32>) -> tensor<4xf32>
  return %5 : tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Configuration
//===----------------------------------------------------------------------===//

// CHECK: qprep.config @empty {
qprep.config @empty {}

// CHECK: qprep.config @f2_levels backend "native" {
qprep.config @f2_levels backend "native" {
  // CHECK: qprep.qconfig @f16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @f16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
  // CHECK: qprep.assign global "fbgemm"
  qprep.assign global "fbgemm"
  // CHECK: qprep.assign kind "linear" none
  qprep.assign kind "linear" none
  // CHECK: qprep.assign kind "tosa.matmul" @f16
  qprep.assign kind "tosa.matmul" @f16
  // CHECK: qprep.assign name_regex "layer4[.].*" @f16
  qprep.assign name_regex "layer4[.].*" @f16
  // CHECK: qprep.assign name "layer1.0" none
  qprep.assign name "layer1.0" none
  // CHECK: qprep.assign order "layer1" kind "conv2d" at 2 "qnnpack"
  qprep.assign order "layer1" kind "conv2d" at 2 "qnnpack"
}

// CHECK: qprep.config private @f7_options backend @mine attributes {entry = "main", inputs_quantized = array<i64: 0, 2>, outputs_quantized = array<i64: 1>} {
qprep.config private @f7_options backend @mine attributes {
    entry = "main", inputs_quantized = array<i64: 0, 2>, outputs_quantized = array<i64: 1>} {
  // CHECK: qprep.backend @mine {
  qprep.backend @mine {
    // CHECK: qprep.pattern @conv2d different weight bias dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
    qprep.pattern @conv2d different weight bias dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
      // CHECK: qprep.node conv2d
      qprep.node conv2d
    }
    // CHECK: qprep.pattern @sigmoid shared dtypes [] output <fixed_qparams, ui8, per_tensor_affine, scale = {{.*}}, zero_point = 0> {
    qprep.pattern @sigmoid shared dtypes [] output <fixed_qparams, ui8, per_tensor_affine, scale = 0.00390625, zero_point = 0> {
      qprep.node sigmoid
    }
    // CHECK: qprep.pattern @embedding by_operands unobserved dtypes [] {
    qprep.pattern @embedding by_operands unobserved dtypes [] {
      qprep.node embedding
    }
    // CHECK: qprep.pattern @f8_wildcard different dtypes [] {
    qprep.pattern @f8_wildcard different dtypes [] {
      // CHECK: %[[CONV:.*]] = qprep.node conv2d
      %0 = qprep.node conv2d
      // CHECK: %[[ANY:.*]] = qprep.operand input
      %1 = qprep.operand input
      // CHECK: qprep.node add(%[[ANY]], %[[CONV]])
      %2 = qprep.node add(%1, %0)
    }
  }
}

// CHECK: qprep.backend private @standalone {
qprep.backend private @standalone {}

// CHECK: qprep.cluster @mean is mean {
qprep.cluster @mean is mean {
  // CHECK: %[[X:.*]] = qprep.operand input
  %x = qprep.operand input
  // CHECK: %[[S:.*]] = qprep.node reduce_sum(%[[X]]) repeated
  %s = qprep.node reduce_sum(%x) repeated
  // CHECK: %[[N:.*]] = qprep.reciprocal_count %[[S]] of %[[X]]
  %n = qprep.reciprocal_count %s of %x
  // CHECK: %[[M:.*]] = qprep.node mul(%[[S]], %[[N]])
  %m = qprep.node mul(%s, %n)
  // CHECK: qprep.node reshape(%[[M]]) optional keeps_trailing 1
  %r = qprep.node reshape(%m) optional keeps_trailing 1
  %i = qprep.node identity(%r)
}

// CHECK: qprep.cluster @every_body_op is linear {
qprep.cluster @every_body_op is linear {
  %x = qprep.operand input
  // CHECK: qprep.operand weight axis -1 parameter
  %w = qprep.operand weight axis -1 parameter
  // CHECK: qprep.operand bias constant
  %b = qprep.operand bias constant
  // CHECK: qprep.scalar 5.000000e-01
  %h = qprep.scalar 0.5
  // CHECK: qprep.scalar{{$}}
  %a = qprep.scalar
  // CHECK: qprep.scalar at_most 1.000000e+00 splat
  %u = qprep.scalar at_most 1.0 splat
  // CHECK: qprep.node transpose(%{{.*}}) permutation [0, 2, 1]
  %t = qprep.node transpose(%w) permutation [0, 2, 1]
  %0 = qprep.node matmul(%x, %t)
  %1 = qprep.node mul(%0, %h)
  %2 = qprep.node mul(%1, %a, %u)
  %3 = qprep.node add(%2, %b)
}

// CHECK: qprep.cluster @inside_only is square inside {
qprep.cluster @inside_only is square inside {
  %x = qprep.operand input
  %0 = qprep.node mul(%x, %x)
}

// CHECK: qprep.cluster @optional_to_the_end is instance_norm {
qprep.cluster @optional_to_the_end is instance_norm {
  %x = qprep.operand input
  // CHECK: qprep.operand weight parameter channels
  %w = qprep.operand weight parameter channels
  // CHECK: qprep.operand bias parameter spans
  %b = qprep.operand bias parameter spans
  %0 = qprep.node mean(%x) over spatial
  // CHECK: qprep.node mul(%{{.*}}, %{{.*}}, %{{.*}}) optional
  %1 = qprep.node mul(%0, %w, %x) optional
  // CHECK: qprep.node add(%{{.*}}, %{{.*}}) optional
  %2 = qprep.node add(%1, %b) optional
}

// What placement=value observes of the results of an op, or of arguments.
// CHECK: @planned_values() attributes {qprep.plan = #qprep.plan<[f32, none, ui8 by <minmax, ui8, per_tensor_affine>] -> [i8 by weight <minmax, i8, per_tensor_symmetric> shared, f16 by calls], arguments = [ui8 by calls requantized equalized by <input_equalization, ui8, per_tensor_affine, axis = 3>]>}
func.func private @planned_values() attributes {qprep.plan = #qprep.plan<[f32, none, ui8 by <minmax, ui8, per_tensor_affine>] -> [i8 by weight <minmax, i8, per_tensor_symmetric> shared, f16 by calls], arguments = [ui8 by calls requantized equalized by <input_equalization, ui8, per_tensor_affine, axis = 3>]>}
// CHECK: @planned_decision() attributes {qprep.plan = #qprep.plan<skipped by "F1" because "it is a test">}
func.func private @planned_decision() attributes {qprep.plan = #qprep.plan<skipped by "F1" because "it is a test">}

// A point that is escaped is a point; a backslash that is escaped is no class of Perl's.
// CHECK: qprep.assign name_regex "block\\.conv" none
// CHECK: qprep.assign name_regex "a\\\\d" none
qprep.config @regexes {
  qprep.assign name_regex "block\\.conv" none
  qprep.assign name_regex "a\\\\d" none
}
