//===- ContractionForms.h - Integer forms of products -----------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_CONTRACTIONFORMS_H
#define QUANTPREP_CONVERSION_CONTRACTIONFORMS_H

#include "QuantPrep/Conversion/IntegerLowering.h"

namespace quantprep {

/// i32 of products of i8, i48 of products with i16.
mlir::Type getAccumulatorType(const IntegerValue &input);

/// Whether two operands can be multiplied: one scale for all of the input,
/// of the weight one or one for each output channel.
mlir::LogicalResult verifyFactors(IntegerLowering &lowering,
                                  mlir::Operation *op,
                                  const IntegerValue &input,
                                  const IntegerValue &weight,
                                  int64_t weightAxis);

/// Scales of channels whose weights are so small that it would not hold the
/// bias are raised, and their weights are rounded to them. Only a constant
/// weight can be; another is left alone.
void raiseScales(IntegerLowering &lowering, IntegerValue &weight,
                 const IntegerValue &input, mlir::DenseElementsAttr bias,
                 int64_t repeat);

/// The bias at the scales of the accumulator and of its type; its bounds then
/// include it.
mlir::FailureOr<mlir::Value> createBias(IntegerLowering &lowering,
                                        mlir::Operation *op,
                                        mlir::DenseElementsAttr bias,
                                        mlir::Type element,
                                        IntegerValue &accumulator);

/// A bias that is only known when the model runs: it is quantized then, at the
/// scales of the accumulator, which lie along `axis` of it.
mlir::FailureOr<mlir::Value> createComputedBias(IntegerLowering &lowering,
                                                mlir::Operation *op,
                                                mlir::Value bias, int64_t axis,
                                                mlir::Type element,
                                                IntegerValue &accumulator);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_CONTRACTIONFORMS_H
