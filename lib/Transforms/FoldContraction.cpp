//===- FoldContraction.cpp - Weights and biases that are changed ----------===//

#include "FoldContraction.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Models/ChannelBias.h"

#include "mlir/Interfaces/DestinationStyleOpInterface.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// Reading a unit
//===----------------------------------------------------------------------===//

/// The operand of an op that has a role in its unit; null if there is none.
static OpOperand *findRole(Operation *op, OperandRole role) {
  ArrayRef<RoleAttr> roles = annotations::getMembership(op).getRoles();
  for (OpOperand &operand : op->getOpOperands())
    if (operand.getOperandNumber() < roles.size() &&
        roles[operand.getOperandNumber()].getRole() == role)
      return &operand;
  return nullptr;
}

std::optional<FoldableLayer> FoldableLayer::create(const Unit &unit) {
  if (!isLayer(unit.kind) || unit.anchor->getNumResults() != 1)
    return std::nullopt;
  FoldableLayer layer;
  for (Operation *member : unit.members) {
    auto quantizable = dyn_cast<QuantizableOpInterface>(member);
    OpOperand *weight = findRole(member, OperandRole::weight);
    if (!quantizable || !weight)
      continue;
    ChannelDims dims =
        quantizable.getOutputChannelDims(weight->getOperandNumber());
    if (layer.op || dims.weight.empty())
      return std::nullopt;
    layer.op = member;
    layer.weight = weight;
    layer.weightAxes = dims.weight;
    layer.opAxes = dims.result;
  }
  if (!layer.op || !layer.findResult(unit))
    return std::nullopt;
  layer.findInput(unit);
  return layer;
}

static SmallVector<int64_t, 2> getSizes(Value value, ArrayRef<int64_t> axes) {
  SmallVector<int64_t, 2> sizes;
  for (int64_t axis : axes)
    sizes.push_back(cast<ShapedType>(value.getType()).getDimSize(axis));
  return sizes;
}

/// Follows the result to the end of the unit, and meets the bias on the way.
bool FoldableLayer::findResult(const Unit &unit) {
  auto weightType = dyn_cast<RankedTensorType>(weight->get().getType());
  result = op->getResult(0);
  if (!isa<RankedTensorType>(result.getType()) || !weightType ||
      !weightType.hasStaticShape())
    return false;
  resultAxes = opAxes;
  opSizes = resultSizes = getSizes(result, opAxes);
  if (llvm::any_of(opSizes, ShapedType::isDynamic))
    return false;
  if (OpOperand *added = findRole(op, OperandRole::bias))
    bias = {added, getBiasAxes(*added, opAxes), opSizes};
  while (result.getDefiningOp() != unit.anchor) {
    if (!result.hasOneUse())
      return false;
    OpOperand &use = *result.use_begin();
    Operation *user = use.getOwner();
    std::optional<ChannelAxes> axes = quantprep::getResultAxes(use, resultAxes);
    if (!axes || user->getNumResults() != 1)
      return false;
    resultAxes = *axes;
    result = user->getResult(0);
    resultSizes = getSizes(result, resultAxes);
    if (OpOperand *added = findRole(user, OperandRole::bias)) {
      std::optional<ChannelAxes> biasAxes = getOperandAxes(*added, resultAxes);
      if (bias.operand || !biasAxes)
        return false;
      bias = {added, *biasAxes, resultSizes};
    }
  }
  return true;
}

/// Follows the input back to the beginning of the unit.
void FoldableLayer::findInput(const Unit &unit) {
  auto quantizable = cast<QuantizableOpInterface>(op);
  weightInputAxis = quantizable.getInputChannelAxis(weight->getOperandNumber());
  unsigned number = weight->getOperandNumber() == 0 ? 1 : 0;
  OpOperand *at = &op->getOpOperand(number);
  std::optional<int64_t> axis = quantizable.getInputChannelAxis(number);
  while (axis) {
    Operation *producer = at->get().getDefiningOp();
    if (!producer || !llvm::is_contained(unit.members, producer))
      break;
    std::optional<ChannelAxes> axes =
        producer->getNumOperands() == 0 || !producer->hasOneUse()
            ? std::nullopt
            : getOperandAxes(producer->getOpOperand(0), {*axis});
    if (!axes || axes->front() < 0)
      return;
    axis = axes->front();
    at = &producer->getOpOperand(0);
  }
  input = at;
  inputAxis = axis;
}

