//===- Masks.cpp - Which values are masks of a softmax (B17) --------------===//

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ConstantElements.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// What is far below all scores.
static constexpr double lowest = -1e4;

/// Whether an op that makes floats may be part of what makes a mask: it
/// chooses, casts and moves, or turns zeros and ones into masks as in (1 - m) *
/// -10000.
static bool mayMakeMask(QuantizableOpInterface op) {
  if (op.movesData() || op.getFilledScalar())
    return true;
  switch (op.getUnitKind()) {
  case UnitKind::select:
  case UnitKind::cast:
  case UnitKind::add:
  case UnitKind::sub:
  case UnitKind::mul:
  case UnitKind::maximum:
  case UnitKind::minimum:
    return true;
  default:
    return false;
  }
}

/// Whether a constant has an element that low.
static bool hasLowElement(Attribute attr) {
  if (auto number = dyn_cast_or_null<FloatAttr>(attr))
    return number.getValueAsDouble() <= lowest;
  std::optional<ConstantElements> elements =
      attr ? readElements(attr) : std::nullopt;
  return elements && llvm::any_of(elements->values, [](double number) {
           return number <= lowest;
         });
}

namespace {
/// Goes from a mask to what it is made of.
struct MaskWalk {
  bool addOp(Operation *op);

  llvm::SmallSetVector<Value, 16> values;
  bool foundLow = false;
};
} // namespace

/// Whether an op may make a mask; its operands and what its body captures are
/// looked at next.
bool MaskWalk::addOp(Operation *op) {
  Attribute attr;
  if (matchPattern(op, m_Constant(&attr))) {
    foundLow |= hasLowElement(attr);
    return true;
  }
  // B23
  if (!readsElements(op))
    return true;
  if (!isMemoryEffectFree(op))
    return false;
  bool makesFloats = llvm::any_of(op->getResultTypes(), [](Type type) {
    return isa<FloatType>(getElementTypeOrSelf(type));
  });
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  bool readsSizes =
      llvm::all_of(op->getOperandTypes(), llvm::IsaPred<IndexType>);
  bool isKnown =
      !makesFloats || readsSizes || (quantizable && mayMakeMask(quantizable));
  if (op->getNumRegions() == 0 && !isKnown)
    return false;
  for (Value operand : op->getOperands())
    if (!operand.getType().isIndex())
      values.insert(operand);
  bool mayBe = true;
  for (Region &region : op->getRegions())
    for (Operation &inner : region.getOps())
      if (!inner.hasTrait<OpTrait::IsTerminator>())
        mayBe &= addOp(&inner);
  return mayBe;
}

/// Whether a value is made as masks are, and whether a low number is among
/// that.
static std::pair<bool, bool> findMask(Value value) {
  constexpr unsigned maxValues = 64;
  MaskWalk walk;
  walk.values.insert(value);
  for (size_t next = 0; next < walk.values.size(); ++next) {
    if (next == maxValues)
      return {false, false};
    Operation *op = walk.values[next].getDefiningOp();
    // Others are arguments, of the function and of bodies.
    if (op && !walk.addOp(op))
      return {false, false};
  }
  return {true, walk.foundLow};
}

bool ValueFacts::isMask(Value value) const {
  auto [isMade, foundLow] = findMask(value);
  return isMade && foundLow;
}

bool ValueFacts::mayMakeMask(Value value) const {
  return findMask(value).first;
}
