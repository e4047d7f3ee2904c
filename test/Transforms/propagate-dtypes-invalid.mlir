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
