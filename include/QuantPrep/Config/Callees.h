//===- Callees.h - Calls of standalone and custom functions -----*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_CALLEES_H
#define QUANTPREP_CONFIG_CALLEES_H

#include "QuantPrep/IR/QPrepOps.h"

#include "llvm/ADT/DenseMap.h"

namespace quantprep {

/// What a resolved configuration says of functions that are called (F28, F29).
class Callees {
public:
  /// The configuration is one that qprep-attach-config made, or null.
  explicit Callees(qprep::ConfigOp config);

  /// The kind of unit that an op is as a call of such a function; standalone
  /// goes before custom (F9). None for other ops.
  std::optional<qprep::UnitKind> getKind(mlir::Operation *op) const;
  /// Whether a standalone function's caller quantizes this operand (F28).
  bool isQuantizedInput(mlir::OpOperand &use) const;
  /// Whether a value is a result that a standalone function quantizes (B14), or
  /// one of an LSTM that was redirected (F29).
  bool isQuantizedResult(mlir::Value value) const;
  /// What the configuration says of the custom function that a call of this
  /// kind calls, or called before it was redirected.
  qprep::CustomOp getCustom(mlir::Operation *call) const;

private:
  qprep::ConfigOp getStandalone(mlir::Operation *call) const;

  /// Configurations of standalone functions, by function.
  llvm::DenseMap<mlir::StringAttr, qprep::ConfigOp> standalone;
  llvm::DenseMap<mlir::StringAttr, qprep::CustomOp> custom;
};

/// The function that a call names by a flat symbol; before it was redirected
/// (F29), if it was. Null for other ops.
mlir::StringAttr getCalleeName(mlir::Operation *op);

/// Lets a call call another function: the observed replacement of a custom one
/// (F29), a clone (T2). Notes the original for restoreCallee.
void redirectCall(mlir::Operation *call, mlir::FlatSymbolRefAttr original,
                  mlir::FlatSymbolRefAttr replacement);
/// Undoes redirectCall; other ops are left alone.
void restoreCallee(mlir::Operation *op);

} // namespace quantprep

#endif // QUANTPREP_CONFIG_CALLEES_H
