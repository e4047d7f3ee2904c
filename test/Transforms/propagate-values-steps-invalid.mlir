// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(qprep-propagate-values)'

// Steps before it that have not been run, or what they left and does not fit any more.

qprep.config private @qprep_config backend @b placement value attributes {entry = "not_assigned", qprep.generated} {
  qprep.backend @b {
  }
}
func.func @not_assigned(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit without a qconfig assignment; run qprep-assign-qconfig first}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b placement value attributes {entry = "stale", qprep.generated} {
  qprep.backend @b {
  }
}
func.func @stale(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{has 1 operands, but its annotation has 2 roles}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.unit = #qprep.unit<abs [input, input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b placement value attributes {entry = "inner_of_no_match", qprep.generated} {
  qprep.backend @b {
  }
}
func.func @inner_of_no_match(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{is marked qprep.fused, but no matched unit uses it; run qprep-fuse-units again}}
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.fused, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{entry 'gone' is no function of the module with a body}}
qprep.config private @qprep_config backend @b placement value attributes {entry = "gone", qprep.generated} {
  qprep.backend @b {
  }
}
func.func @entry_that_is_gone(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
