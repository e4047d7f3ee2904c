//===- UnitParameters.cpp - Weights and biases of units -------------------===//

#include "UnitParameters.h"

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Conversion/Accumulators.h"
#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/Models/ConstantElements.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using namespace quantprep::qprep;

static const UnitOperand *findOperand(const Unit &unit, OperandRole role) {
  auto found = llvm::find_if(unit.operands, [&](const UnitOperand &operand) {
    return operand.getRole() == role;
  });
  return found == unit.operands.end() ? nullptr : &*found;
}

//===----------------------------------------------------------------------===//
// Accumulators
//===----------------------------------------------------------------------===//

namespace {
/// Where a value is observed, with parameters.
struct Quantized {
  ObservationOpInterface place;
  ObserverOp observer;

  explicit operator bool() const { return observer != nullptr; }
};
} // namespace

/// What an operand is quantized by, at its use or before it was moved.
static Quantized findQuantized(Value value, SymbolTableCollection &symbols) {
  while (Operation *op = value.getDefiningOp()) {
    if (ObservationOpInterface place = getObservation(op)) {
      auto observer = place.getObserverAttr()
                          ? symbols.lookupNearestSymbolFrom<ObserverOp>(
                                place, place.getObserverAttr())
                          : ObserverOp();
      if (observer && observer.getQparams() &&
          !observer.getSpec().hasFloatDType())
        return {place, observer};
    }
    if (op->getNumOperands() == 0)
      break;
    value = op->getOperand(0);
  }
  return {};
}

/// The factors for the scales of a unit's weight; empty for none.
static SmallVector<double> getGrowth(const UnitOperand &bias, ObserverOp weight,
                                     ObserverOp input) {
  QParamsAttr factors = *weight.getQparams(), codes = *input.getQparams();
  std::optional<ConstantElements> elements = readElements(bias.value);
  bool isSymmetric = llvm::all_of(factors.getZeroPoint().asArrayRef(),
                                  [](int64_t zero) { return zero == 0; });
  if (!elements || elements->isElided() || !isSymmetric ||
      codes.getScale().size() != 1)
    return {};
  int64_t size = elements->type.getNumElements();
  SmallVector<double> values;
  for (int64_t i = 0; i < size; ++i)
    values.push_back(elements->at(i));
  // Of a depthwise convolution each channel has several filters.
  int64_t repeat = std::max<int64_t>(1, size / factors.getScale().size());
  unsigned width = input.getSpec().getDtype().getIntOrFloatBitWidth();
  return getScaleGrowth(
      factors.getScale().asArrayRef(), codes.getScale().asArrayRef().front(),
      getMostBias(getAccumulatorWidth(width)), values, repeat);
}

static void fitAccumulator(const Unit &unit, SymbolTableCollection &symbols) {
  const UnitOperand *weight = findOperand(unit, OperandRole::weight);
  const UnitOperand *bias = findOperand(unit, OperandRole::bias);
  const UnitOperand *input = findOperand(unit, OperandRole::input);
  // A bias that is added behind the product is one more reason to stay float.
  if (!weight || !bias || !input ||
      weight->uses.front()->getOwner() != bias->uses.front()->getOwner())
    return;
  Quantized factors = findQuantized(weight->uses.front()->get(), symbols);
  Quantized codes = findQuantized(input->uses.front()->get(), symbols);
  if (!factors || !codes)
    return;
  SmallVector<double> growth =
      getGrowth(*bias, factors.observer, codes.observer);
  if (growth.empty())
    return;
  QParamsAttr old = *factors.observer.getQparams();
  SmallVector<double> scales(old.getScale().asArrayRef());
  for (auto [scale, factor] : llvm::zip_equal(scales, growth))
    scale *= factor;
  // Others may share the observer.
  ObserverOp raised = factors.observer.clone();
  raised.setQparamsAttr(QParamsAttr::get(
      raised.getContext(), DenseF64ArrayAttr::get(raised.getContext(), scales),
      old.getZeroPoint()));
  SymbolTable &table = symbols.getSymbolTable(factors.observer->getParentOp());
  factors.place.setObserver(FlatSymbolRefAttr::get(table.insert(raised)));
}

LogicalResult compare::fitAccumulators(ModuleOp calibrated) {
  SymbolTableCollection symbols;
  return forEachLabelledUnit(
      calibrated, [&](const UnitGraph &, const Unit &unit, std::string) {
        fitAccumulator(unit, symbols);
      });
}

