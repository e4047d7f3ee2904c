// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-attach-config

qprep.config @f28_no_function {
  // expected-error @below {{standalone function @missing is no function of the module}}
  qprep.standalone @missing
}

// -----

// expected-note @below {{declared here}}
func.func private @external(tensor<4xf32>) -> tensor<4xf32>
qprep.config @f28_no_body {
  // expected-error @below {{standalone function @external has no body to prepare}}
  qprep.standalone @external
}

// -----

func.func @uncalled(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
qprep.config @f28_not_called {
  // expected-error @below {{standalone function @uncalled is not called, so that no call gives it a qconfig; give it a configuration with assignments of its own}}
  qprep.standalone @uncalled
}

// -----

func.func @uncalled(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
qprep.config @f28_regex_without_call {
  // expected-warning @below {{no function that is called matches 'unc.*'}}
  qprep.standalone name_regex "unc.*"
}

// -----

func.func private @body(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @f28_two_qconfigs(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @below {{also called here}}
  %0 = func.call @body(%x) : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{standalone function @body is called here with no qconfig and elsewhere with qconfig @fbgemm; assign one to all calls, or give it a configuration with assignments of its own}}
  %1 = func.call @body(%0) {qprep.qconfig = "none"} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "fbgemm"
  qprep.standalone @body
}

// -----

func.func private @inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func private @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @f28_listed_twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = func.call @outer(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "fbgemm"
  // expected-note @below {{also listed here}}
  qprep.standalone @inner
  qprep.standalone @outer with @own
  qprep.config @own {
    // expected-error @below {{function @inner is standalone in two configurations; list it in one}}
    qprep.standalone @inner
  }
}

// -----

// expected-note @below {{@body has 1}}
func.func private @body(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @f28_index_of_no_argument(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @body(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "fbgemm"
  qprep.standalone @body with @own
  // expected-error @below {{inputs-quantized has index 1, but no such argument exists}}
  qprep.config @own attributes {inputs_quantized = array<i64: 1>} {
  }
}

// -----

qprep.config @f28_names_nothing {
  // expected-error @below {{names functions either by symbol or by name_regex}}
  qprep.standalone
}

// -----

qprep.config @f28_regex_does_not_compile {
  // expected-error @below {{regex 'block(' does not compile: parentheses not balanced}}
  qprep.standalone name_regex "block("
}

// -----

qprep.config @f28_unknown_config {
  // expected-error @below {{is prepared with @own, which is no qprep.config inside this one}}
  qprep.standalone @body with @own
}

// -----

qprep.config @f28_unused_config {
  // expected-error @below {{is inside another one, but no qprep.standalone there is prepared with @own}}
  qprep.config @own {
  }
}

// -----

qprep.config @f29_no_function {
  // expected-error @below {{custom function @missing is no function of the module}}
  qprep.custom @missing observed @also_missing
}

// -----

func.func private @custom(tensor<4xf32>) -> tensor<4xf32>
qprep.config @f29_no_replacement {
  // expected-error @below {{observed replacement @missing is no function of the module}}
  qprep.custom @custom observed @missing
}

// -----

// expected-note @below {{custom function here}}
func.func private @custom(tensor<4xf32>) -> tensor<4xf32>
// expected-note @below {{observed replacement here}}
func.func private @observed(tensor<4xf32>) -> tensor<8xf32>
qprep.config @f29_other_type {
  // expected-error @below {{observed replacement @observed has type '(tensor<4xf32>) -> tensor<8xf32>', but that of @custom is wanted: '(tensor<4xf32>) -> tensor<4xf32>'}}
  qprep.custom @custom observed @observed
}

// -----

func.func private @custom(tensor<4xf32>) -> tensor<4xf32>
func.func private @observed(tensor<4xf32>) -> tensor<4xf32>
func.func @call(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @custom(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
qprep.config @f29_two_replacements {
  // expected-note @below {{given here}}
  qprep.custom @custom observed @observed
  // expected-error @below {{custom function @custom has a replacement already; keep one}}
  qprep.custom @custom observed @observed
}

// -----

func.func private @custom(tensor<4xf32>) -> tensor<4xf32>
func.func private @observed(tensor<4xf32>) -> tensor<4xf32>
qprep.config @f29_not_called {
  // expected-warning @below {{custom function @custom is not called}}
  qprep.custom @custom observed @observed
}

// -----

qprep.config @f29_replaced_by_itself {
  // expected-error @below {{replaces @custom by itself; name its observed replacement}}
  qprep.custom @custom observed @custom
}

// -----

// expected-error @below {{'qprep.standalone' must be a #qprep.standalone_function, got: 1 : i64}}
func.func private @f28_bad_mark() attributes {qprep.standalone = 1 : i64}

// -----

// expected-error @below {{'qprep.callee' must be a flat symbol reference on a call, got: @f}}
func.func private @f29_bad_callee() attributes {qprep.callee = @f}
