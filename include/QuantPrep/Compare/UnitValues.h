//===- UnitValues.h - The values that units make ----------------*- C++ -*-===//
//
// Modules of every stage are brought to one form: each op that makes the value
// of a unit has the attribute qprep.converted with its label.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_COMPARE_UNITVALUES_H
#define QUANTPREP_COMPARE_UNITVALUES_H

#include "QuantPrep/Compare/Measures.h"
#include "QuantPrep/Execution/Program.h"
#include "QuantPrep/IR/ConvertedUnits.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace quantprep::compare {

/// What tells units apart: of those with one name (a layer, and the reshape
/// before it) the kind, too.
std::string getKey(qprep::UnitKind kind, llvm::StringRef label);

/// A value that one or several fused units make.
struct UnitValue {
  mlir::Operation *op;
  /// The last one makes the value.
  llvm::SmallVector<ConvertedUnit, 2> units;
  /// What each is matched by.
  llvm::SmallVector<std::string, 2> keys;

  llvm::StringRef getLabel() const { return units.back().label; }
};

/// Whether batch norms have become part of layers in a module.
bool hasFoldedUnits(mlir::ModuleOp module);

/// Inlines all calls, and finds the function to run.
mlir::FailureOr<mlir::func::FuncOp> inlineCalls(mlir::ModuleOp module,
                                                llvm::StringRef entry);

/// Takes the ops between floats and codes apart, those of observers that are
/// looked at as well: to run a module as it is would pass them by.
mlir::LogicalResult lowerQuantization(mlir::ModuleOp module);

/// A copy of a module, with its units found and labelled, and calls inlined.
class LabelledModule {
public:
  /// `fold` folds batch norms of a float module. Says at the module what is
  /// wrong.
  static mlir::FailureOr<LabelledModule>
  create(mlir::ModuleOp module, llvm::StringRef entry, bool fold);

  mlir::func::FuncOp getFunction() { return function; }
  /// Those of the function's body, in program order; units in its regions make
  /// more than one value in a run.
  std::vector<UnitValue> &getValues() { return values; }
  /// How many are in regions.
  unsigned getNumNested() const { return numNested; }

  /// Makes the chosen values results of the function, after its own, and
  /// compiles it.
  mlir::FailureOr<std::unique_ptr<execution::Program>>
  compile(llvm::ArrayRef<mlir::Value> chosen);

private:
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  std::vector<UnitValue> values;
  unsigned numNested = 0;
};

/// What a unit's integers stand for.
Decoder getDecoder(const ConvertedUnit &unit);

} // namespace quantprep::compare

#endif // QUANTPREP_COMPARE_UNITVALUES_H
