//===- equalization.mlir - QConfig equalization ---------------------------===//
//
// PyTorch's default_equalization_qconfig (F27). Axes are replaced by those of the
// input channels of the layout at hand.
//
//===----------------------------------------------------------------------===//

qprep.config @equalization {
  qprep.qconfig @equalization <
      activation = <input_equalization, ui8, per_tensor_symmetric, quant_min = 0,
        quant_max = 255, axis = 1, eps = 1.1920928955078125E-7>,
      weight = <weight_equalization, i8, per_channel_symmetric,
        quant_min = -128, quant_max = 127, axis = 1,
        eps = 1.1920928955078125E-7>>
  qprep.assign equalization global @equalization
}
