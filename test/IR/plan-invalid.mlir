// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics

// expected-error @below {{the observer must be of the dtype that is planned, 'i8', got: #qprep.observer<minmax, ui8, per_tensor_affine>}}
func.func private @plan_of_another_dtype() attributes {qprep.plan = #qprep.plan<[i8 by activation(<minmax, ui8, per_tensor_affine>)] -> []>}

// -----

// expected-error @below {{a spec must be that of an activation or a weight, got: calls}}
func.func private @t8_plan_for_calls_with_a_spec() attributes {qprep.plan = #qprep.plan<[] -> [ui8 by calls(<minmax, ui8, per_tensor_affine>)]>}

// -----

// expected-error @below {{axis must be at least 0, got: -1}}
func.func private @f27_plan_over_no_axis() attributes {qprep.plan = #qprep.plan<[ui8 equalized(axis = -1)] -> []>}

// -----

// expected-error @below {{'qprep.plan' must be a #qprep.plan, got: 4 : i64}}
func.func private @no_plan() attributes {qprep.plan = 4}

// -----

// expected-error @below {{'qprep.module' must be a string on a function, got: unit}}
func.func private @no_path() attributes {qprep.module}

// -----

// expected-error @below {{'qprep.origin' must be a flat symbol reference on a function, got: "f"}}
func.func private @no_origin() attributes {qprep.origin = "f"}
