//===- QPrepOps.h - Ops of the qprep dialect --------------------*- C++ -*-===//

#ifndef QUANTPREP_IR_QPREPOPS_H
#define QUANTPREP_IR_QPREPOPS_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "QuantPrep/IR/QPrepInterfaces.h.inc"

#define GET_TYPEDEF_CLASSES
#include "QuantPrep/IR/QPrepTypes.h.inc"

#define GET_OP_CLASSES
#include "QuantPrep/IR/QPrepOps.h.inc"

namespace quantprep::qprep {
/// The state of observers: what qprep.observe reads and writes.
struct ObserverStateResource
    : mlir::SideEffects::Resource::Base<ObserverStateResource> {
  mlir::StringRef getName() final { return "ObserverState"; }
};

/// The op as a place where a value is observed; null for others. Only ops of
/// this dialect observe, so that others are not asked for the interface.
inline ObservationOpInterface getObservation(mlir::Operation *op) {
  return op && llvm::isa_and_nonnull<QPrepDialect>(op->getDialect())
             ? llvm::dyn_cast<ObservationOpInterface>(op)
             : ObservationOpInterface();
}

/// Whether the operands of a kind may come in any order.
bool isCommutative(UnitKind kind);

/// Whether a kind is a convolution, transposed or not, or a linear.
bool isLayer(UnitKind kind);
} // namespace quantprep::qprep

#endif // QUANTPREP_IR_QPREPOPS_H
