// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(func.func(qprep-assign-qconfig))'

// expected-error @below {{there is no configuration in the module; run qprep-attach-config first}}
func.func @no_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @stale(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.exp' op has 1 operands, but its annotation has 2 roles}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @minmax <activation = <minmax, ui8, per_tensor_affine>, weight = <placeholder, f32>>
  qprep.assign global @minmax
  qprep.backend @b {
  }
}
// Though the backend has no pattern for it.
func.func @f5_another_observer(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{sigmoid has fixed quantization parameters (scale 3.906250e-03, zero point 0), but its qconfig observes activations by minmax}}
  // expected-note @below {{assign kind "sigmoid" a qconfig with a fixed_qparams observer of these parameters, or none (F5)}}
  %0 = tosa.sigmoid %x {qprep.unit = #qprep.unit<sigmoid [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @one <activation = <fixed_qparams, ui8, per_tensor_affine, scale = 0.00390625, zero_point = 0>, weight = <placeholder, f32>>
  qprep.assign global @one
  qprep.backend @b {
  }
}
func.func @f5_parameters_of_another_kind(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{tanh has fixed quantization parameters (scale 7.812500e-03, zero point 128), but its qconfig observes activations by fixed_qparams}}
  // expected-note @below {{assign kind "tanh" a qconfig}}
  %0 = tosa.tanh %x {qprep.unit = #qprep.unit<tanh [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @minmax <activation = <minmax, ui8, per_tensor_affine>, weight = <placeholder, f32>>
  qprep.assign global @minmax
  qprep.backend @b {
    qprep.pattern @softmax different dtypes [] {
      %0 = qprep.node softmax
    }
  }
}
func.func @f5_softmax_that_the_backend_knows(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{softmax has fixed quantization parameters}}
  // expected-note @below {{assign kind "softmax" a qconfig}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<softmax [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