int64_t FoldableLayer::countChannels() const {
  return ShapedType::getNumElements(opSizes);
}

std::string FoldableLayer::read() {
  weightElements = readElements(getUnobserved(weight->get()));
  if (!weightElements)
    return "the weight of the layer is no constant, or one that is computed";
  int64_t channels = 1;
  for (int64_t axis : weightAxes)
    channels *= weightElements->type.getDimSize(axis);
  if (channels != countChannels())
    return "the weight of the layer has no part for each channel";
  biasValues = {{0}};
  if (!bias.operand)
    return {};
  ChannelEvaluator evaluator(Value(), {}, bias.sizes);
  std::optional<ChannelAffine> found =
      evaluator.evaluate(bias.operand->get(), bias.axes);
  if (!found || !found->isConstant())
    return "the bias of the layer is no constant of one value per channel";
  biasValues = found->shift;
  if (biasValues.isElided() && !weightElements->isElided())
    return "the bias of the layer was printed without its elements";
  return {};
}

//===----------------------------------------------------------------------===//
// Changing weight and bias
//===----------------------------------------------------------------------===//

template <typename Callback>
void FoldableLayer::forEachElement(Callback callback) const {
  auto type = cast<RankedTensorType>(weight->get().getType());
  ArrayRef<int64_t> shape = type.getShape();
  SmallVector<int64_t> steps(shape.size(), 0), index(shape.size(), 0);
  int64_t stride = 1;
  for (int64_t axis : llvm::reverse(weightAxes)) {
    steps[axis] = stride;
    stride *= shape[axis];
  }
  int64_t channel = 0;
  for (int64_t i = 0, e = type.getNumElements(); i < e; ++i) {
    callback(i, channel, weightInputAxis ? index[*weightInputAxis] : 0);
    for (int64_t dim = shape.size() - 1; dim >= 0; --dim) {
      channel += steps[dim];
      if (++index[dim] < shape[dim])
        break;
      channel -= steps[dim] * shape[dim];
      index[dim] = 0;
    }
  }
}

/// The old constant stays for others that use it.
void FoldableLayer::setWeight(ArrayRef<double> values) {
  OpBuilder builder(op);
  auto type = cast<ShapedType>(weight->get().getType());
  replaced.push_back(weight->get().getDefiningOp());
  weight->set(createConstant(builder, weight->get().getLoc(), op,
                             makeElements(type, values, *weightElements)));
}

/// In the operand that there is, or where the op itself takes one; else behind
/// the layer.
Value FoldableLayer::setBias(const ChannelVector &values) {
  if (!bias.operand && values.isAll(0))
    return result;
  // Only a weight without elements goes with such a bias.
  ConstantElements like{{}, {0}, {}};
  if (values.isElided())
    like = *weightElements;
  auto expand = [&](const ChannelVector &vector) {
    std::vector<double> all;
    for (int64_t i = 0; i < countChannels() && !vector.isElided(); ++i)
      all.push_back(vector.at(i));
    return all;
  };
  OpBuilder builder(op);
  if (bias.operand)
    replaced.push_back(bias.operand->get().getDefiningOp());
  else if (auto structured = dyn_cast<DestinationStyleOpInterface>(op))
    replaced.push_back(structured.getDpsInits().front().getDefiningOp());
  std::vector<double> all = expand(values);
  bool isSet = bias.operand
                   ? setBiasOperand(builder, *bias.operand, bias.axes,
                                    {all, bias.sizes, like})
                   : addBiasOperand(builder, op, opAxes, {all, opSizes, like});
  if (isSet)
    return result;
  // What the old bias adds already.
  for (auto [channel, value] : llvm::enumerate(all))
    value -= biasValues.at(channel);
  return addToChannels(builder, op, result, resultAxes,
                       {all, resultSizes, like});
}

