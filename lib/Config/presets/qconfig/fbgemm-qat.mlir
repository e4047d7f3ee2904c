//===- fbgemm-qat.mlir - QConfigs fbgemm-qat ------------------------------===//
//
// PyTorch's default mapping for quantization-aware training on fbgemm (F4). Kinds that
// it lists with the global qconfig are left out.
//
//===----------------------------------------------------------------------===//

qprep.config @"fbgemm-qat" {
  qprep.qconfig @"fbgemm-qat" <
      activation = <moving_average_minmax, ui8, per_tensor_affine,
        quant_min = 0, quant_max = 127, reduce_range = true, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>,
      weight = <moving_average_per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 0, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>>
  qprep.qconfig @"fbgemm-qat_conv_transpose" <
      activation = <moving_average_minmax, ui8, per_tensor_affine,
        quant_min = 0, quant_max = 127, reduce_range = true, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>,
      weight = <moving_average_minmax, i8, per_tensor_symmetric,
        quant_min = -128, quant_max = 127, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>>
  qprep.qconfig @"fbgemm-qat_layer_norm" <
      activation = <moving_average_minmax, ui8, per_tensor_affine,
        quant_min = 0, quant_max = 127, reduce_range = true, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>,
      weight = <placeholder, f32>>
  qprep.qconfig @"fbgemm-qat_sigmoid" <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, fake_quant = true, scale = 0.00390625, zero_point = 0>,
      weight = <moving_average_minmax, i8, per_tensor_symmetric,
        quant_min = -128, quant_max = 127, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>>
  qprep.qconfig @"fbgemm-qat_tanh" <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, fake_quant = true, scale = 0.0078125,
        zero_point = 128>,
      weight = <moving_average_minmax, i8, per_tensor_symmetric,
        quant_min = -128, quant_max = 127, fake_quant = true,
        eps = 1.1920928955078125E-7, averaging_constant = 0.01>>
  qprep.assign global @"fbgemm-qat"
  qprep.assign kind "conv_transpose1d" @"fbgemm-qat_conv_transpose" optional
  qprep.assign kind "conv_transpose2d" @"fbgemm-qat_conv_transpose" optional
  qprep.assign kind "conv_transpose3d" @"fbgemm-qat_conv_transpose" optional
  qprep.assign kind "layer_norm" @"fbgemm-qat_layer_norm" optional
  qprep.assign kind "hardsigmoid" @"fbgemm-qat_sigmoid" optional
  qprep.assign kind "sigmoid" @"fbgemm-qat_sigmoid" optional
  qprep.assign kind "softmax" @"fbgemm-qat_sigmoid" optional
  qprep.assign kind "tanh" @"fbgemm-qat_tanh" optional
}
