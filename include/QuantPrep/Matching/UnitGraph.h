//===- UnitGraph.h - Units and the values between them ----------*- C++ -*-===//
//
// The annotations of a function (qprep.unit, qprep.member), read into one small
// graph, which is what the algorithms walk. Reading is also checking: an
// annotation that no longer fits the ops is an error at the op, never misread.
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
};

/// The units of one function, in program order of their anchors.
class UnitGraph {
public:
  /// An analysis. If the annotations do not fit, errors have been emitted and
  /// isValid is false.
  explicit UnitGraph(mlir::Operation *function);

  bool isValid() const { return valid; }
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

  mlir::LogicalResult addUnit(mlir::Operation *anchor,
                              qprep::ComputeUnitAttr attr);
  mlir::LogicalResult collectMembers(Unit &unit,
                                     llvm::ArrayRef<qprep::RoleAttr> roles);
  void addOperands(Unit &unit, llvm::ArrayRef<qprep::RoleAttr> anchorRoles);
  mlir::LogicalResult checkMembers(const Unit &unit);

  mlir::Operation *function;
  std::vector<Unit> units;
  llvm::DenseMap<mlir::Operation *, unsigned> unitOf;
  /// Ops that are a qprep.member.
  llvm::DenseSet<mlir::Operation *> memberOps;
  bool valid = true;
};

} // namespace quantprep

#endif // QUANTPREP_MATCHING_UNITGRAPH_H