//===----------------------------------------------------------------------===//
// Parameters by what was seen
//===----------------------------------------------------------------------===//

FailureOr<DenseMap<StringAttr, FlatSymbolRefAttr>>
compare::addSeenObservers(ModuleOp module) {
  // Calibration has warned of what they have seen; where that was not written,
  // the parameters are all there is.
  ScopedDiagnosticHandler quiet(module.getContext(),
                                [](Diagnostic &) { return success(); });
  OwningOpRef<ModuleOp> chosen(ModuleOp::create(module.getLoc()));
  for (ObserverOp observer : module.getOps<ObserverOp>())
    if (observer.getQparams() && observer.getStatistics() &&
        succeeded(readStatistics(observer))) {
      ObserverOp copy = observer.clone();
      copy.removeQparamsAttr();
      chosen->push_back(copy);
    }
  PassManager pm(module.getContext());
  pm.addPass(createChooseQParams());
  if (failed(pm.run(*chosen)))
    return failure();
  DenseMap<StringAttr, FlatSymbolRefAttr> names;
  SymbolTable table(module);
  for (ObserverOp observer :
       llvm::make_early_inc_range(chosen->getOps<ObserverOp>())) {
    StringAttr name = observer.getSymNameAttr();
    auto original = table.lookup<ObserverOp>(name);
    if (observer.getQparamsAttr() == original.getQparamsAttr())
      continue;
    observer->remove();
    names[name] = FlatSymbolRefAttr::get(table.insert(observer));
  }
  return names;
}

//===----------------------------------------------------------------------===//
// Parameters that are not those of the float module
//===----------------------------------------------------------------------===//

/// The constant that a parameter is made of, by ops with one operand of data.
static Operation *findConstant(Value value) {
  for (value = getUnobserved(value); Operation *op = value.getDefiningOp();
       value = getUnobserved(op->getOperand(0))) {
    Attribute elements;
    if (matchPattern(op, m_Constant(&elements)))
      return op;
    if (op->getNumOperands() == 0)
      break;
  }
  return nullptr;
}

/// Blobs of two files have two names, whatever is in them.
static bool areEqual(Operation *constant, Operation *other) {
  Attribute values[2];
  matchPattern(constant, m_Constant(&values[0]));
  matchPattern(other, m_Constant(&values[1]));
  if (values[0] == values[1])
    return true;
  auto blob = dyn_cast<DenseResourceElementsAttr>(values[0]);
  auto otherBlob = dyn_cast<DenseResourceElementsAttr>(values[1]);
  if (blob && otherBlob && blob.getRawHandle().getBlob() &&
      otherBlob.getRawHandle().getBlob())
    return blob.getRawHandle().getBlob()->getData() ==
           otherBlob.getRawHandle().getBlob()->getData();
  std::optional<ConstantElements> elements = readElements(values[0]);
  std::optional<ConstantElements> otherElements = readElements(values[1]);
  return elements && otherElements && elements->values == otherElements->values;
}

SmallVector<ChangedParameter>
compare::findChangedParameters(const UnitGraph &units,
                               const UnitGraph &floatUnits) {
  UnitLabels labels(units), floatLabels(floatUnits);
  llvm::StringMap<const Unit *> byLabel;
  for (const Unit &unit : floatUnits.getUnits())
    byLabel[floatLabels.get(unit)] = &unit;
  SmallVector<ChangedParameter> changed;
  DenseSet<Operation *> seen;
  for (const Unit &unit : units.getUnits()) {
    const Unit *original = byLabel.lookup(labels.get(unit));
    if (!original || original->operands.size() != unit.operands.size())
      continue;
    for (auto [operand, other] :
         llvm::zip_equal(unit.operands, original->operands)) {
      if (!llvm::is_contained({OperandRole::weight, OperandRole::bias},
                              operand.getRole()) ||
          operand.attr != other.attr)
        continue;
      Operation *constant = findConstant(operand.value);
      Operation *expected = findConstant(other.value);
      if (constant && expected && !areEqual(constant, expected) &&
          constant->getResultTypes() == expected->getResultTypes() &&
          seen.insert(constant).second)
        changed.push_back({&unit, constant, expected});
    }
  }
  return changed;
}
