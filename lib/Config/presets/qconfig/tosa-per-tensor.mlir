//===- tosa-per-tensor.mlir - QConfigs tosa-per-tensor -------------------===//
//
// As tosa, with one range for all of a weight.
//
//===----------------------------------------------------------------------===//

qprep.config @"tosa-per-tensor" {
  qprep.qconfig @"tosa-per-tensor" <
      activation = <histogram, i8, per_tensor_affine, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -127,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.qconfig @tosa_per_tensor_norm <
      activation = <histogram, i8, per_tensor_affine, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7, bins = 2048,
        upsample_rate = 128>,
      weight = <placeholder, f32>>
  qprep.assign global @"tosa-per-tensor"
  qprep.assign kind "layer_norm" @tosa_per_tensor_norm optional
  qprep.assign kind "rms_norm" @tosa_per_tensor_norm optional
  qprep.assign kind "group_norm" @tosa_per_tensor_norm optional
  qprep.assign kind "instance_norm" @tosa_per_tensor_norm optional
}
