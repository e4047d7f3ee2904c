//===- weight-only-4bit.mlir - QConfigs -----------------------------------===//
//
// PyTorch's float_qparams_weight_only_qconfig_4bit (F4).
//
// Kinds with fixed quantization parameters (F5) are none, as activations are float.
//
//===----------------------------------------------------------------------===//

qprep.config @"weight-only-4bit" {
  qprep.qconfig @"weight-only-4bit" <
      activation = <placeholder, f32>,
      weight = <per_channel_minmax, ui4, per_channel_affine_float_qparams,
        quant_min = 0, quant_max = 15, axis = 0, eps = 1.1920928955078125E-7>>
  qprep.assign global @"weight-only-4bit"
  qprep.assign kind "hardsigmoid" none optional
  qprep.assign kind "sigmoid" none optional
  qprep.assign kind "softmax" none optional
  qprep.assign kind "tanh" none optional
}
