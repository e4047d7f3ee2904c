//===- SharingConstraints.h - Which places share an observer ----*- C++ -*-===//
//
// Constraints of sharing units (F23) and of loops (B1), through calls, branches
// and loops. What a function returns is observed by its calls, each in its own
// way (T8): a constraint that goes through arguments and such a result is one
// of every single call, and does not connect the calls to each other.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_SHARINGCONSTRAINTS_H
#define QUANTPREP_ANALYSIS_SHARINGCONSTRAINTS_H

#include "QuantPrep/Analysis/ObservedUses.h"
#include "QuantPrep/Analysis/SharingGroups.h"
#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Matching/Fusions.h"

#include "mlir/Interfaces/CallInterfaces.h"

namespace quantprep {

/// All places of a module, in program order.
struct PlaceList {
  /// Adds an op if it is a place.
  void add(mlir::Operation *op);

  std::optional<unsigned> getIndex(mlir::Operation *op) const;

  std::vector<qprep::ObservationOpInterface> all;
  /// Indexes of those that name an observer already.
  std::vector<unsigned> withObserver;

private:
  /// Filled when the first is asked for: where nothing shares, none is.
  mutable llvm::DenseMap<mlir::Operation *, unsigned> indexes;
};

class SharingConstraints {
public:
  SharingConstraints(const ValueFlow &flow, const PlaceList &places,
                     SharingGroups &groups)
      : flow(flow), places(places), groups(groups) {}

  /// Takes all functions in, in their order. Fails if the annotations of one do
  /// not fit.
  mlir::LogicalResult
  addFunctions(llvm::ArrayRef<mlir::FunctionOpInterface> added,
               mlir::MLIRContext *context);
  /// Collects the constraints of all functions.
  void collect();

  /// For each constraint, in program order, the place that a group has its spec
  /// from: that of the first operand.
  llvm::ArrayRef<unsigned> getFirsts() const { return firsts; }
  const UnitGraph &getGraph(unsigned function) const {
    return functions[function]->graph;
  }
  unsigned getNumFunctions() const { return functions.size(); }

private:
  struct Function {
    explicit Function(mlir::FunctionOpInterface function);
    /// The use that has the observer of this one; see ObservedUses.
    const mlir::OpOperand &find(const mlir::OpOperand &use);

    mlir::FunctionOpInterface function;
    UnitGraph graph;
    Fusions matches;
    /// Made when the first unit shares; most functions have none.
    std::optional<ObservedUses> uses;
  };
  void visit(Function &in, mlir::Operation *op);
  void visitUnit(Function &in, const Unit &unit);
  void visitLoop(mlir::Operation *loop);
  void visitCall(mlir::CallOpInterface call);
  mlir::OpOperand *getReturn(mlir::Operation *call, unsigned result) const;
  llvm::SmallVector<mlir::OpOperand *, 1>
  getSharedUses(mlir::OpOperand &returned) const;
  llvm::ArrayRef<mlir::OpOperand *> getReturnedSources(mlir::Operation *call,
                                                       unsigned result);
  void share(llvm::ArrayRef<std::optional<unsigned>> operands,
             mlir::ValueRange results, mlir::Operation *reason);

  Function *getFunction(mlir::Operation *inside) const;
  std::optional<unsigned> resolve(const mlir::OpOperand &use);
  std::optional<unsigned> resolveInCall(mlir::Operation *call,
                                        const mlir::OpOperand &inCallee);
  unsigned getNode(mlir::Value value);
  void expand();
  std::optional<unsigned> getFirstPlace(unsigned node) const;

  const ValueFlow &flow;
  const PlaceList &places;
  SharingGroups &groups;
  std::vector<std::unique_ptr<Function>> functions;
  llvm::DenseMap<mlir::Operation *, Function *> functionOf;
  /// Values that are handed on, and share with all that they come from.
  llvm::DenseMap<mlir::Value, unsigned> nodeOf;
  llvm::DenseMap<unsigned, unsigned> firstOfNode;
  /// For operands of returns that calls observe, what they share with.
  llvm::DenseMap<mlir::OpOperand *, llvm::SmallVector<mlir::OpOperand *, 1>>
      returnedSources;
  std::vector<mlir::Value> unexpanded;
  std::vector<unsigned> firsts;
};

/// The place on a use that says how its value is quantized: the nearest that
/// preparation made, else the nearest of the user's. Null for none.
qprep::ObservationOpInterface getSharedPlace(const mlir::OpOperand &use);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_SHARINGCONSTRAINTS_H
