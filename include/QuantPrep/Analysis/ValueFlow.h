//===- ValueFlow.h - How values get from one place to another ---*- C++ -*-===//
//
// Between functions, into branches and out, around loops: which operands are
// handed on to which values. One structure for calls and regions; it knows
// interfaces, and no ops.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_VALUEFLOW_H
#define QUANTPREP_ANALYSIS_VALUEFLOW_H

#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"

namespace quantprep {

/// One function with a body, and who calls it.
struct CalledFunction {
  mlir::FunctionOpInterface function;
  /// The calls of the module that are known to call it, in program order.
  llvm::SmallVector<mlir::CallOpInterface, 1> calls;
  /// Other functions of the module that it calls, each once.
  llvm::SmallVector<CalledFunction *, 1> callees;
  /// Whether `calls` is all there can be: the function is private, and nothing
  /// but calls names it.
  bool callsAreKnown = false;
  /// Whether it may call itself, directly or through others.
  bool isRecursive = false;

  /// Whether its calls may settle what its arguments and results are (T8).
  bool isClosed() const { return callsAreKnown && !isRecursive; }
};

/// How values flow in a module. Holds pointers to operands and values, not to
/// what the operands read: it stays right while uses are redirected, but not
/// when calls, branches, loops or functions come or go.
class ValueFlow {
public:
  /// The functions are those directly in `module` that are prepared together
  /// with it: not standalone and custom ones. Linear in its ops.
  explicit ValueFlow(mlir::Operation *module);
  ValueFlow(const ValueFlow &) = delete;
  ValueFlow &operator=(const ValueFlow &) = delete;

  /// The values that a use becomes: arguments of the callee, results of calls
  /// of the function that returns it, arguments of regions, results of branches
  /// and loops. Empty for uses that do something else.
  llvm::ArrayRef<mlir::Value> getTargets(mlir::OpOperand &use) const;

  /// The uses that a value may come from, the inverse of getTargets. Empty for
  /// values that are made where they are. An argument of a function may have
  /// others if not all calls of it are known.
  llvm::ArrayRef<mlir::OpOperand *> getSources(mlir::Value value) const;

  /// Whether a use is known to hand nothing on: its block always fails, or it
  /// is poison (T12).
  bool isNeverPassed(mlir::OpOperand &use) const;

  /// All values that have sources, in program order of those.
  auto getPassedValues() const { return llvm::make_first_range(sources); }

  /// The function with a body that an op calls; null for an op that is no call,
  /// an indirect call, and one of what is only declared.
  const CalledFunction *getCallee(mlir::Operation *call) const;
  /// The nearest function around an op, or the op itself if it is one, of this
  /// module or of one in it; null for none. In constant time, however deep the
  /// branches and loops around the op.
  mlir::Operation *getFunction(mlir::Operation *inside) const;
  /// Null for what is none of the functions.
  const CalledFunction *lookup(mlir::Operation *function) const;

  /// Callees before their callers, but for recursion; else in program order.
  llvm::ArrayRef<const CalledFunction *> getFunctions() const {
    return bottomUp;
  }

private:
  /// What the ops of one name are.
  struct OpTraits {
    bool isCall;
    bool mayFail;
    bool isOurs;
    bool usesSymbols;
  };
  const OpTraits &getTraits(mlir::Operation *op);
  void visit(mlir::Operation *op);
  void addCall(mlir::CallOpInterface call);
  void addRegions(mlir::Operation *op);
  void noteFunction(mlir::Operation *op);
  void addReturns();
  void findFailingBlocks();
  void addPassed(mlir::OpOperand &use, mlir::Value value);
  void noteSymbols(mlir::Operation *op, bool inProperties);
  void orderFunctions();

  llvm::DenseMap<mlir::OperationName, OpTraits> traits;
  mlir::SymbolTableCollection symbols;
  llvm::MapVector<mlir::Operation *, CalledFunction> functions;
  llvm::DenseMap<mlir::Operation *, CalledFunction *> calleeOf;
  llvm::DenseMap<mlir::OpOperand *, llvm::SmallVector<mlir::Value, 1>> targets;
  llvm::MapVector<mlir::Value, llvm::SmallVector<mlir::OpOperand *, 1>> sources;
  llvm::DenseSet<std::pair<mlir::Operation *, mlir::Operation *>> knownCallees;
  std::vector<const CalledFunction *> bottomUp;
  /// Of the regions of functions, branches and loops.
  llvm::DenseMap<mlir::Region *, mlir::Operation *> functionAround;
  /// Branches and loops, outer ones first.
  std::vector<mlir::Operation *> withRegions;
  llvm::DenseSet<mlir::Block *> failingBlocks;
  /// Dictionaries of attributes that have been searched for symbols.
  llvm::DenseSet<mlir::Attribute> searched;
  /// Public functions may be called by anybody, whatever names them.
  bool hasPrivate = false;
  /// Symbols that something else than a call names.
  llvm::DenseSet<mlir::Attribute> named;
};

/// Whether an op is a loop: a region of it may be entered again. Branches hand
/// values on as well.
bool isLoop(mlir::Operation *op);

/// Whether an op hands values into and out of its regions, so that it computes
/// nothing itself.
bool passesThroughRegions(mlir::Operation *op);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_VALUEFLOW_H
