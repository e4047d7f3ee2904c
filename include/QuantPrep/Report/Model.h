//===- Model.h - What a report says of a module -----------------*- C++ -*-===//
//
// The contents of a report, apart from its format. The lists are collected
// once; what is said of each entry is worked out when it is printed, so that a
// report of a large module stays small in memory.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_REPORT_MODEL_H
#define QUANTPREP_REPORT_MODEL_H

#include "QuantPrep/Analysis/FlowGraph.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/ConvertedUnits.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/Report/Numbering.h"
#include "QuantPrep/Report/ReportFormat.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantprep::report {

/// A unit of a function, or an op that would be one on other types.
struct UnitEntry {
  mlir::Operation *anchor;
  /// Null for an op on other types, and for what became of a unit.
  const Unit *unit;
  /// What became of a unit in an integer module.
  std::optional<ConvertedUnit> converted = {};
};

/// What is said of a unit.
struct UnitInfo {
  /// The kind, or for an opaque unit the op's name.
  llvm::StringRef kind;
  llvm::StringRef name;
  /// What it is called everywhere (B19); the name of an op that is no unit.
  std::string label;
  llvm::ArrayRef<mlir::Operation *> members;
  /// Kinds of the units matched together, the last unit first. Empty if no
  /// pattern matched.
  llvm::SmallVector<llvm::StringRef> pattern;
  int64_t macs = 0;
  /// Of a product, whether one factor is a parameter (B21).
  std::optional<bool> parameter;
  /// Empty: none.
  llvm::StringRef qconfig;
  std::optional<qprep::AssignLevel> level;
  qprep::Decision decision;
  /// Empty: none.
  llvm::StringRef rule, reason;
  /// Observers that its operands go through, in operand order, then those that
  /// all uses of its results go through; each once.
  llvm::SmallVector<llvm::StringRef> observers;
  /// Labels of what its first operand (each element of a list) comes from and
  /// is observed together with its output; shared units only.
  llvm::SmallVector<std::string> sharedWith;
  /// Of converted modules only.
  std::optional<qprep::UnitForm> form;
  /// Kinds that became part of it before (qprep-fold-batch-norm).
  llvm::SmallVector<llvm::StringRef> folded;
};

/// Which units are listed, and in which order.
struct Selection {
  /// Empty: all decisions.
  llvm::SmallVector<qprep::Decision> decisions;
  /// Found anywhere in the label; empty: all labels.
  std::string labels;
  ReportOrder order = ReportOrder::Program;

  bool isAll() const {
    return decisions.empty() && labels.empty() && order == ReportOrder::Program;
  }
};

/// One function with a body.
class FunctionModel {
public:
  /// Null after an error has been emitted: annotations that do not fit, or
  /// preparation that is not finished.
  static std::unique_ptr<FunctionModel>
  build(mlir::FunctionOpInterface function, const ValueFlow &flow,
        mlir::SymbolTableCollection &symbols);

  mlir::FunctionOpInterface getFunction() const { return function; }
  /// The function's symbol, after those of the modules it is nested in.
  std::string getName() const;
  const Numbering &getNumbering() const { return numbering; }
  const UnitGraph &getGraph() const { return graph; }

  /// Observers in program order of their first places.
  llvm::ArrayRef<qprep::ObserverOp> getObservers() const { return observers; }
  /// Places in program order.
  llvm::ArrayRef<qprep::ObservationOpInterface> getPlaces() const {
    return places;
  }
  /// Units in program order of their anchors.
  llvm::ArrayRef<UnitEntry> getUnits() const { return units; }
  /// Those of them that have been selected; at first all.
  llvm::ArrayRef<UnitEntry> getListed() const { return listed; }
  void select(const Selection &selection);

  UnitInfo describe(const UnitEntry &entry) const;

  /// All uses behind a place, through further places, in program order.
  llvm::SmallVector<mlir::OpOperand *>
  getUses(qprep::ObservationOpInterface place) const;

  /// What the first use behind a place that belongs to a unit is to it, here or
  /// where it is handed on to; in placement=value the role that its observer
  /// was chosen for (T6).
  qprep::OperandRole getRole(qprep::ObservationOpInterface place,
                             llvm::ArrayRef<mlir::OpOperand *> uses) const;

private:
  FunctionModel(mlir::FunctionOpInterface function, const ValueFlow &flow);
  mlir::LogicalResult collect(mlir::SymbolTableCollection &symbols);
  void describePattern(const Unit &unit, UnitInfo &info) const;
  void describeObservers(const Unit &unit, UnitInfo &info) const;
  void describeSharing(const Unit &unit, UnitInfo &info) const;
  std::string getSourceName(mlir::Value value) const;

  mlir::FunctionOpInterface function;
  const ValueFlow &flow;
  UnitGraph graph;
  UnitLabels labels;
  /// The search for what units share with.
  TransparentUnits transparent;
  Numbering numbering;
  bool isConverted = false;
  std::vector<qprep::ObserverOp> observers;
  std::vector<qprep::ObservationOpInterface> places;
  std::vector<UnitEntry> units, listed;
};

/// What a diagnostic said.
struct Message {
  std::string message;
  /// file:line:column, or empty.
  std::string location;
};

/// A whole module.
struct Model {
  /// The configuration that preparation left; null without one.
  qprep::ConfigOp config;
  std::unique_ptr<ValueFlow> flow;
  std::vector<std::unique_ptr<FunctionModel>> functions;
  /// What preparation warned of, in order.
  std::vector<Message> warnings;
  /// A picture draws no more nodes for the units of a function; 0: any number.
  size_t mostBlocks = 0;
};

/// Reads a prepared module. Fails after an error has been emitted.
mlir::FailureOr<Model> buildModel(mlir::ModuleOp module);

/// The rule and the reason why a computation that we know is no unit: it is in
/// a region that is quantized already, on integers alone (B5), or on floats
/// that preparation does not look at (B10). Empty for other ops.
std::pair<llvm::StringRef, llvm::StringRef>
getUntouchedReason(mlir::Operation *op);

/// file:line of an op; empty where its location has none.
std::string getFileLine(mlir::Operation *op);

/// The name of an argument; empty without one.
llvm::StringRef getArgumentName(mlir::BlockArgument argument);

} // namespace quantprep::report

#endif // QUANTPREP_REPORT_MODEL_H
