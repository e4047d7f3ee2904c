//===- fbgemm.mlir - QConfigs fbgemm --------------------------------------===//
//
// PyTorch's default mapping for static quantization on fbgemm (F4). Kinds that
// it lists with the global qconfig are left out.
//
//===----------------------------------------------------------------------===//

qprep.config @fbgemm {
  qprep.qconfig @fbgemm <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.qconfig @fbgemm_conv_transpose <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.qconfig @fbgemm_layer_norm <
      activation = <histogram, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <placeholder, f32>>
  qprep.qconfig @fbgemm_sigmoid <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, scale = 0.00390625, zero_point = 0>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.qconfig @fbgemm_tanh <
      activation = <fixed_qparams, ui8, per_tensor_affine, quant_min = 0,
        quant_max = 255, scale = 0.0078125, zero_point = 128>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.assign global @fbgemm
  qprep.assign kind "conv_transpose1d" @fbgemm_conv_transpose optional
  qprep.assign kind "conv_transpose2d" @fbgemm_conv_transpose optional
  qprep.assign kind "conv_transpose3d" @fbgemm_conv_transpose optional
  qprep.assign kind "layer_norm" @fbgemm_layer_norm optional
  qprep.assign kind "hardsigmoid" @fbgemm_sigmoid optional
  qprep.assign kind "sigmoid" @fbgemm_sigmoid optional
  qprep.assign kind "softmax" @fbgemm_sigmoid optional
  qprep.assign kind "tanh" @fbgemm_tanh optional
}
