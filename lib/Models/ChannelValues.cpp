//===- ChannelValues.cpp - Values that are affine per channel -------------===//

#include "QuantPrep/Models/ChannelValues.h"
#include "QuantPrep/Models/ConstantElements.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Chains of constant ops are short; one that is not is left alone.
static constexpr unsigned maxDepth = 64;

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

template <typename Function>
static ChannelVector combine(const ChannelVector &a, const ChannelVector &b,
                             Function function) {
  if (a.isElided() || b.isElided())
    return {};
  ChannelVector result;
  result.values.resize(std::max(a.values.size(), b.values.size()));
  for (auto [channel, value] : llvm::enumerate(result.values))
    value = function(a.at(channel), b.at(channel));
  return result;
}

static ChannelVector operator+(const ChannelVector &a, const ChannelVector &b) {
  return combine(a, b, std::plus<double>());
}
static ChannelVector operator-(const ChannelVector &a, const ChannelVector &b) {
  return combine(a, b, std::minus<double>());
}
/// Nothing is left of what is multiplied by zero, whatever it is.
static ChannelVector operator*(const ChannelVector &a, const ChannelVector &b) {
  if (a.isAll(0) || b.isAll(0))
    return {{0}};
  return combine(a, b, std::multiplies<double>());
}
static ChannelVector operator/(const ChannelVector &a, const ChannelVector &b) {
  if (a.isAll(0) && !b.isAll(0))
    return {{0}};
  return combine(a, b, std::divides<double>());
}

ChannelAffine quantprep::compose(const ChannelAffine &outer,
                                 const ChannelAffine &inner) {
  return {outer.scale * inner.scale, outer.scale * inner.shift + outer.shift};
}

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

/// Of a constant operand.
static std::optional<double> computeOne(UnitKind kind, double x) {
  switch (kind) {
  case UnitKind::sqrt:
    return std::sqrt(x);
  case UnitKind::rsqrt:
    return 1 / std::sqrt(x);
  case UnitKind::reciprocal:
    return 1 / x;
  case UnitKind::exp:
    return std::exp(x);
  case UnitKind::log:
    return std::log(x);
  case UnitKind::abs:
    return std::abs(x);
  default:
    return std::nullopt;
  }
}

static bool isKnownConstantKind(UnitKind kind) {
  return computeOne(kind, 1).has_value();
}

