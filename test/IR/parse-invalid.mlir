// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics

// Text that is no attribute and no op of qprep: the error is where it stops being one.

// expected-error @below {{unknown dtype 'quint8'; did you mean 'ui8'?}}
func.func private @f3_dtype_of_pytorch() attributes {test.spec = #qprep.observer<minmax, quint8>}

// -----

// expected-error @below {{unknown dtype 'byte'; write i8, ui8, i16, f16 and the like}}
func.func private @f3_dtype_of_nobody() attributes {test.spec = #qprep.observer<minmax, byte>}

// -----

// expected-error @below {{expected a dtype, such as i8 or ui8}}
func.func private @f3_number_instead_of_a_dtype() attributes {test.spec = #qprep.observer<minmax, 8>}

// -----

// expected-error @below {{unknown dtype 'u8'; did you mean 'ui8'?}}
// expected-error @below {{failed to parse QPrep_DTypeConfigAttr parameter 'input'}}
func.func private @f6_dtype_of_reports() attributes {test.dtypes = #qprep.dtypes<input = <u8>>}

// -----

// expected-error @below {{expected valid keyword}}
func.func private @f3_number_instead_of_a_field() attributes {test.spec = #qprep.observer<minmax, ui8, 3>}

// -----

// expected-error @below {{expected '='}}
func.func private @f3_field_without_a_value() attributes {test.spec = #qprep.observer<minmax, ui8, quant_min 3>}

// -----

// expected-error @below {{expected integer value}}
func.func private @f3_word_instead_of_an_integer() attributes {test.spec = #qprep.observer<minmax, ui8, quant_min = x>}

// -----

// expected-error @below {{expected floating point literal}}
func.func private @f3_word_instead_of_a_number() attributes {test.spec = #qprep.observer<fixed_qparams, ui8, scale = x>}

// -----

// expected-error @below {{expected one of [_, internal, input, element, weight, bias] for what an operand is to its unit, got: inputt}}
// expected-error @below {{failed to parse QPrep_ComputeUnitAttr parameter 'roles'}}
func.func private @f17_unknown_role() attributes {qprep.unit = #qprep.unit<conv2d [inputt]>}

// -----

// expected-error @below {{expected 'axis'}}
// expected-error @below {{failed to parse QPrep_ComputeUnitAttr parameter 'roles'}}
func.func private @f20_weight_of_something_but_an_axis() attributes {qprep.unit = #qprep.unit<conv2d [weight(axes = 1)]>}

// -----

// expected-error @below {{expected '<'}}
func.func private @plan_by_a_bias() attributes {qprep.plan = #qprep.plan<[ui8 by bias] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @old_plan_by_activation() attributes {qprep.plan = #qprep.plan<[ui8 by activation] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @old_plan_by_output() attributes {qprep.plan = #qprep.plan<[ui8 by output(<minmax, ui8, per_tensor_affine>)] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @old_plan_by_weight() attributes {qprep.plan = #qprep.plan<[i8 by weight] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @old_plan_by_weight_in_list() attributes {qprep.plan = #qprep.plan<[i8 by weight, f32] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @old_plan_by_shared_weight() attributes {qprep.plan = #qprep.plan<[i8 by weight shared] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @old_plan_by_weight_of_its_own() attributes {qprep.plan = #qprep.plan<[i8 by weight(<minmax, i8, per_tensor_symmetric>)] -> []>}

// -----

// expected-error @below {{a plan of version 2 of the qprep dialect or before, this reader knows version 3; strip the module with the release that prepared it, then prepare it again}}
func.func private @f27_old_plan_equalized() attributes {qprep.plan = #qprep.plan<[ui8 equalized(axis = 3)] -> []>}

// -----

// expected-error @below {{expected '['}}
func.func private @plan_without_lists() attributes {qprep.plan = #qprep.plan<>}

// -----

// expected-error @below {{expected '['}}
func.func private @plan_of_another_decision() attributes {qprep.plan = #qprep.plan<observe>}

// -----

// expected-error @below {{expected 'by'}}
func.func private @f27_equalized_by_nothing() attributes {qprep.plan = #qprep.plan<[ui8 equalized] -> []>}

// -----

// expected-error @below {{invalid kind of attribute specified}}
qprep.observer private @statistics_are_a_number {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>, statistics = 1}

// -----

func.func @b10_no_type(%x: tensor<4xf32>) {
  // expected-error @below {{expected non-function type}}
  qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensr<4>
  return
}

// -----

qprep.config @f2_number_instead_of_a_level {
  // expected-error @below {{expected valid keyword}}
  qprep.assign 3 none
}
