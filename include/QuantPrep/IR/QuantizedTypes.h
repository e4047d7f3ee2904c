//===- QuantizedTypes.h - Parameters of quantized types ---------*- C++ -*-===//
//
// Upstream has three types: one set of parameters for the tensor, one for each
// channel of an axis, one for each block. Here they are one: a grid of sets of
// parameters that lies over the tensor.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_IR_QUANTIZEDTYPES_H
#define QUANTPREP_IR_QUANTIZEDTYPES_H

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"

namespace quantprep {

/// The parameters of a quantized type over a tensor of some rank.
struct QParamsGrid {
  /// Row-major over `counts`.
  llvm::SmallVector<double> scales;
  llvm::SmallVector<int64_t> zeroPoints;
  /// For each dimension of the tensor, how many sets of parameters lie along
  /// it.
  llvm::SmallVector<int64_t> counts;
  /// For each dimension of the tensor, how many elements share a set; 0 for
  /// all.
  llvm::SmallVector<int64_t> blocks;
  /// The range of codes.
  int64_t low, high;

  bool isPerTensor() const { return scales.size() == 1; }
  /// The one dimension that each element of has a set of its own; none if there
  /// is another layout.
  std::optional<int64_t> getAxis() const;

  /// scale and zero point of an element.
  size_t getIndex(llvm::ArrayRef<int64_t> position) const;

  /// round_half_even(value * (1 / scale)) + zero_point, clamped; in float32.
  int64_t quantize(float value, size_t index) const;
  /// (code - zero_point) * scale, in float32.
  float dequantize(int64_t code, size_t index) const;
};

/// The element type of a tensor of codes; null for others.
mlir::quant::QuantizedType getQuantizedElement(mlir::Type type);

/// The grid over a tensor. If it does not fit, `emitError` says why.
mlir::FailureOr<QParamsGrid>
getQParamsGrid(mlir::quant::QuantizedType type, mlir::ShapedType tensor,
               llvm::function_ref<mlir::InFlightDiagnostic()> emitError);

/// The grid of a tensor type that has been verified.
QParamsGrid getQParamsGrid(mlir::ShapedType quantized);

} // namespace quantprep

#endif // QUANTPREP_IR_QUANTIZEDTYPES_H