std::optional<ChannelAffine> ChannelEvaluator::evaluateKind(UnitKind kind,
                                                            Operands operands) {
  auto isConstant = [](const ChannelAffine &it) { return it.isConstant(); };
  const ChannelAffine &a = operands[0];
  if (operands.size() == 1) {
    if (kind == UnitKind::cast || kind == UnitKind::identity)
      return a;
    if (kind == UnitKind::neg)
      return ChannelAffine{ChannelVector{{-1}} * a.scale,
                           ChannelVector{{-1}} * a.shift};
    if (isConstant(a) && isKnownConstantKind(kind))
      return ChannelAffine{{{0}},
                           combine(a.shift, a.shift, [&](double x, double) {
                             return *computeOne(kind, x);
                           })};
  }
  if (operands.size() == 2) {
    const ChannelAffine &b = operands[1];
    if (kind == UnitKind::add)
      return ChannelAffine{a.scale + b.scale, a.shift + b.shift};
    if (kind == UnitKind::sub)
      return ChannelAffine{a.scale - b.scale, a.shift - b.shift};
    if (kind == UnitKind::mul && isConstant(b))
      return ChannelAffine{a.scale * b.shift, a.shift * b.shift};
    if (kind == UnitKind::mul && isConstant(a))
      return ChannelAffine{a.shift * b.scale, a.shift * b.shift};
    if (kind == UnitKind::div && isConstant(b))
      return ChannelAffine{a.scale / b.shift, a.shift / b.shift};
    if (llvm::all_of(operands, isConstant) && kind == UnitKind::pow)
      return ChannelAffine{{{0}},
                           combine(a.shift, b.shift, [](double x, double y) {
                             return std::pow(x, y);
                           })};
    if (llvm::all_of(operands, isConstant) && kind == UnitKind::maximum)
      return ChannelAffine{{{0}},
                           combine(a.shift, b.shift, [](double x, double y) {
                             return std::max(x, y);
                           })};
  }
  return fail("it has a " + stringifyEnum(kind) +
              ", of which nothing is known per channel");
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

std::optional<ChannelAffine> ChannelEvaluator::fail(const Twine &text) {
  if (reason.empty())
    reason = text.str();
  return std::nullopt;
}

/// A constant that is the same along all other dimensions.
std::optional<ChannelAffine>
ChannelEvaluator::readConstant(Attribute attr, ArrayRef<int64_t> axes) {
  std::optional<ConstantElements> elements = readElements(attr);
  if (!elements)
    return fail("a constant of it is no float of 16, 32 or 64 bits");
  if (elements->isElided() || elements->isSplat())
    return ChannelAffine{{{0}}, {elements->values}};
  ArrayRef<int64_t> shape = elements->type.getShape();
  SmallVector<int64_t> weights(shape.size(), 0);
  int64_t channels = 1;
  for (size_t i = axes.size(); i-- > 0;) {
    if (axes[i] >= 0 && shape[axes[i]] != 1 && shape[axes[i]] != sizes[i])
      return fail("a constant of it has another number of channels");
    if (axes[i] >= 0 && shape[axes[i]] != 1)
      weights[axes[i]] = channels;
    channels *= sizes[i];
  }
  ChannelVector vector{std::vector<double>(channels, NAN)};
  std::vector<bool> seen(channels, false);
  SmallVector<int64_t> index(shape.size(), 0);
  int64_t channel = 0;
  for (double value : elements->values) {
    if (seen[channel] && vector.values[channel] != value)
      return fail("a constant of it is not one value per channel");
    seen[channel] = true;
    vector.values[channel] = value;
    for (int64_t dim = shape.size() - 1; dim >= 0; --dim) {
      channel += weights[dim];
      if (++index[dim] < shape[dim])
        break;
      channel -= weights[dim] * shape[dim];
      index[dim] = 0;
    }
  }
  // Along an axis that it does not have, all is as at its beginning.
  for (int64_t at = 0; at < channels; ++at)
    if (!seen[at]) {
      int64_t from = 0, rest = at, stride = channels;
      for (auto [axis, size] : llvm::zip(axes, sizes)) {
        stride /= size;
        if (axis >= 0 && shape[axis] != 1)
          from += rest / stride * stride;
        rest %= stride;
      }
      vector.values[at] = vector.values[from];
    }
  return ChannelAffine{{{0}}, std::move(vector)};
}

std::optional<ChannelAffine> ChannelEvaluator::evaluate(Value value,
                                                        ArrayRef<int64_t> axes,
                                                        unsigned depth) {
  if (value == base) {
    if (ArrayRef<int64_t>(baseAxes) != axes)
      return fail("its channels are not those of the layer");
    return ChannelAffine{{{1}}, {{0}}};
  }
  Attribute attr;
  if (matchPattern(value, m_Constant(&attr)))
    return readConstant(attr, axes);
  if (depth > maxDepth)
    return fail("its parameters are computed in too many steps");
  if (auto it = known.find(value);
      it != known.end() && ArrayRef<int64_t>(it->second.axes) == axes)
    return it->second.affine;
  auto result = dyn_cast<OpResult>(value);
  if (!result || result.getResultNumber() != 0)
    return fail("its parameters are no constants");
  // A value that leads to itself has no answer yet.
  known[value] = {ChannelAxes(axes), std::nullopt};
  std::optional<ChannelAffine> affine = evaluateOp(result, axes, depth + 1);
  known[value] = {ChannelAxes(axes), affine};
  return affine;
}

/// An op with a body is what its body computes; scalars in it have the axes of
/// its result.
std::optional<ChannelAffine>
ChannelEvaluator::evaluateOp(OpResult result, ArrayRef<int64_t> axes,
                             unsigned depth) {
  auto op = dyn_cast<QuantizableOpInterface>(result.getOwner());
  if (!op)
    return fail("its parameters are no constants");
  if (Value scalar = op.getFilledScalar())
    return evaluate(scalar, ChannelAxes(axes.size(), -1), depth);
  auto evaluateOperand = [&](OpOperand &operand) {
    if (!isa<ShapedType>(operand.get().getType()))
      return evaluate(operand.get(), axes, depth);
    std::optional<ChannelAxes> operandAxes = getOperandAxes(operand, axes);
    return operandAxes ? evaluate(operand.get(), *operandAxes, depth)
                       : fail("channels do not stay together in it");
  };
  if (op.movesData())
    return evaluateOperand(op->getOpOperand(0));
  auto evaluateScalar = [&](Value value) {
    OpOperand *operand = getBodyOperand(value);
    return operand ? evaluateOperand(*operand) : evaluate(value, axes, depth);
  };
  UnitKind kind = op.getUnitKind();
  SmallVector<Value, 3> values = getDataValues(op);
  if (op->getNumRegions() != 0) {
    std::optional<BodyStep> step = op.getBodyStep();
    // A cast alone has no step.
    if (!step && kind == UnitKind::cast && !op->getOperands().empty())
      return evaluateOperand(op->getOpOperand(0));
    if (!step || step->kind == UnitKind::opaque)
      return fail("nothing is known of an op in it");
    kind = step->kind;
    values.assign(step->operands.begin(), step->operands.end());
  }
  if (values.empty() || !op.getReducedDims().empty())
    return fail("it has a " + stringifyEnum(kind) +
                ", of which nothing is known per channel");
  Operands operands;
  for (Value value : values) {
    OpOperand *found = nullptr;
    if (op->getNumRegions() == 0)
      for (OpOperand &operand : op->getOpOperands())
        if (operand.get() == value)
          found = &operand;
    std::optional<ChannelAffine> affine =
        found && isa<ShapedType>(value.getType()) ? evaluateOperand(*found)
                                                  : evaluateScalar(value);
    if (!affine)
      return std::nullopt;
    operands.push_back(std::move(*affine));
  }
  return evaluateKind(kind, std::move(operands));
}
