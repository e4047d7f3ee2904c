// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(func.func(qprep-insert-observers))'

// expected-error @below {{there is no configuration in the module; run qprep-attach-config first}}
func.func @no_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @no_target(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit without target dtypes; run qprep-propagate-dtypes first}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @wrong_count(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit has 1 operands and 1 results, but target dtypes for 2 and 1}}
  %0 = tosa.abs %x {qprep.target = #qprep.target<[ui8, ui8] -> [ui8]>, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
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
  %0 = tosa.abs %x {qprep.assigned = #qprep.assigned<none from global>, qprep.target = #qprep.target<[f32] -> [f32]>, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{outputs-quantized names result 0, but there is no qconfig to observe it with}}
  return %0 : tensor<4xf32>
}
