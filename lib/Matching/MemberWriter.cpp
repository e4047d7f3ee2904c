//===- MemberWriter.cpp - Annotations of the ops of units -----------------===//

#include "QuantPrep/Matching/MemberWriter.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

MemberWriter::MemberWriter(MLIRContext *context, const ValueFacts &facts)
    : facts(facts), writer(context) {
  for (unsigned role = 0; role < plainRoles.size(); ++role)
    plainRoles[role] = RoleAttr::get(context, OperandRole(role), std::nullopt);
}

RoleAttr MemberWriter::makeRole(OpOperand &operand, OperandRole role,
                                std::optional<int64_t> axis) {
  bool isActivation =
      role == OperandRole::input || role == OperandRole::element;
  if (!isFloatTensor(operand.get().getType()) ||
      (isActivation && facts.isScalar(operand.get())))
    return getPlainRole(OperandRole::ignored);
  if (role != OperandRole::weight)
    axis = std::nullopt;
  else if (facts.isDequantized(operand.get()))
    // B24: it has its parameters.
    return getPlainRole(OperandRole::ignored);
  else if (axis && *axis < 0)
    *axis += cast<ShapedType>(operand.get().getType()).getRank();
  if (axis && *axis < 0)
    axis = std::nullopt;
  if (!axis)
    return getPlainRole(role);
  if (!lastWeight || lastWeight.getAxis() != axis)
    lastWeight = RoleAttr::get(operand.getOwner()->getContext(), role, axis);
  return lastWeight;
}

void MemberWriter::setMember(Operation *op, bool isAnchor, UnitKind kind,
                             ArrayRef<RoleAttr> roles) {
  if (!isAnchor)
    return writer.set(op, annotations::member,
                      MemberAttr::get(op->getContext(), roles));
  ComputeUnitAttr &unit = lastUnits[unsigned(kind)];
  if (!unit || unit.getRoles() != roles)
    unit = ComputeUnitAttr::get(op->getContext(), kind, roles);
  writer.set(op, annotations::unit, unit);
}

void MemberWriter::remove(Operation *op) {
  writer.remove(op, annotations::unit);
  writer.remove(op, annotations::member);
}
