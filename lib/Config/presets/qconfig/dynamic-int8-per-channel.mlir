//===- dynamic-int8-per-channel.mlir - QConfigs ---------------------------===//
//
// PyTorch's per_channel_dynamic_qconfig (F4).
//
// Kinds with fixed quantization parameters (F5) have no dynamic form: none keeps
// them float, where PyTorch wants to be told so.
//
//===----------------------------------------------------------------------===//

qprep.config @"dynamic-int8-per-channel" {
  qprep.qconfig @"dynamic-int8-per-channel" <
      activation = <placeholder, ui8, dynamic = true>,
      weight = <per_channel_minmax, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 0,
        eps = 1.1920928955078125E-7>>
  qprep.assign global @"dynamic-int8-per-channel"
  qprep.assign kind "hardsigmoid" none optional
  qprep.assign kind "sigmoid" none optional
  qprep.assign kind "softmax" none optional
  qprep.assign kind "tanh" none optional
}
