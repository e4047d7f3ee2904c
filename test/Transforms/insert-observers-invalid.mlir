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
func.func @no_plan(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit without a plan; run qprep-propagate-dtypes and qprep-propagate-values first}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @wrong_count(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit has 1 operands, 1 results and 0 arguments of blocks, but a plan for 2, 1 and 0; run qprep-propagate-dtypes and qprep-propagate-values again}}
  %0 = tosa.abs %x {qprep.plan = #qprep.plan<float [ui8, ui8] -> [ui8]>, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
  }
}
func.func @wrong_count_of_results(%x: tensor<4xf32>, %p: i1) -> tensor<4xf32> {
  // expected-error @below {{op has 1 operands, 1 results and 0 arguments of blocks, but a plan for 0, 4 and 2; run}}
  %0 = scf.if %p -> tensor<4xf32> {
    scf.yield %x : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  } {qprep.plan = #qprep.plan<[] -> [ui8, f32, f32, f32], arguments = [ui8, ui8]>}
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
  }
}
// expected-error @below {{op has 0 operands, 0 results and 1 arguments of blocks, but a plan for 0, 0 and 2; run}}
func.func @wrong_count_of_arguments(%x: tensor<4xf32>) -> tensor<4xf32> attributes {qprep.plan = #qprep.plan<[] -> [], arguments = [ui8, ui8]>} {
  return %x : tensor<4xf32>
}
