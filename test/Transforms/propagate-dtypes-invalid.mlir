// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(qprep-propagate-dtypes)'

// expected-error @below {{there is no configuration in the module; run qprep-attach-config first}}
func.func @no_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @not_assigned(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit without a qconfig assignment; run qprep-assign-qconfig first}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @pattern_of_another_backend(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{matched by @qprep_config::@a::@abs, which is no pattern of the backend; run qprep-fuse-units again}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.pattern = @qprep_config::@a::@abs, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @inner_of_no_match(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.abs' op is marked qprep.fused, but no matched unit uses it; run qprep-fuse-units again}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.fused, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
    qprep.pattern @p different dtypes [] {
      %0 = qprep.node exp
    }
  }
}
func.func @in_two_matches(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error @below {{'tosa.abs' op is in two matches; run qprep-fuse-units again}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.fused, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.assigned = #qprep.assigned<none from global>, qprep.pattern = @qprep_config::@b::@p, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %0 {qprep.assigned = #qprep.assigned<none from global>, qprep.pattern = @qprep_config::@b::@p, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {outputs_quantized = array<i64: 1>, qprep.generated} {
  qprep.backend @b {
  }
}
func.func @f25_no_such_result(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{outputs-quantized names result 1, but there are 1}}
  return %x : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {outputs_quantized = array<i64: 0>, qprep.generated} {
  qprep.backend @b {
  }
}
func.func @f25_integers(%x: tensor<4xi32>) -> tensor<4xi32> {
  // expected-error @below {{outputs-quantized names result 0, which is no tensor of f16, bf16 or f32 but 'tensor<4xi32>'}}
  return %x : tensor<4xi32>
}

// -----

qprep.config private @qprep_config backend @b attributes {outputs_quantized = array<i64: 0>, qprep.generated} {
  qprep.backend @b {
  }
}
// expected-note @below {{it is no unit that makes it; leave the result out}}
func.func @f25_argument(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{outputs-quantized names result 0, but there is no qconfig to observe it with}}
  return %x : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {outputs_quantized = array<i64: 0>, qprep.generated} {
  qprep.backend @b {
  }
}
func.func @f25_producer_without_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @below {{made by this abs, which is assigned no qconfig; assign one or leave the result out}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{outputs-quantized names result 0, but there is no qconfig to observe it with}}
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @f8_fused_in_a_cycle(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
^bb1:
  %a = tosa.sigmoid %b {qprep.unit = #qprep.unit<sigmoid [input]>, qprep.fused} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{is fused with units that it is made of; run qprep-fuse-units again}}
  %b = tosa.sigmoid %a {qprep.unit = #qprep.unit<sigmoid [input]>, qprep.fused} : (tensor<4xf32>) -> tensor<4xf32>
  %c = tosa.sigmoid %b {qprep.unit = #qprep.unit<sigmoid [input]>, qprep.pattern = @qprep_config::@b::@sigmoid} : (tensor<4xf32>) -> tensor<4xf32>
  return %c : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @f2_unknown_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{assigned @qprep_config::@gone, which is no qprep.qconfig of the configuration; run qprep-assign-qconfig again}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<@qprep_config::@gone from global>, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
