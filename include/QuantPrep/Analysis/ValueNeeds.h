//===- ValueNeeds.h - Which values want an observer (T5-T7) -----*- C++ -*-===//
//
// The part of the value placement that does not depend on what is observed
// already: what a value needs by those who make and read it, and how units
// hand on that they are observed. What kinds do is in the backend's patterns;
// nothing here knows one.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_VALUENEEDS_H
#define QUANTPREP_ANALYSIS_VALUENEEDS_H

#include "QuantPrep/Analysis/BoundaryGroups.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

/// The observer that a value wants; false for none.
struct ValueNeed {
  qprep::ObserverAttr spec;
  /// Whether it is the weight of a unit, or of one that it gets to (T6).
  bool isWeight = false;
  /// The unit that wants it.
  mlir::Operation *origin = nullptr;
  /// The value that it was found at, if that is not the value itself.
  mlir::Value from;

  explicit operator bool() const { return bool(spec); }
};

/// How a unit takes part in the value placement.
enum class ValueRole {
  /// It is not observed, and breaks the way of what is.
  breaks,
  /// Its result and what it reads are observed (T5).
  quantizes,
  /// Its result is observed if all that it reads is (T11).
  propagates,
  /// Its result needs no observer if what it reads has one (T10).
  passes
};

/// What the values of a module need. Answers are worked out when they are asked
/// for, so that two observers for a value that nobody wants to observe are no
/// conflict.
class ValueNeeds {
public:
  ValueNeeds(const ConfigTables &tables, const ValueFlow &flow);

  /// To be called for every function whose values are asked for. The graph
  /// stays alive.
  void addFunction(const UnitGraph &graph);

  /// What a value needs, in its own function or inwards of it (T7). Two
  /// different answers are an error, of which failed() tells.
  ValueNeed get(mlir::Value value);
  bool failed() const { return hasFailed; }

  ValueRole getRole(const Unit &unit) const;
  /// Whether units of its kind are quantized in the mode of this run (T18).
  bool isOfMode(const Unit &unit) const;
  /// Whether a use in the function of the value quantizes what it reads.
  bool hasQuantizingUse(mlir::Value value) const;
  /// The unit that makes a value; null for none.
  const Unit *getProducer(mlir::Value value) const;
  /// What a loop carries in one place together with a value, which needs what
  /// any of it does (B1); empty for what no loop carries.
  llvm::ArrayRef<mlir::Value> getCarriedWith(mlir::Value value) const;
  bool isCarried(mlir::Value value) const {
    return carried.lookup(value) != nullptr;
  }

private:
  struct Use {
    const Unit *unit;
    const UnitOperand *operand;
    /// The dimension of output channels of the value that is used.
    std::optional<int64_t> axis;
  };
  using Values = llvm::SmallVector<mlir::Value, 4>;

  void addUse(Use use, mlir::Value value);
  bool quantizes(const Use &use) const;
  const Unit *findDemand(mlir::Value value);
  ValueNeed getOwn(mlir::Value value);
  mlir::Value getKey(mlir::Value value) const;
  ValueNeed getKnown(mlir::Value value) const;
  Values getCalleeValues(mlir::Value value) const;
  Values getReadInwards(mlir::Value value) const;
  Values getInwards(mlir::Value key) const;
  ValueNeed combine(mlir::Value key);
  ValueNeed join(mlir::Value value, llvm::ArrayRef<mlir::Value> inwards);
  void emitConflict(mlir::Value value, const ValueNeed &one,
                    const ValueNeed &other);
  void notePath(mlir::InFlightDiagnostic &diag, ValueNeed need);

  qprep::ConfigOp config;
  const ValueFlow &flow;
  /// The groups of what loops carry.
  const BoundaryGroups carried;
  const Backend &backend;
  const QConfigMapping &mapping;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<Use, 2>> uses;
  llvm::DenseMap<mlir::Operation *, const Unit *> unitOf;
  /// By the key of a value.
  llvm::DenseMap<mlir::Value, ValueNeed> known;
  bool hasFailed = false;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_VALUENEEDS_H
