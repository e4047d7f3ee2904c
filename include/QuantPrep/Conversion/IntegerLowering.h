//===- IntegerLowering.h - Builds the integer form of ops -------*- C++ -*-===//
//
// What integer forms of ops are built with: the integers that stand for their
// operands, and the ops that convert between scales.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_CONVERSION_INTEGERLOWERING_H
#define QUANTPREP_CONVERSION_INTEGERLOWERING_H

#include "QuantPrep/Conversion/IntegerValue.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/DenseMap.h"

namespace quantprep {
struct QParamsGrid;

/// multiplier / 2^shift.
struct Multiplier {
  int32_t multiplier;
  int8_t shift;
};

/// The multiplier of so many bits that is nearest to a factor; none if TOSA has
/// no shift for it.
std::optional<Multiplier> getMultiplier(double factor, int bits = 31);

class IntegerLowering {
public:
  explicit IntegerLowering(mlir::MLIRContext *context) : builder(context) {}

  mlir::OpBuilder builder;
  /// Whether float is an error, so that what is cheaper in float is integer.
  bool forbidsFloat = false;
  /// The type that the result will be quantized to; null if not known.
  mlir::quant::UniformQuantizedType target;

  /// What stands for a value; null if nothing does.
  const IntegerValue *lookup(mlir::Value value) const;
  /// The floats of a constant.
  std::optional<mlir::DenseElementsAttr> getConstant(mlir::Value value) const;
  /// The float that all elements of a constant have.
  std::optional<double> getSplat(mlir::Value value) const;

  /// Notes why an op has no integer form.
  mlir::LogicalResult fail(mlir::Operation *op, const llvm::Twine &reason);

  // Ops on integers, at the insertion point.

  /// A constant, once for each function.
  mlir::Value createConstant(mlir::DenseElementsAttr values);
  /// i32 that lies over a tensor of this rank.
  mlir::Value createNumber(int64_t rank, int64_t value);
  /// tensor<1xT>.
  mlir::Value createScalar(int64_t value, mlir::Type type);

  /// scale * (x - zeroPoint) to other integers. Fails if TOSA cannot.
  mlir::FailureOr<mlir::Value> createRescale(mlir::Location loc,
                                             const IntegerValue &value,
                                             llvm::ArrayRef<double> scales,
                                             int64_t zeroPoint,
                                             mlir::Type element);
  /// The value as the codes of a type. Clamps and functions are applied.
  mlir::FailureOr<IntegerValue>
  requantize(mlir::Location loc, const IntegerValue &value,
             mlir::quant::UniformQuantizedType type);
  /// i32 of a scale, without zero point, clamp or function.
  mlir::FailureOr<IntegerValue>
  toScale(mlir::Location loc, const IntegerValue &value, double scale);
  /// i32 of its own scale, or one for all channels; without zero point, clamp
  /// or function.
  mlir::FailureOr<IntegerValue> widen(mlir::Location loc,
                                      const IntegerValue &value);
  /// As it is, with its clamp applied; fails for a function.
  mlir::FailureOr<IntegerValue> applyClamp(mlir::Location loc,
                                           const IntegerValue &value);

  /// A function of i8 as i32 of 16 bits: the largest is 32767.
  mlir::FailureOr<IntegerValue> tabulateWide(mlir::Location loc,
                                             const IntegerValue &value);
  /// A function of integers from 0 to 255, i32 that no more is known of.
  mlir::FailureOr<IntegerValue>
  tabulateByte(mlir::Location loc, mlir::Value byte,
               llvm::function_ref<double(int64_t)> function);

  /// Constant floats as i32 of a scale. Fails if they do not fit.
  mlir::FailureOr<IntegerValue> quantizeConstant(mlir::DenseElementsAttr values,
                                                 double scale);

  // For the pass.

  void setInteger(mlir::Value value, IntegerValue integer) {
    integers[value] = std::move(integer);
  }
  void setConstant(mlir::Value value, mlir::DenseElementsAttr constant) {
    constants[value] = constant;
  }
  bool isKnown(mlir::Value value) const {
    return integers.contains(value) || constants.contains(value);
  }
  /// Why an op has no integer form; empty if that was not asked.
  llvm::StringRef getReason(mlir::Operation *op) const;

private:
  mlir::FailureOr<mlir::Value> fitShifts(mlir::Location loc,
                                         const IntegerValue &value,
                                         llvm::ArrayRef<int8_t> shifts,
                                         mlir::Type element);
  mlir::Value createClamp(mlir::Location loc, mlir::Value tensor, int64_t low,
                          int64_t high);
  mlir::Value createTable(mlir::Location loc, const IntegerValue &value,
                          const QParamsGrid &grid);
  mlir::FailureOr<IntegerValue>
  interpolate(mlir::Location loc, const IntegerValue &value,
              mlir::quant::UniformQuantizedType type);

  llvm::DenseMap<mlir::Value, IntegerValue> integers;
  llvm::DenseMap<mlir::Value, mlir::DenseElementsAttr> constants;
  llvm::DenseMap<mlir::Operation *, std::string> reasons;
  llvm::DenseMap<std::pair<mlir::Block *, mlir::Attribute>, mlir::Value>
      created;
};

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_INTEGERLOWERING_H
