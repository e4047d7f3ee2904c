// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -qprep-share-observers

// A conflict of dtypes, with the path between the two places (B2).
func.func @b2_dtypes_differ(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<8xf32> {
  // expected-note @below {{the group's observer comes from here: #qprep.observer<minmax, ui8, per_tensor_affine>}}
  %ox = qprep.observe %x as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  // expected-error @below {{must share an observer of dtype u8, but is observed as i8, by #qprep.observer<minmax, i8, per_tensor_affine>}}
  // expected-note @below {{give the units of the group qconfigs of one dtype (B2)}}
  %oy = qprep.observe %y as <minmax, i8, per_tensor_affine> : tensor<4xf32>
  // expected-note @below {{shared by this op}}
  %0 = tosa.clamp %ox {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #qprep.unit<relu [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %o0 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  // expected-note @below {{shared by this op}}
  %1 = tosa.concat %o0, %oy {axis = 0 : i32, qprep.plan = #qprep.plan<shared>, qprep.pattern = @c::@b::@p, qprep.unit = #qprep.unit<cat [element, element]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %o1 = qprep.observe %1 as <minmax, ui8, per_tensor_affine> : tensor<8xf32>
  return %o1 : tensor<8xf32>
}

// -----

func.func @stale(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.exp' op has 1 operands, but its annotation has 2 roles}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @inner_of_no_match(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.abs' op is marked qprep.fused, but no matched unit uses it; run qprep-fuse-units again}}
  %0 = tosa.abs %x {qprep.fused, qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
