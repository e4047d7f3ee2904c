// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(func.func(qprep-match-units))'

// What is edited by hand in a configuration that qprep-attach-config made is
// checked before a step reads it.

// expected-error @below {{'qprep.config' op is generated, but has no backend inside it; run qprep-attach-config instead of editing it}}
qprep.config private @without_backend attributes {qprep.generated} {
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{is generated, but has no backend inside it}}
qprep.config private @preset_backend backend "native" attributes {qprep.generated} {
  qprep.assign global none
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.backend @beside {
  qprep.pattern @s different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node sigmoid }
}
// expected-error @below {{is generated, but has no backend inside it}}
qprep.config private @backend_beside backend @beside attributes {qprep.generated} {
  qprep.assign global none
}

// -----

qprep.config private @preset_qconfig backend @b attributes {qprep.generated} {
  // expected-error @below {{assigns the preset "fbgemm" in a generated qprep.config, which has no presets; run qprep-attach-config instead of editing it}}
  qprep.assign global "fbgemm"
  qprep.backend @b {}
}

// -----

qprep.config private @standalone_by_regex backend @b attributes {qprep.generated} {
  // expected-error @below {{in a generated qprep.config needs a function and a configuration; run qprep-attach-config instead of editing it}}
  qprep.standalone name_regex "head_.*"
  qprep.backend @b {}
}

// -----

// A nested one is as resolved as the one around it.
qprep.config private @outer backend @b attributes {qprep.generated} {
  qprep.standalone @block with @inner
  // expected-error @below {{is generated, but has no backend inside it}}
  qprep.config @inner backend "native" {
  }
  qprep.backend @b {}
}
func.func private @block(tensor<4xf32>)
