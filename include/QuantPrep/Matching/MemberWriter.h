//===- MemberWriter.h - Annotations of the ops of units ---------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_MEMBERWRITER_H
#define QUANTPREP_TRANSFORMS_MEMBERWRITER_H

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Models/ValueFacts.h"

namespace quantprep {

/// Writes `qprep.unit` and `qprep.member` on the ops of one function, whose
/// facts outlive it. Attributes that follow each other are mostly the same, and
/// made once.
class MemberWriter {
public:
  MemberWriter(mlir::MLIRContext *context, const ValueFacts &facts);

  /// The role of an operand, where it can have one: no constant with one
  /// element is observed, and nothing but float tensors (B10).
  qprep::RoleAttr makeRole(mlir::OpOperand &operand, qprep::OperandRole role,
                           std::optional<int64_t> axis);
  qprep::RoleAttr getPlainRole(qprep::OperandRole role) const {
    return plainRoles[unsigned(role)];
  }

  /// Makes an op the anchor of a unit of this kind, or a part of one.
  void setMember(mlir::Operation *op, bool isAnchor, qprep::UnitKind kind,
                 llvm::ArrayRef<qprep::RoleAttr> roles);
  /// Makes it neither.
  void remove(mlir::Operation *op);

private:
  const ValueFacts &facts;
  annotations::Writer writer;
  /// For each kind, the last unit: mostly the next one is the same.
  std::array<qprep::ComputeUnitAttr, qprep::getMaxEnumValForUnitKind() + 1>
      lastUnits;
  /// Each role without an axis.
  std::array<qprep::RoleAttr, qprep::getMaxEnumValForOperandRole() + 1>
      plainRoles;
  /// The last one with an axis.
  qprep::RoleAttr lastWeight;
};

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_MEMBERWRITER_H
