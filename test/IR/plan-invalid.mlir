// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics

// expected-error @below {{the observer must be of the dtype that is planned, 'i8', got: #qprep.observer<minmax, ui8, per_tensor_affine>}}
func.func private @plan_of_another_dtype() attributes {qprep.plan = #qprep.plan<[i8 by <minmax, ui8, per_tensor_affine>] -> []>}

// -----

// expected-error @below {{a spec for equalization is required, got: #qprep.observer<minmax, ui8, per_tensor_affine>}}
func.func private @f27_plan_equalized_by_another_observer() attributes {qprep.plan = #qprep.plan<[ui8 equalized by <minmax, ui8, per_tensor_affine>] -> []>}

// -----

// expected-error @below {{'qprep.plan' must be a #qprep.plan, got: 4 : i64}}
func.func private @no_plan() attributes {qprep.plan = 4}

// -----

// expected-error @below {{'qprep.module' must be a string on a function, got: unit}}
func.func private @no_path() attributes {qprep.module}

// -----

// expected-error @below {{'qprep.origin' must be a flat symbol reference on a function, got: "f"}}
func.func private @no_origin() attributes {qprep.origin = "f"}
