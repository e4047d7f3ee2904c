// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics

func.func @shapes_differ(%x: tensor<4xf32>) {
  // expected-error @below {{has 'tensor<4xf32>' and 'tensor<5x!quant.uniform<i8:f32, 5.000000e-01>>', which are of different shapes}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<5x!quant.uniform<i8:f32, 5.0e-01>>
  return
}

// -----

func.func @other_floats(%x: tensor<4xf32>) {
  // expected-error @below {{has codes of 'f16', but computes in f32; write the type as !quant.uniform<...:f32}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f16, 5.0e-01>>
  return
}

// -----

func.func @axis_outside(%x: tensor<4xf32>) {
  // expected-error @below {{has parameters along dimension 1, but 'tensor<4x!quant.uniform<i8:f32:1, {5.000000e-01}>>' has 1 dimensions}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32:1, {5.0e-01}>>
  return
}

// -----

func.func @channels_differ(%x: tensor<4xf32>) {
  // expected-error @below {{has 2 sets of parameters along dimension 0 of 'tensor<4x!quant.uniform<i8:f32:0, {5.000000e-01,5.000000e-01}>>'; one for each channel is needed}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32:0, {5.0e-01,5.0e-01}>>
  return
}

// -----

func.func @no_rank(%x: tensor<*xf32>) {
  // expected-error @below {{has parameters per channel, but 'tensor<*x!quant.uniform<i8:f32:0, {5.000000e-01,5.000000e-01}>>' has no rank}}
  %0 = qprep.quantize %x : tensor<*xf32> -> tensor<*x!quant.uniform<i8:f32:0, {5.0e-01,5.0e-01}>>
  return
}

// -----

func.func @blocks_of_other_rank(%x: tensor<4xf32>) {
  // expected-error-re @below {{has blocks over 2 dimensions, but 'tensor<4x!quant.uniform<i4:f32:{0:1, 1:2}, {{.*}}>>' has 1}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i4:f32:{0:1,1:2}, {{1.0,2.0},{3.0,4.0}}>>
  return
}

// -----

func.func @blocks_do_not_cover(%x: tensor<2x6xf32>) {
  // expected-error-re @below {{has 2 blocks of 2 elements along dimension 1, which do not cover 'tensor<2x6x!quant.uniform<i4:f32:{0:1, 1:2}, {{.*}}>>'}}
  %0 = qprep.quantize %x : tensor<2x6xf32> -> tensor<2x6x!quant.uniform<i4:f32:{0:1,1:2}, {{1.0,2.0},{3.0,4.0}}>>
  return
}

// -----

func.func @blocks_of_a_dynamic_dimension(%x: tensor<2x?xf32>) {
  // expected-error-re @below {{has blocks along dimension 1, which is dynamic in 'tensor<2x?x!quant.uniform<i4:f32:{0:1, 1:2}, {{.*}}>>'}}
  %0 = qprep.quantize %x : tensor<2x?xf32> -> tensor<2x?x!quant.uniform<i4:f32:{0:1,1:2}, {{1.0,2.0},{3.0,4.0}}>>
  return
}

// -----

func.func @no_scale(%x: tensor<4xf32>) {
  // expected-error @below {{has type '!quant.any<i8:f32>'; !quant.uniform is needed, which has a scale}}
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.any<i8:f32>>
  return
}

// -----

func.func @scale_without_inverse(%q: tensor<4x!quant.uniform<i8:f32, 1.0e-38>>) {
  // expected-error @below {{has the scale 1.000000e-38, whose inverse float32 does not have; it has scales from 1.175494e-38 to 3.402823e+38}}
  %0 = qprep.dequantize %q : tensor<4x!quant.uniform<i8:f32, 1.0e-38>> -> tensor<4xf32>
  return
}

// -----

func.func @no_codes(%x: tensor<4xf32>) {
  // expected-error @below {{has codes from 255 to 0; the first must be the smaller, and both within -2^23..2^23}}
  %0 = qprep.dynamic_fake_quantize %x {quant_max = 0 : i64, quant_min = 255 : i64} : tensor<4xf32>
  return
}
