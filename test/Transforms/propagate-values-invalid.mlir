// Conflicts of placement=value: both sides, and the way to them.

// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-prepare="config=@mine placement=value"

qprep.config @mine {
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 255>, weight = <minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127>>
  qprep.qconfig @b <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>, weight = <minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127>>
  qprep.assign global @a
}

// expected-error @below {{one value requires two observers, #qprep.observer<minmax, ui8, per_tensor_affine> and #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>; give what reads it one qconfig (T7)}}
func.func @t7_two_callees(%x: tensor<1x4x4x3xf32>) -> (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) {
  %0 = call @first(%x) : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %1 = call @second(%x) : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %0, %1 : tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>
}
// expected-note @below {{read as this}}
func.func private @first(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> attributes {qprep.qconfig = @a} {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-note @below {{required as #qprep.observer<minmax, ui8, per_tensor_affine> by this}}
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}
// expected-note @below {{read as this}}
func.func private @second(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> attributes {qprep.qconfig = @b} {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-note @below {{required as #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127> by this}}
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}

// -----

qprep.config @mine {
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 255>, weight = <minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127>>
  qprep.qconfig @b <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>, weight = <minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127>>
  qprep.assign global @a
}

func.func @t12_branches_differ(%c: i1, %x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error @below {{branches do not agree on whether result 0 is observed; give their last units one qconfig, or none (T12)}}
  %r = scf.if %c -> tensor<1x4x4x3xf32> {
    %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
    // expected-note @below {{observed in this branch}}
    scf.yield %0 : tensor<1x4x4x3xf32>
  } else {
    %0 = tosa.exp %x : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
    // expected-note @below {{not observed in this one}}
    scf.yield %0 : tensor<1x4x4x3xf32>
  }
  return %r : tensor<1x4x4x3xf32>
}

// -----

qprep.config @mine {
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 255>, weight = <minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127>>
  qprep.qconfig @b <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>, weight = <minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127>>
  qprep.assign global @a
}

// The first is told, and not each other one.
// expected-error @below {{one value requires two observers, #qprep.observer<minmax, ui8, per_tensor_affine> and #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>; give what reads it one qconfig (T7)}}
func.func @t7_two_readers(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>, %y: tensor<1x4x4x3xf32>) -> (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-note @below {{required as #qprep.observer<minmax, ui8, per_tensor_affine> by this}}
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  // expected-note @below {{required as #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127> by this}}
  %d = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.qconfig = @b} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %e = tosa.conv2d %y, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %f = tosa.conv2d %y, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.qconfig = @b} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c, %d, %e, %f : tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>
}
