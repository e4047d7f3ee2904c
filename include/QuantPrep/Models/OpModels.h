//===- OpModels.h - Building blocks of external models ----------*- C++ -*-===//

#ifndef QUANTPREP_MODELS_OPMODELS_H
#define QUANTPREP_MODELS_OPMODELS_H

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/BuiltinTypes.h"

namespace quantprep {
using qprep::OperandRole;
using qprep::UnitKind;

/// Elements of a shaped type, a dynamic dimension counted as 1.
inline int64_t countElements(mlir::Type type) {
  auto shaped = llvm::cast<mlir::ShapedType>(type);
  if (!shaped.hasRank())
    return 0;
  int64_t count = 1;
  for (int64_t size : shaped.getShape())
    count *= mlir::ShapedType::isDynamic(size) ? 1 : size;
  return count;
}

/// An op whose first operands are activations; the rest is ignored.
template <typename Model, typename ConcreteOp, unsigned numInputs = 1>
struct InputsModel : QuantizableOpInterface::ExternalModel<Model, ConcreteOp> {
  void getOperandRoles(mlir::Operation *op,
                       llvm::SmallVectorImpl<OperandRoleInfo> &roles) const {
    for (unsigned i = 0, e = op->getNumOperands(); i < e; ++i)
      roles.push_back(
          {i < numInputs ? OperandRole::input : OperandRole::ignored});
  }
};

/// An op of one kind that computes.
template <typename ConcreteOp, UnitKind kind, unsigned numInputs = 1>
struct ComputingModel : InputsModel<ComputingModel<ConcreteOp, kind, numInputs>,
                                    ConcreteOp, numInputs> {
  UnitKind getUnitKind(mlir::Operation *) const { return kind; }
};

/// An op whose result holds elements of its first operand.
template <typename ConcreteOp, UnitKind kind>
struct MovingModel : InputsModel<MovingModel<ConcreteOp, kind>, ConcreteOp> {
  UnitKind getUnitKind(mlir::Operation *) const { return kind; }
  bool movesData(mlir::Operation *) const { return true; }
};

/// An op that puts the elements of a list one after the other (F19).
template <typename ConcreteOp>
struct ConcatModel
    : QuantizableOpInterface::ExternalModel<ConcatModel<ConcreteOp>,
                                            ConcreteOp> {
  UnitKind getUnitKind(mlir::Operation *) const { return UnitKind::cat; }
  void getOperandRoles(mlir::Operation *op,
                       llvm::SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.assign(op->getNumOperands(), {OperandRole::element});
  }
  bool movesData(mlir::Operation *) const { return true; }
};

template <typename Op, UnitKind kind, unsigned numInputs = 1>
void computes(mlir::MLIRContext *context) {
  Op::template attachInterface<ComputingModel<Op, kind, numInputs>>(*context);
}

template <typename Op, UnitKind kind> void moves(mlir::MLIRContext *context) {
  Op::template attachInterface<MovingModel<Op, kind>>(*context);
}
} // namespace quantprep

#endif // QUANTPREP_MODELS_OPMODELS_H
