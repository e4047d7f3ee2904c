//===- WeightChannels.cpp - Which dimensions number channels --------------===//

#include "QuantPrep/Analysis/WeightChannels.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ChannelValues.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Of the layer that a use brings a weight to, as dimensions of what is used.
static std::optional<ChannelAxes> findLayerAxes(OpOperand &use,
                                                unsigned depth = 0) {
  constexpr unsigned maxDepth = 8;
  auto op = dyn_cast<QuantizableOpInterface>(use.getOwner());
  if (!op || op->getNumResults() > 1 ||
      !llvm::all_of(op->getResultTypes(), llvm::IsaPred<RankedTensorType>))
    return std::nullopt;
  if (op->getNumResults() == 1 && op.movesData()) {
    if (use.getOperandNumber() != 0 || depth == maxDepth)
      return std::nullopt;
    for (OpOperand &next : op->getResult(0).getUses())
      if (std::optional<ChannelAxes> axes = findLayerAxes(next, depth + 1))
        return getOperandAxes(use, *axes);
    return std::nullopt;
  }
  SmallVector<OperandRoleInfo> roles;
  op.getOperandRoles(roles);
  if (roles[use.getOperandNumber()].role != OperandRole::weight)
    return std::nullopt;
  SmallVector<int64_t, 2> axes =
      op.getOutputChannelDims(use.getOperandNumber()).weight;
  return axes.empty() ? std::nullopt : std::optional<ChannelAxes>(axes);
}

SmallVector<int64_t, 2>
quantprep::getChannelAxes(ObservationOpInterface observation,
                          ObserverAttr spec) {
  if (!spec.getAxis())
    return {};
  // On a buffer an observation has no result.
  Value seen = observation->getNumResults() ? observation->getResult(0)
                                            : observation.getInput();
  for (OpOperand &use : seen.getUses()) {
    std::optional<ChannelAxes> axes = findLayerAxes(use);
    if (!axes)
      continue;
    llvm::sort(*axes);
    for (auto [index, axis] : llvm::enumerate(*axes))
      if (axis != *spec.getAxis() + int64_t(index))
        return {*spec.getAxis()};
    return *axes;
  }
  return {*spec.getAxis()};
}