Value FoldableLayer::foldResult(const ChannelAffine &affine) {
  std::vector<double> values;
  if (!weightElements->isElided() && !affine.scale.isElided()) {
    bool isUniform =
        weightElements->isSplat() && affine.scale.values.size() == 1;
    if (isUniform) {
      values = {weightElements->at(0) * affine.scale.at(0)};
    } else {
      values.resize(weightElements->type.getNumElements());
      forEachElement([&](int64_t i, int64_t channel, int64_t) {
        values[i] = weightElements->at(i) * affine.scale.at(channel);
      });
    }
  }
  setWeight(values);
  return setBias(compose(affine, {{{0}}, biasValues}).shift);
}

std::string FoldableLayer::checkInput(const ChannelAffine &affine) const {
  if (!input || !inputAxis || !weightInputAxis)
    return "the channels of the layer's input are not told apart";
  auto quantizable = cast<QuantizableOpInterface>(op);
  if (!affine.shift.isAll(0) && quantizable.readsBeyondEdges())
    return "the layer behind it reads beyond the edges of its input, where "
           "there is nothing to shift";
  int64_t channels =
      cast<ShapedType>(weight->get().getType()).getDimSize(*weightInputAxis);
  for (const ChannelVector *vector : {&affine.scale, &affine.shift})
    if (vector->values.size() > 1 && int64_t(vector->values.size()) != channels)
      return "the layer behind it has groups of channels";
  return {};
}

Value FoldableLayer::foldInput(const ChannelAffine &affine) {
  ChannelVector added = biasValues;
  std::vector<double> values;
  if (weightElements->isElided() || affine.scale.isElided() ||
      affine.shift.isElided()) {
    if (!affine.shift.isAll(0))
      added = {};
  } else {
    added.values.assign(countChannels(), 0);
    values.resize(weightElements->type.getNumElements());
    forEachElement([&](int64_t i, int64_t channel, int64_t from) {
      double old = weightElements->at(i);
      values[i] = old * affine.scale.at(from);
      added.values[channel] += old * affine.shift.at(from);
    });
    for (auto [channel, value] : llvm::enumerate(added.values))
      value += biasValues.isElided() ? NAN : biasValues.at(channel);
    if (biasValues.isElided())
      added = {};
  }
  setWeight(values);
  return setBias(added);
}

std::optional<std::vector<double>> FoldableLayer::sumOverInputs(
    ArrayRef<double> inputMeans,
    function_ref<double(double, int64_t)> change) const {
  auto type = cast<ShapedType>(weight->get().getType());
  int64_t channels = countChannels(), inputs = inputMeans.size();
  if (!weightInputAxis || weightElements->isElided())
    return std::nullopt;
  // Channels of a group follow each other; a weight that has groups along a
  // dimension of its own does not say which of the input's they are.
  int64_t perGroup = type.getDimSize(*weightInputAxis);
  bool hasGroupAxis = weightAxes.size() > 1 &&
                      !llvm::is_contained(weightAxes, *weightInputAxis);
  if (hasGroupAxis || inputs % perGroup != 0 ||
      channels % (inputs / perGroup) != 0)
    return std::nullopt;
  int64_t channelsPerGroup = channels / (inputs / perGroup);
  bool isDepthwise = llvm::is_contained(weightAxes, *weightInputAxis);
  std::vector<double> sums(channels);
  forEachElement([&](int64_t i, int64_t channel, int64_t from) {
    int64_t group = isDepthwise ? 0 : channel / channelsPerGroup;
    sums[channel] += change(weightElements->at(i), channel) *
                     inputMeans[group * perGroup + from];
  });
  return sums;
}

void FoldableLayer::shiftBias(ArrayRef<double> shifts) {
  ChannelVector values;
  for (auto [channel, shift] : llvm::enumerate(shifts))
    values.values.push_back(biasValues.at(channel) + shift);
  setBias(values);
}
