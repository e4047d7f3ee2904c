//===- UnitGraph.h - Units and the values between them ----------*- C++ -*-===//
//
// The annotations of a function (qprep.unit, qprep.member), read into one small
// graph, which is what the algorithms walk. Reading is also checking: an
// annotation that no longer fits the ops is never misread, and `verify` says
// what is wrong with it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MATCHING_UNITGRAPH_H
#define QUANTPREP_MATCHING_UNITGRAPH_H

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/TinyPtrVector.h"

namespace quantprep {

struct Unit;

/// An operand of a unit: a value with a role, and all uses of it by ops of the
/// unit under that role. x + x has two operands, each with one use.
struct UnitOperand {
  /// What is used; observations are looked through.
  mlir::Value value;
  /// Its role, and a weight's dimension of output channels.
  qprep::RoleAttr attr;
  /// At least one.
  llvm::TinyPtrVector<mlir::OpOperand *> uses;
  /// The unit that makes the value; null as for UnitGraph::getProducer.
  const Unit *producer = nullptr;

  qprep::OperandRole getRole() const { return attr.getRole(); }
};

/// Ops that compute one kind. The results of the unit are those of its anchor.
struct Unit {
  qprep::UnitKind kind;
  /// The last op.
  mlir::Operation *anchor;
  /// All ops in block order, the anchor last.
  llvm::SmallVector<mlir::Operation *, 1> members;
  llvm::SmallVector<UnitOperand, 3> operands;
  /// Another pass changed its ops, so that operands may be in another order
  /// than in the plan, and one with a lost role is an input.
  bool isChanged = false;
};

/// How annotations are read that do not fit the ops.
enum class Reading {
  /// Between the steps of preparation: they are an error.
  exact,
  /// Of a prepared module, which other passes may have folded, merged and
  /// inlined since: such a unit is changed, and a member that has lost its
  /// anchor is in none.
  prepared,
};

/// The units of one function, in program order of their anchors.
class UnitGraph {
public:
  /// An analysis.
  explicit UnitGraph(mlir::Operation *function,
                     Reading reading = Reading::exact);

  /// Emits an error for each annotation that does not fit. Only a graph without
  /// errors says anything of the function.
  mlir::LogicalResult verify() const;
  llvm::ArrayRef<Unit> getUnits() const { return units; }
  mlir::Operation *getFunction() const { return function; }

  /// The unit that an op belongs to; null for none.
  const Unit *getUnit(mlir::Operation *op) const;
  /// The unit that makes a value; null for arguments, constants, and values
  /// of ops that belong to no unit.
  const Unit *getProducer(mlir::Value value) const;
  /// Position of a unit of this graph in getUnits.
  size_t getIndex(const Unit &unit) const { return &unit - units.data(); }

private:
  /// A use by an op of a unit; null once it has been added to an operand.
  struct RoleUse {
    mlir::Value value;
    qprep::RoleAttr role;
    mlir::OpOperand *use;
  };

  /// An annotation that does not fit.
  struct Problem {
    mlir::Operation *op;
    std::string what;
  };

  /// Always fails.
  mlir::LogicalResult addProblem(mlir::Operation *op, const llvm::Twine &what);
  mlir::LogicalResult addUnit(mlir::Operation *anchor,
                              qprep::ComputeUnitAttr attr);
  mlir::LogicalResult collectMembers(Unit &unit);
  mlir::LogicalResult addMembersOf(Unit &unit, mlir::Operation *op);
  void addCapturedMembers(Unit &unit, mlir::Operation *op);
  /// Whether the operand is made by a member of the unit; fails if that is not
  /// what its role says.
  mlir::FailureOr<bool> isInternal(Unit &unit, mlir::OpOperand &operand,
                                   qprep::RoleAttr role);
  void addMember(Unit &unit, mlir::Operation *member);
  void addOperands(Unit &unit);
  mlir::LogicalResult checkMembers(const Unit &unit);
  void checkAllHaveUnits(llvm::ArrayRef<mlir::Operation *> members);

  mlir::Operation *function;
  bool isExact;
  std::vector<Unit> units;
  llvm::DenseMap<mlir::Operation *, unsigned> unitOf;
  /// Ops that are a qprep.member.
  llvm::DenseSet<mlir::Operation *> memberOps;
  std::vector<Problem> problems;
};

} // namespace quantprep

#endif // QUANTPREP_MATCHING_UNITGRAPH_H
