//===- dynamic-int8.mlir - QConfigs dynamic-int8 --------------------------===//
//
// PyTorch's default_dynamic_qconfig (F4).
//
// Kinds with fixed quantization parameters (F5) have no dynamic form: none keeps
// them float, where PyTorch wants to be told so.
//
//===----------------------------------------------------------------------===//

qprep.config @"dynamic-int8" {
  qprep.qconfig @"dynamic-int8" <
      activation = <placeholder, ui8, dynamic = true>,
      weight = <minmax, i8, per_tensor_symmetric, quant_min = -128,
        quant_max = 127, eps = 1.1920928955078125E-7>>
  qprep.assign global @"dynamic-int8"
  qprep.assign kind "hardsigmoid" none optional
  qprep.assign kind "sigmoid" none optional
  qprep.assign kind "softmax" none optional
  qprep.assign kind "tanh" none optional
}
