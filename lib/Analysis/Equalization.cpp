//===- Equalization.cpp - What is equalized (F27) -------------------------===//
//
// Equalization moves scale from activations to weights, channel by channel, so
// that it observes both over the input channels. Which dimension that is, the
// op of the contraction knows; from there it is followed back through the ops
// that bring the operand into shape.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Equalization.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ValueFacts.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The dimension of input channels of what this use reads.
static std::optional<int64_t> getInputChannels(const Unit &unit,
                                               OpOperand &use) {
  SmallVector<Operation *> movers;
  OpOperand *at = &use;
  std::optional<int64_t> axis;
  while (!axis) {
    auto op = dyn_cast<QuantizableOpInterface>(at->getOwner());
    if (!op)
      return std::nullopt;
    axis = op.getInputChannelAxis(at->getOperandNumber());
    if (axis)
      break;
    if (!op.movesData() || at->getOperandNumber() != 0 ||
        op.getOperation() == unit.anchor || !op->getResult(0).hasOneUse())
      return std::nullopt;
    movers.push_back(op);
    at = &*op->getResult(0).use_begin();
  }
  for (Operation *op : llvm::reverse(movers))
    if (axis)
      axis = getMovedDimension(op, *axis);
  return axis;
}

/// Another unit that reads the value and has a qconfig, supported or not.
const Unit *Equalization::findOtherUser(const Unit &root, Value value) const {
  const Unit *found = nullptr;
  anyUse(value, [&](OpOperand &use) {
    const Unit *user = graph.getUnit(use.getOwner());
    if (user && user != &root && quantization.getQConfig(*user))
      found = user;
    return found != nullptr;
  });
  return found;
}

static InFlightDiagnostic warn(const Unit &unit) {
  return unit.anchor->emitWarning()
         << stringifyEnum(unit.kind) << " is not equalized: ";
}

SmallVector<EqualizedOperand, 2>
Equalization::getOperands(const Unit &root) const {
  QConfigAttr specs = equalization.getQConfig(root);
  if (!specs)
    return {};
  SmallVector<EqualizedOperand, 2> equalized;
  for (const UnitOperand &operand : root.operands) {
    bool isWeight = operand.getRole() == OperandRole::weight;
    if (!isWeight && operand.getRole() != OperandRole::input)
      continue;
    if (const Unit *other =
            isWeight ? nullptr : findOtherUser(root, operand.value)) {
      InFlightDiagnostic diag = warn(root);
      diag << "its input has another user with a qconfig; assign one of them "
              "none, or leave it out of equalization (F27)";
      diag.attachNote(other->anchor->getLoc()) << "the other user is here";
      return {};
    }
    std::optional<int64_t> axis = getInputChannels(root, *operand.uses.front());
    if (!axis) {
      warn(root) << "the input channels are no dimension of operand "
                 << operand.uses.front()->getOperandNumber() << " of "
                 << operand.uses.front()->getOwner()->getName()
                 << "; leave it out of equalization (F27)";
      return {};
    }
    ObserverAttr spec = isWeight ? specs.getWeight() : specs.getActivation();
    equalized.push_back({&operand, spec.withAxis(*axis)});
  }
  return equalized;
}
