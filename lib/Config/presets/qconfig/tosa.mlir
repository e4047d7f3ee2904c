//===- tosa.mlir - QConfigs tosa -----------------------------------------===//
//
// For the backend tosa: activations of 8 bits, weights of 8 bits per channel.
// Scales of norms stay float.
//
//===----------------------------------------------------------------------===//

qprep.config @tosa {
  qprep.qconfig @tosa <
      activation = <histogram, i8, per_tensor_affine, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -127, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.qconfig @tosa_norm <
      activation = <histogram, i8, per_tensor_affine, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <placeholder, f32>>
  qprep.assign global @tosa
  qprep.assign kind "layer_norm" @tosa_norm optional
  qprep.assign kind "rms_norm" @tosa_norm optional
  qprep.assign kind "group_norm" @tosa_norm optional
  qprep.assign kind "instance_norm" @tosa_norm optional
}
