//===- onednn.mlir - QConfigs onednn --------------------------------------===//
//
// PyTorch's default mapping for static quantization on onednn (F4). Kinds that
// it lists with the global qconfig are left out.
//
//===----------------------------------------------------------------------===//

qprep.config @onednn {
  qprep.qconfig @onednn <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.qconfig @onednn_conv_transpose <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.qconfig @onednn_layer_norm <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <placeholder, f32>>
  qprep.qconfig @onednn_sigmoid <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, scale = 0.00390625, zero_point = 0>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.qconfig @onednn_tanh <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, scale = 0.0078125, zero_point = 128>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.assign global @onednn
  qprep.assign kind "conv_transpose1d" @onednn_conv_transpose optional
  qprep.assign kind "conv_transpose2d" @onednn_conv_transpose optional
  qprep.assign kind "conv_transpose3d" @onednn_conv_transpose optional
  qprep.assign kind "layer_norm" @onednn_layer_norm optional
  qprep.assign kind "hardsigmoid" @onednn_sigmoid optional
  qprep.assign kind "sigmoid" @onednn_sigmoid optional
  qprep.assign kind "softmax" @onednn_sigmoid optional
  qprep.assign kind "tanh" @onednn_tanh optional
}
