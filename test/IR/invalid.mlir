// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics

//===----------------------------------------------------------------------===//
// F3: observer specs
//===----------------------------------------------------------------------===//

// expected-error @below {{dtype must be an integer of 4, 8, 16 or 32 bits, f16, bf16 or f32, got: 'f64'}}
func.func private @f3_dtype_is_a_wide_float() attributes {test.spec = #qprep.observer<placeholder, f64>}

// -----

// expected-error @below {{dtype must be an integer of 4, 8, 16 or 32 bits, f16, bf16 or f32, got: 'i7'}}
func.func private @f3_dtype_has_an_odd_width() attributes {test.spec = #qprep.observer<minmax, i7, per_tensor_affine>}

// -----

// expected-error @below {{dtype of observer kind minmax must be an integer, got: 'f16'}}
func.func private @f3_float_dtype_of_a_computing_observer() attributes {test.spec = #qprep.observer<minmax, f16, per_tensor_affine>}

// -----

// expected-error @below {{quant_min and quant_max come together}}
func.func private @f3_half_a_range() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0>}

// -----

// expected-error @below {{a range needs an integer dtype, got: 'f16'}}
func.func private @f3_range_of_a_float() attributes {test.spec = #qprep.observer<placeholder, f16, quant_min = 0, quant_max = 1>}

// -----

// expected-error @below {{quant_min must be less than quant_max, got: 127 and 127}}
func.func private @f3_empty_range() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 127, quant_max = 127>}

// -----

// expected-error @below {{range -1 to 255 does not fit dtype u8, which has 0 to 255}}
func.func private @f3_range_starts_below_the_dtype() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = -1, quant_max = 255>}

// -----

// expected-error @below {{range -8 to 8 does not fit dtype i4, which has -8 to 7}}
func.func private @f3_range_ends_above_the_dtype() attributes {test.spec = #qprep.observer<minmax, i4, per_tensor_affine, quant_min = -8, quant_max = 8>}

// -----

// expected-error @below {{observer kind minmax needs a scheme}}
func.func private @f3_no_scheme() attributes {test.spec = #qprep.observer<minmax, ui8>}

// -----

// expected-error @below {{observer kind placeholder has no scheme}}
func.func private @f3_scheme_of_a_placeholder() attributes {test.spec = #qprep.observer<placeholder, ui8, per_tensor_affine>}

// -----

// expected-error @below {{observer kind per_channel_minmax needs an axis}}
func.func private @f3_per_channel_without_an_axis() attributes {test.spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric>}

// -----

// expected-error @below {{observer kind minmax has no axis}}
func.func private @f3_axis_of_a_per_tensor_observer() attributes {test.spec = #qprep.observer<minmax, i8, per_tensor_symmetric, axis = 0>}

// -----

// expected-error @below {{axis must not be negative, got: -1}}
func.func private @f3_negative_axis() attributes {test.spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = -1>}

// -----

// expected-error @below {{observer kind fixed_qparams needs scale and zero_point}}
func.func private @f3_fixed_without_a_zero_point() attributes {test.spec = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 0.1>}

// -----

// expected-error @below {{only fixed_qparams has scale and zero_point, not minmax}}
func.func private @f3_scale_of_minmax() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, scale = 0.1>}

// -----

// expected-error @below {{dtype must be an integer of 4, 8, 16 or 32 bits, f16, bf16 or f32, got: 'si8'; signed ones are written without s}}
func.func private @f3_signed_dtype() attributes {test.spec = #qprep.observer<minmax, si8, per_tensor_affine>}

// -----

// expected-error @below {{observer kind minmax needs a scheme per tensor, got: per_channel_symmetric}}
func.func private @f3_scheme_per_channel_of_a_tensor() attributes {test.spec = #qprep.observer<minmax, ui8, per_channel_symmetric>}

// -----

// expected-error @below {{observer kind per_channel_minmax needs a scheme per channel, got: per_tensor_affine}}
func.func private @f3_scheme_per_tensor_of_channels() attributes {test.spec = #qprep.observer<per_channel_minmax, i8, per_tensor_affine, axis = 0>}

// -----

// expected-error @below {{observer kind input_equalization needs a scheme per tensor, got: per_channel_affine}}
func.func private @f27_scheme_of_inputs() attributes {test.spec = #qprep.observer<input_equalization, ui8, per_channel_affine, axis = 0>}

// -----

// expected-error @below {{zero_point 100000 does not fit dtype u8, which has 0 to 255}}
func.func private @f3_zero_point_of_no_value() attributes {test.spec = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 1.0, zero_point = 100000>}

// -----

// expected-error @below {{only histogram has bins and upsample_rate, not minmax}}
func.func private @f3_bins_of_minmax() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, bins = 12>}

// -----

// expected-error @below {{only moving averages have an averaging_constant, not histogram}}
func.func private @f3_average_of_a_histogram() attributes {test.spec = #qprep.observer<histogram, ui8, per_tensor_affine, averaging_constant = 0.5>}

// -----

// expected-error @below {{averaging_constant must be at most 1, got: 1.700000e+01}}
func.func private @f3_average_of_more_than_all() attributes {test.spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, averaging_constant = 17.0>}

// -----

// expected-error @below {{reduce_range needs an integer dtype, got: 'f32'}}
func.func private @f3_reduced_float() attributes {test.spec = #qprep.observer<placeholder, f32, reduce_range = true>}

// -----

// expected-error @below {{fake_quant needs an integer dtype, got: 'f16'}}
func.func private @f3_fake_quantized_float() attributes {test.spec = #qprep.observer<placeholder, f16, fake_quant = true>}

// -----

// expected-error @below {{block_size must be at least 1 and needs an axis}}
func.func private @f3_blocks_without_an_axis() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, block_size = 32>}

// -----

// expected-error @below {{eps, averaging_constant and scale must be positive and finite}}
func.func private @f3_negative_eps() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, eps = -1.0>}

// -----

// expected-error @below {{bins and upsample_rate must be at least 1, got: 0}}
func.func private @f3_no_bins() attributes {test.spec = #qprep.observer<histogram, ui8, per_tensor_affine, bins = 0>}

// -----

// expected-error @below {{expected a scheme or a field of an observer that is not there yet, got: per_row}}
func.func private @f3_unknown_scheme() attributes {test.spec = #qprep.observer<minmax, ui8, per_row>}

// -----

// expected-error @below {{expected a scheme or a field of an observer that is not there yet, got: eps}}
func.func private @f3_field_given_twice() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, eps = 1.0, eps = 1.0>}

// -----

// expected-error @below {{how an observer looks at values, got: maxmin}}
func.func private @f3_unknown_kind() attributes {test.spec = #qprep.observer<maxmin, ui8, per_tensor_affine>}

// -----

// expected-error @below {{unbalanced '<' character in pretty dialect name}}
func.func private @f3_spec_is_not_closed() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine}

// -----

//===----------------------------------------------------------------------===//
// F6: dtype configs
//===----------------------------------------------------------------------===//

// expected-error @below {{dtype must be an integer of 4, 8, 16 or 32 bits, f16, bf16 or f32, got: 'index'}}
func.func private @f6_dtype_is_no_dtype() attributes {test.dtype = #qprep.dtype<index>}

// -----

// expected-error @below {{reduce_range leaves one value of the range 0 to 1}}
func.func private @f3_reduced_to_nothing() attributes {test.spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 1, reduce_range = true>}

// -----

// expected-error @below {{quant_min must be less than quant_max, got: 5 and 4}}
func.func private @f6_bounds_exclude_everything() attributes {test.dtype = #qprep.dtype<i8, quant_min = 5, quant_max = 4>}

// -----

//===----------------------------------------------------------------------===//
// State of observers
//===----------------------------------------------------------------------===//

// expected-error @below {{min and max must have as many values, and at least one, got: 1 and 2}}
func.func private @statistics_of_unequal_length() attributes {test.seen = #qprep.statistics<min = [0.0], max = [1.0, 1.0], count = 1>}

// -----

// expected-error @below {{min and max must be finite, min not the greater, or infinity and -infinity for no finite value, got: 2.000000e+00 and 1.000000e+00}}
func.func private @statistics_upside_down() attributes {test.seen = #qprep.statistics<min = [2.0], max = [1.0], count = 1>}

// -----

// expected-error @below {{count must be at least 1, got: 0}}
func.func private @statistics_of_nothing() attributes {test.seen = #qprep.statistics<min = [0.0], max = [1.0], count = 0>}

// -----

// expected-error @below {{scale and zero_point must have as many values, and at least one, got: 2 and 1}}
func.func private @qparams_of_unequal_length() attributes {test.qparams = #qprep.qparams<scale = [1.0, 1.0], zero_point = [0]>}

// -----

// expected-error @below {{scale must be positive and finite, got: 0.000000e+00}}
func.func private @qparams_with_a_zero_scale() attributes {test.qparams = #qprep.qparams<scale = [0.0], zero_point = [0]>}

// -----

// expected-error @below {{has 2 minima, but its spec has one for the tensor}}
qprep.observer @statistics_of_channels {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0, 0.0], max = [1.0, 1.0], count = 1>}

// -----

// expected-error @below {{has 2 scales, but its spec has one for the tensor}}
qprep.observer @qparams_of_channels {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  qparams = #qprep.qparams<scale = [1.0, 1.0], zero_point = [0, 0]>}

// -----

// expected-error @below {{has zero point 99999, but codes of its spec are 0 to 255}}
qprep.observer @zero_point_of_no_value {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  qparams = #qprep.qparams<scale = [1.0], zero_point = [99999]>}

// -----

// expected-error @below {{has 1 scales, but saw 3 channels}}
qprep.observer @state_of_different_channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_affine, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, 0.0, 0.0], max = [1.0, 1.0, 1.0], count = 4>,
  qparams = #qprep.qparams<scale = [1.0], zero_point = [0]>}

// -----

// expected-error @below {{runs must not be negative, got: -1}}
func.func private @statistics_of_negative_runs() attributes {test.seen = #qprep.statistics<min = [0.0], max = [1.0], count = 1, runs = -1>}

// -----

// expected-error @below {{count must include infinite and nan, got: count = 3, infinite = 2, nan = 2}}
func.func private @statistics_of_more_than_all() attributes {test.seen = #qprep.statistics<min = [0.0], max = [1.0], count = 3, infinite = 2, nan = 2>}

// -----

// expected-error @below {{a histogram is of a whole tensor, but there are 2 minima}}
func.func private @histogram_of_channels() attributes {test.seen = #qprep.statistics<min = [0.0, 0.0], max = [1.0, 1.0], count = 3,
  histogram = <exponent = 0, first = 0, counts = dense_resource<c> : tensor<2xi64>>>}

// -----

// expected-error @below {{passes have 3 ranges each, but there are 1 minima}}
func.func private @passes_of_channels() attributes {test.seen = #qprep.statistics<min = [0.0], max = [1.0], count = 3,
  passes = <runs = dense_resource<r> : tensor<2xi64>, ranges = dense_resource<c> : tensor<2x3x2xf64>>>}

// -----

// expected-error @below {{counts must be a tensor of 1 to 4096 elements of type i64, got: 'tensor<4097xi64>'}}
func.func private @many_bins() attributes {test.seen = #qprep.histogram<exponent = 0, first = 0, counts = dense_resource<c> : tensor<4097xi64>>}

// -----

// expected-error @below {{counts must be a tensor of 1 to 4096 elements of type i64, got: 'tensor<4xi32>'}}
func.func private @short_counts() attributes {test.seen = #qprep.histogram<exponent = 0, first = 0, counts = dense_resource<c> : tensor<4xi32>>}

// -----

// expected-error @below {{exponent must be from -1000 to 1023, got: 1024}}
func.func private @wide_bins() attributes {test.seen = #qprep.histogram<exponent = 1024, first = 0, counts = dense_resource<c> : tensor<4xi64>>}

// -----

// expected-error @below {{first must be a number of 32 bits, got: 2147483648}}
func.func private @far_bins() attributes {test.seen = #qprep.histogram<exponent = 0, first = 2147483648, counts = dense_resource<c> : tensor<4xi64>>}

// -----

// expected-error @below {{runs must be a tensor<?xi64>, got: 'tensor<2xi32>'}}
func.func private @short_runs() attributes {test.seen = #qprep.passes<runs = dense_resource<r> : tensor<2xi32>, ranges = dense_resource<c> : tensor<2x3x2xf64>>}

// -----

// expected-error @below {{ranges must be a tensor<2x?x2xf64>, a minimum and a maximum for each run and channel, got: 'tensor<3x1x2xf64>'}}
func.func private @ranges_of_other_runs() attributes {test.seen = #qprep.passes<runs = dense_resource<r> : tensor<2xi64>, ranges = dense_resource<c> : tensor<3x1x2xf64>>}

// -----

// expected-error @below {{has statistics, but its spec (placeholder) collects none}}
qprep.observer @statistics_of_placeholder {id = 0, spec = #qprep.observer<placeholder, f16>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 1>}

// -----

// expected-error @below {{has statistics, but its spec (minmax, dynamic) collects none}}
qprep.observer @statistics_of_dynamic {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine, dynamic = true>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 1>}

// -----

// expected-error @below {{has a histogram, but kind minmax collects none}}
qprep.observer @histogram_of_minmax {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 1, histogram = <exponent = 0, first = 0, counts = dense_resource<c> : tensor<4xi64>>>}

// -----

// expected-error @below {{has passes, but kind histogram collects none}}
qprep.observer @passes_of_histogram {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 1,
    passes = <runs = dense_resource<r> : tensor<2xi64>, ranges = dense_resource<c> : tensor<2x1x2xf64>>>}

// -----

// expected-error @below {{has qparams, but its spec (placeholder) has none}}
qprep.observer @qparams_of_placeholder {id = 0, spec = #qprep.observer<placeholder, f16>,
  qparams = #qprep.qparams<scale = [1.0], zero_point = [0]>}

// -----

// expected-note @below {{the observer is here}}
qprep.observer @three_channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_affine, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, 0.0, 0.0], max = [1.0, 1.0, 1.0], count = 4>}
func.func @observes_seven_channels(%x: tensor<7xf32>) {
  // expected-error @below {{observes 7 channels, but its observer has 3 minima}}
  %0 = qprep.observe %x by @three_channels : tensor<7xf32>
  return
}

// -----

// expected-error @below {{has zero point 128, but codes of its spec are 0 to 127}}
qprep.observer @zero_point_beyond_limits {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>,
  qparams = #qprep.qparams<scale = [1.0], zero_point = [128]>}

// -----

// expected-error @below {{has zero point -65, but codes of its spec are -64 to 63}}
qprep.observer @zero_point_beyond_reduced {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_affine, reduce_range = true>,
  qparams = #qprep.qparams<scale = [1.0], zero_point = [-65]>}

// -----

// expected-error @below {{has 3 scales, but saw 2 channels}}
qprep.observer @qparams_of_other_channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, 0.0], max = [1.0, 1.0], count = 2>,
  qparams = #qprep.qparams<scale = [1.0, 1.0, 1.0], zero_point = [0, 0, 0]>}

// -----

// expected-note @below {{the observer is here}}
qprep.observer @two_channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, 0.0], max = [1.0, 1.0], count = 2>}
func.func @four_channels(%w: tensor<4x2xf32>) {
  // expected-error @below {{observes 4 channels, but its observer has 2 minima}}
  %0 = qprep.observe %w by @two_channels : tensor<4x2xf32>
  return
}

// -----

// expected-note @below {{the observer is here}}
qprep.observer @two_blocks {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0, block_size = 2>,
  qparams = #qprep.qparams<scale = [1.0, 1.0], zero_point = [0, 0]>}
func.func @three_blocks(%two: tensor<4x2xf32>, %any: tensor<?x2xf32>, %three: tensor<5x2xf32>) {
  %0 = qprep.observe %two by @two_blocks : tensor<4x2xf32>
  %1 = qprep.observe %any by @two_blocks : tensor<?x2xf32>
  // expected-error @below {{observes 3 channels, but its observer has 2 scales}}
  %2 = qprep.observe %three by @two_blocks : tensor<5x2xf32>
  return
}

// -----

// expected-error @below {{property 'id' failed to satisfy constraint: a number from 0 to 2^63 - 2}}
qprep.observer @negative_id {id = -1, spec = #qprep.observer<placeholder, f32>}

// -----

// The next one has no id left.
// expected-error @below {{property 'id' failed to satisfy constraint: a number from 0 to 2^63 - 2}}
qprep.observer @last_id {id = 9223372036854775807, spec = #qprep.observer<placeholder, f32>}

// -----

//===----------------------------------------------------------------------===//
// Observations
//===----------------------------------------------------------------------===//

func.func @observe_without_an_observer(%x: tensor<4xf32>) {
  // expected-error @below {{needs an observer ('by @symbol') or a spec ('as #spec'), got neither}}
  %0 = qprep.observe %x : tensor<4xf32>
  return
}

// -----

qprep.observer @o {id = 0, spec = #qprep.observer<placeholder, f32>}
func.func @observe_with_observer_and_spec(%x: tensor<4xf32>) {
  // expected-error @below {{needs an observer ('by @symbol') or a spec ('as #spec'), not both}}
  %0 = qprep.observe %x by @o as <placeholder, f32> : tensor<4xf32>
  return
}

// -----

func.func @fake_quantize_without_an_observer(%x: tensor<4xf32>) {
  // expected-error @below {{'qprep.fake_quantize' op needs an observer}}
  %0 = qprep.fake_quantize %x : tensor<4xf32>
  return
}

// -----

func.func @observe_by_nobody(%x: tensor<4xf32>) {
  // expected-error @below {{names @nobody, which is no qprep.observer of this module}}
  %0 = qprep.observe %x by @nobody : tensor<4xf32>
  return
}

// -----

func.func @observe_by_a_function(%x: tensor<4xf32>) {
  // expected-error @below {{names @observe_by_a_function, which is no qprep.observer of this module}}
  %0 = qprep.observe %x by @observe_by_a_function : tensor<4xf32>
  return
}

// -----

func.func @fake_quantize_by_nobody(%x: tensor<4xf32>) {
  // expected-error @below {{names @nobody, which is no qprep.observer of this module}}
  %0 = qprep.fake_quantize %x by @nobody : tensor<4xf32>
  return
}

// -----

func.func @axis_of_the_spec_is_out_of_range(%x: tensor<4x3xf32>) {
  // expected-error @below {{observes 'tensor<4x3xf32>', which has no axis 2 (the axis of its observer)}}
  %0 = qprep.observe %x as <per_channel_minmax, i8, per_channel_symmetric, axis = 2> : tensor<4x3xf32>
  return
}

// -----

qprep.observer @o {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>}
func.func @axis_of_the_observer_is_out_of_range(%x: memref<4xf32>) {
  // expected-error @below {{observes 'memref<4xf32>', which has no axis 1 (the axis of its observer)}}
  qprep.observe %x by @o : memref<4xf32>
  return
}

// -----

qprep.observer @o {id = 0, spec = #qprep.observer<placeholder, f32>}
func.func @observe_changes_the_type(%x: tensor<4xf32>) {
  // expected-error @below {{returns its operand unchanged, but operand type 'tensor<4xf32>' and result type 'tensor<2xf32>' differ}}
  %0 = "qprep.observe"(%x) <{observer = @o}> : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

qprep.observer @o {id = 0, spec = #qprep.observer<placeholder, f32>}
func.func @observe_on_tensor_without_a_result(%x: tensor<4xf32>) {
  // expected-error @below {{on a tensor needs a result}}
  "qprep.observe"(%x) <{observer = @o}> : (tensor<4xf32>) -> ()
  return
}

// -----

qprep.observer @o {id = 0, spec = #qprep.observer<placeholder, f32>}
func.func @observe_on_memref_with_a_result(%x: memref<4xf32>) {
  // expected-error @below {{on a memref has no result}}
  %0 = "qprep.observe"(%x) <{observer = @o}> : (memref<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @observe_integers(%x: tensor<4xi32>) {
  // expected-error @below {{operand #0 must be tensor of floating-point values or memref of floating-point values, but got 'tensor<4xi32>'}}
  %0 = qprep.observe %x as <placeholder, f32> : tensor<4xi32>
  return
}

// -----

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

// expected-error @below {{'qprep.unit' must be a #qprep.unit, got: "conv2d"}}
func.func private @unit_is_a_string() attributes {qprep.unit = "conv2d"}

// -----

// expected-error @below {{'qprep.member' must be a #qprep.member, got: unit}}
func.func private @part_is_a_unit_attribute() attributes {qprep.member}

// -----

// expected-error @below {{'qprep.fused' must be a unit attribute, got: true}}
func.func private @inner_has_a_value() attributes {qprep.fused = true}

// -----

// expected-error @below {{'qprep.folded' must be an array of names of kinds, got: "mul"}}
func.func private @folded_is_a_string() attributes {qprep.folded = "mul"}

// -----

// expected-error @below {{'qprep.generated' must be a unit attribute, got: 1 : i64}}
func.func private @generated_has_a_value() attributes {qprep.generated = 1}

// -----

// expected-error @below {{'qprep.pattern' must be a symbol reference, got: "relu"}}
func.func private @pattern_is_a_string() attributes {qprep.pattern = "relu"}

// -----

// expected-error @below {{'qprep.assigned' must be a #qprep.assigned, got: @fbgemm}}
func.func private @assigned_is_a_symbol() attributes {qprep.assigned = @fbgemm}

// -----

// expected-error @below {{'qprep.copy' must be an integer, got: "first"}}
func.func private @copy_is_a_string() attributes {qprep.copy = "first"}

// -----

// expected-error @below {{'qprep.plan' must be a #qprep.plan, got: "observed"}}
func.func private @plan_is_a_string() attributes {qprep.plan = "observed"}

// -----

// expected-error @below {{'qprep.qconfig' must be a #qprep.qconfig, a preset's name or "none", got: 8 : i64}}
func.func private @qconfig_is_a_number() attributes {qprep.qconfig = 8}

// -----

// expected-error @below {{unknown attribute 'qprep.qconfg' of the qprep dialect; did you mean 'qprep.qconfig'?}}
func.func private @attribute_is_misspelled() attributes {qprep.qconfg = "none"}

// -----

// expected-error @below {{unknown attribute 'qprep.qconfig' of the qprep dialect on argument 1}}
func.func private @argument_has_a_qconfig(tensor<7xf32>, tensor<7xf32> {qprep.qconfig = "none"})

// -----

// expected-error @below {{unknown attribute 'qprep.qconfig' of the qprep dialect on result 0}}
func.func private @result_has_a_qconfig() -> (tensor<7xf32> {qprep.qconfig = "none"})

// -----

func.func @t15_reset_of_no_observer() {
  // expected-error @below {{names @nowhere, which is no qprep.observer of this module}}
  qprep.reset_observer @nowhere
  return
}

// -----

func.func @observations_of_each_other(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
^bb1:
  // expected-error @below {{observes its own result; let it read a value of the model}}
  %a = qprep.observe %b as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  %b = qprep.fake_quantize %a as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  return %b : tensor<4xf32>
}

// -----

qprep.observer @o {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @observation_of_itself(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
^bb1:
  // expected-error @below {{observes its own result}}
  %a = qprep.observe %a by @o : tensor<4xf32>
  return %a : tensor<4xf32>
}

// -----

// expected-error @below {{qprep.parameter on an argument must be a unit attribute, got: 1 : i64}}
func.func @b21_parameter_with_a_value(%x: tensor<4xf32> {qprep.parameter = 1}) {
  return
}

// -----

// expected-error @below {{'qprep.converted' must be an array of dictionaries with the kind, label and form of a unit, as qprep-lower-to-integer writes them, got: [{form = "whole", kind = "relu", label = "relu_0"}]}}
func.func private @converted_to_an_unknown_form() attributes {qprep.converted = [{form = "whole", kind = "relu", label = "relu_0"}]}

// -----

// expected-error @below {{'qprep.converted' must be an array of dictionaries}}
func.func private @converted_with_a_scale_alone() attributes {qprep.converted = [{form = "integer", kind = "relu", label = "relu_0", scale = array<f64: 1.0>}]}

// -----

// expected-error @below {{'qprep.units' must be an array of what qprep.converted is, on a function, got: [{form = "integer", kind = "relu", label = "relu_0"}]}}
func.func private @units_that_are_one_list() attributes {qprep.units = [{form = "integer", kind = "relu", label = "relu_0"}]}

// -----

// expected-error @below {{'qprep.units' must be an array of what qprep.converted is, on a function}}
module attributes {qprep.units = []} {}

// -----

// expected-error @below {{'qprep.presets' must be a dictionary with the names of a backend and a qconfig, on a function, got: {backend = "tosa"}}}
func.func private @prepared_by_half_of_a_pair() attributes {qprep.presets = {backend = "tosa"}}
