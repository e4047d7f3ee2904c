// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-prepare -o /dev/null

// An entry that matches no unit of any function is probably misspelt. One that a
// stronger level overrules does match.

qprep.config @mine {
  qprep.assign global "fbgemm"
  qprep.assign kind "tosa.sigmoid" none
  qprep.assign kind "tanh" none
  qprep.assign name_regex "block[0-9]" none
  qprep.assign name "block1" none
  qprep.assign order "block2" kind "tanh" at 1 none
  qprep.assign order "block2" kind "tosa.tanh" at 0 none
  qprep.assign equalization name_regex "block1.t" none
  qprep.assign kind "layer_norm" none optional
  // expected-warning @below {{matches no unit of the module; check its spelling, or remove it (the report lists kinds and labels of units)}}
  qprep.assign kind "linear" none
  // expected-warning @below {{matches no unit}}
  qprep.assign kind "tosa.matmul" none
  // expected-warning @below {{matches no unit of the module; the nearest labels are 'block1', 'block1.t'}}
  qprep.assign name_regex "lock1" none
  // expected-warning @below {{matches no unit of the module; the nearest labels are 'block1', 'block1.t', 'block2'}}
  qprep.assign name "block" none
  // expected-warning @below {{matches no unit of the module; check its spelling}}
  qprep.assign name "nothing.like.it" none
  // expected-warning @below {{matches no unit}}
  qprep.assign order "block2" kind "tanh" at 2 none
  // expected-warning @below {{matches no unit}}
  qprep.assign equalization kind "conv2d" "equalization"
}

func.func @f2_every_level(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32> loc("block1/t")
  return %0 : tensor<4xf32>
}

// Units are counted in each function anew.
func.func @f2_order(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32> loc("block2.t")
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32> loc("block2.u")
  return %1 : tensor<4xf32>
}

func.func @f2_other_function(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32> loc("block2.t")
  %1 = tosa.sigmoid %0 : (tensor<4xf32>) -> tensor<4xf32> loc("s")
  return %1 : tensor<4xf32>
}

// -----

// Without names units have labels all the same.

qprep.config @mine {
  qprep.assign global "fbgemm"
  qprep.assign name "tanh_1" none
  qprep.assign name_regex "sigmoid_[0-9]" none
  // expected-warning @below {{matches no unit of the module; the nearest labels are 'tanh_0', 'tanh_1'; no unit of the module has a name, so that they are labelled by kind, as conv2d_0: names are kept in text that is written with --mlir-print-debuginfo, and in bytecode}}
  qprep.assign name "tanh_7" none
  // expected-warning @below {{matches no unit of the module; no unit of the module has a name}}
  qprep.assign name "layer4.fc" none
}

func.func @b19_labels(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.sigmoid %1 : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

qprep.config @strict attributes {strict} {
  qprep.assign global "fbgemm"
  // expected-error @below {{matches no unit of the module}}
  qprep.assign kind "linear" none
}

func.func @f2_strict(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
