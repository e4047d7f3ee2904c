//===- ConvertedUnits.h - What became of units ------------------*- C++ -*-===//
//
// The attribute qprep.converted of an op of an integer module: an array of
// dictionaries, so that tools which do not know the dialect read the module.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_IR_CONVERTEDUNITS_H
#define QUANTPREP_IR_CONVERTEDUNITS_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace quantprep {

/// A unit that ends in an op. The last one of an op makes its value; those
/// before are fused with it.
struct ConvertedUnit {
  qprep::UnitKind kind;
  /// What it was called before (B19).
  llvm::StringRef label;
  qprep::UnitForm form;
  /// Of the integers that the op makes; null if it makes floats.
  mlir::DenseF64ArrayAttr scale;
  mlir::DenseI64ArrayAttr zeroPoint;
  /// The kinds that became part of it before; null for none.
  mlir::ArrayAttr folded;
  /// Why it is not integer.
  llvm::StringRef reason;

  mlir::DictionaryAttr toAttribute(mlir::MLIRContext *context) const;
  /// None if it is not what toAttribute makes.
  static std::optional<ConvertedUnit> read(mlir::Attribute attr);
};

/// Those of an op, in order.
llvm::SmallVector<ConvertedUnit, 2> getConvertedUnits(mlir::Operation *op);
/// Those that an annotation lists.
llvm::SmallVector<ConvertedUnit, 2> readConvertedUnits(mlir::ArrayAttr array);

/// Adds one to those of an op.
void addConvertedUnit(mlir::Operation *op, const ConvertedUnit &unit);

} // namespace quantprep

#endif // QUANTPREP_IR_CONVERTEDUNITS_H
