//===- tosa-a16w8.mlir - QConfigs tosa-a16w8 -----------------------------===//
//
// As tosa, with activations of 16 bits around zero.
//
//===----------------------------------------------------------------------===//

qprep.config @"tosa-a16w8" {
  qprep.qconfig @"tosa-a16w8" <
      activation = <histogram, i16, per_tensor_symmetric,
        quant_min = -32768, quant_max = 32767, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -127, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.qconfig @tosa_a16w8_norm <
      activation = <histogram, i16, per_tensor_symmetric,
        quant_min = -32768, quant_max = 32767, eps = 1.1920928955078125E-7,
        bins = 2048, upsample_rate = 128>,
      weight = <placeholder, f32>>
  qprep.assign global @"tosa-a16w8"
  qprep.assign kind "layer_norm" @tosa_a16w8_norm optional
  qprep.assign kind "rms_norm" @tosa_a16w8_norm optional
  qprep.assign kind "group_norm" @tosa_a16w8_norm optional
  qprep.assign kind "instance_norm" @tosa_a16w8_norm optional
}
