//===- x86.mlir - QConfigs x86 --------------------------------------------===//
//
// PyTorch's default mapping for static quantization on x86 (F4). Kinds that
// it lists with the global qconfig are left out.
//
//===----------------------------------------------------------------------===//

qprep.config @x86 {
  qprep.qconfig @x86 <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.qconfig @x86_conv_transpose <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.qconfig @x86_layer_norm <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <placeholder, f32>>
  qprep.qconfig @x86_sigmoid <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, scale = 0.00390625, zero_point = 0>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.qconfig @x86_tanh <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, scale = 0.0078125, zero_point = 128>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.assign global @x86
  qprep.assign kind "conv_transpose1d" @x86_conv_transpose optional
  qprep.assign kind "conv_transpose2d" @x86_conv_transpose optional
  qprep.assign kind "conv_transpose3d" @x86_conv_transpose optional
  qprep.assign kind "layer_norm" @x86_layer_norm optional
  qprep.assign kind "hardsigmoid" @x86_sigmoid optional
  qprep.assign kind "sigmoid" @x86_sigmoid optional
  qprep.assign kind "softmax" @x86_sigmoid optional
  qprep.assign kind "tanh" @x86_tanh optional
}
