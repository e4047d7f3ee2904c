//===- weight-only.mlir - QConfigs weight-only ----------------------------===//
//
// PyTorch's float_qparams_weight_only_qconfig (F4).
//
// Kinds with fixed quantization parameters (F5) are none, as activations are float.
//
//===----------------------------------------------------------------------===//

qprep.config @"weight-only" {
  qprep.qconfig @"weight-only" <
      activation = <placeholder, f32>,
      weight = <per_channel_minmax, ui8, per_channel_affine_float_qparams,
        quant_min = 0, quant_max = 255, axis = 0, eps = 1.1920928955078125E-7>>
  qprep.assign global @"weight-only"
  qprep.assign kind "hardsigmoid" none optional
  qprep.assign kind "sigmoid" none optional
  qprep.assign kind "softmax" none optional
  qprep.assign kind "tanh" none optional
}
