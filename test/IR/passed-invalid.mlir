// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics

// expected-error @below {{entries must be types or #qprep.observer, got: 4 : i64}}
func.func private @passed_of_a_number() attributes {qprep.passed = #qprep.passed<[4] -> []>}

// -----

// expected-error @below {{'qprep.passed' must be a #qprep.passed, got: 4 : i64}}
func.func private @no_passed() attributes {qprep.passed = 4}

// -----

// expected-error @below {{'qprep.module' must be a string on a function, got: unit}}
func.func private @no_path() attributes {qprep.module}

// -----

// expected-error @below {{'qprep.origin' must be a flat symbol reference on a function, got: "f"}}
func.func private @no_origin() attributes {qprep.origin = "f"}
