// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(qprep-add-reset-functions,qprep-copy-entry,qprep-propagate-values)'

qprep.observer private @o {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
// expected-error @below {{entry 'gone' is no function of the module with a body; was it renamed or removed after qprep-attach-config? run it again}}
qprep.config private @t15_of_a_function_that_is_gone backend @b placement value attributes {entry = "gone", reset_functions, qprep.generated} {
  qprep.assign global none
  qprep.backend @b {}
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @o : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{entry 'gone' is no function of the module}}
qprep.config private @t16_of_a_function_that_is_gone backend @b placement value attributes {entry = "gone", on_device, qprep.generated} {
  qprep.assign global none
  qprep.backend @b {}
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{entry 'gone' is no function of the module}}
qprep.config private @t8_of_a_function_that_is_gone backend @b placement value attributes {entry = "gone", qprep.generated} {
  qprep.assign global none
  qprep.backend @b {}
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// Only its declaration is left.
// expected-error @below {{entry 'f' is no function of the module with a body}}
qprep.config private @t16_of_a_declaration backend @b placement value attributes {entry = "f", on_device, qprep.generated} {
  qprep.assign global none
  qprep.backend @b {}
}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
