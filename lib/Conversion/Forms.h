//===- Forms.h - Building blocks of integer forms ---------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_FORMS_H
#define QUANTPREP_CONVERSION_FORMS_H

#include "QuantPrep/Conversion/IntegerForms.h"
#include "QuantPrep/IR/QPrepDialect.h"

namespace quantprep {

/// The form of an op, built by a function of the lowering and the op.
template <auto build, typename Op>
struct BuiltForm
    : IntegerFormOpInterface::ExternalModel<BuiltForm<build, Op>, Op> {
  mlir::FailureOr<IntegerValue>
  buildIntegerForm(mlir::Operation *op, IntegerLowering &lowering) const {
    return build(lowering, llvm::cast<Op>(op));
  }
};

template <auto build, typename... Ops>
void attachForm(mlir::MLIRContext *context) {
  (Ops::template attachInterface<BuiltForm<build, Ops>>(*context), ...);
}

/// Codes without a function or a clamp: what products, pools and
/// moved data are made of. Fails, with the reason for `op`, if there is none.
mlir::FailureOr<IntegerValue> getCodes(IntegerLowering &lowering,
                                       mlir::Operation *op, mlir::Value value);
/// The same; fails, too, for codes with a scale for each channel.
mlir::FailureOr<IntegerValue> getCodesOfOneScale(IntegerLowering &lowering,
                                                 mlir::Operation *op,
                                                 mlir::Value value);

/// The same op on other operands, with results of another element type and
/// without annotations.
mlir::Operation *cloneWith(mlir::OpBuilder &builder, mlir::Operation *op,
                           llvm::ArrayRef<mlir::Value> operands,
                           mlir::Type element);

/// What a movement makes of its first operand: the same op on integers.
mlir::FailureOr<IntegerValue> buildMovement(IntegerLowering &lowering,
                                            mlir::Operation *op,
                                            std::optional<int64_t> axis);

/// All values as codes of one type: the one that they share, or the target.
mlir::FailureOr<llvm::SmallVector<IntegerValue>>
getCommonCodes(IntegerLowering &lowering, mlir::Operation *op,
               llvm::ArrayRef<mlir::Value> values);

/// The first of some codes, with the limits of all of them.
IntegerValue joinLimits(llvm::ArrayRef<IntegerValue> codes);

/// The same concatenation of codes of one type.
mlir::FailureOr<IntegerValue> buildConcat(IntegerLowering &lowering,
                                          mlir::Operation *op);

/// Codes of one scale that elements of a table can be gathered from. A constant
/// table of floats, or with a scale for each row, becomes codes of the type
/// that what is gathered is quantized to at once: those of the reference form.
std::optional<IntegerValue> getGatheredCodes(IntegerLowering &lowering,
                                             mlir::Value table,
                                             mlir::Value gathered);

/// The code that stands for what a tensor of one scale is padded with.
int64_t getPaddingCode(const IntegerValue &source, double padding);

/// Codes padded with the code of a number, by what `emit` makes of the tensor
/// and that code.
mlir::FailureOr<IntegerValue> buildPadding(
    IntegerLowering &lowering, mlir::Operation *op, mlir::Value source,
    std::optional<double> padding,
    llvm::function_ref<mlir::Value(mlir::Value, mlir::IntegerAttr)> emit);

/// The op of arith on i32s, or tensors of them, that an elementwise op of two
/// operands is: a product but for the kinds that add and compare. A product is
/// divided by 2^shift, and rounded half up.
mlir::Value createBinary(mlir::OpBuilder &builder, mlir::Location loc,
                         qprep::UnitKind kind, mlir::Value lhs, mlir::Value rhs,
                         int shift);

/// As it is, or coarser, so that i32 holds the sum of so many elements.
mlir::FailureOr<IntegerValue> fitSum(IntegerLowering &lowering,
                                     mlir::Location loc,
                                     const IntegerValue &value, int64_t count);

/// The accumulator of a product: its bounds, and what is known of the weights.
struct Accumulation {
  IntegerValue input, weight;
  /// Products that are added for one element of the result.
  int64_t depth;
  /// Of the weight, in the order of its scales; -1 if it has one scale.
  int64_t weightAxis;
};

/// The bounds of the accumulator of each channel of the weight; from the
/// weight's values where they are constant. Fails where it may overflow.
mlir::LogicalResult setBounds(IntegerLowering &lowering, mlir::Operation *op,
                              const Accumulation &accumulation,
                              IntegerValue &result);

/// Fails if an accumulator may be outside the integers of so many bits.
mlir::LogicalResult verifyAccumulator(IntegerLowering &lowering,
                                      mlir::Operation *op,
                                      const IntegerValue &accumulator,
                                      unsigned width);

/// What an op makes of constants: it moves one, or computes one number of
/// others. None for other ops.
std::optional<mlir::DenseElementsAttr>
evaluateConstants(IntegerLowering &lowering, mlir::Operation *op);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_FORMS_H
