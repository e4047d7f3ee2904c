//===- Strip.cpp - Undo preparation ---------------------------------------===//
//
// Nothing of the model was moved or wrapped, so that undoing is forgetting:
// observations are replaced by what they observe, the rest is erased (B3).
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Transforms/Strip.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_STRIP
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// Removes annotations. Ops share few distinct dictionaries, each of which is
/// filtered once.
class AnnotationFilter {
public:
  explicit AnnotationFilter(QPrepDialect &dialect)
      : names{dialect.getUnitAttrHelper().getName(),
              dialect.getPartAttrHelper().getName(),
              dialect.getInnerAttrHelper().getName(),
              dialect.getPatternAttrHelper().getName(),
              dialect.getAssignedAttrHelper().getName(),
              dialect.getEqualizationAttrHelper().getName(),
              dialect.getTargetAttrHelper().getName(),
              dialect.getPassedAttrHelper().getName(),
              dialect.getDecisionAttrHelper().getName(),
              dialect.getStandaloneAttrHelper().getName(),
              dialect.getCustomAttrHelper().getName(),
              dialect.getObservedAttrHelper().getName()} {}

  void apply(Operation *op) {
    DictionaryAttr attrs = op->getRawDictionaryAttrs();
    if (attrs.empty())
      return;
    auto [it, isNew] = filtered.try_emplace(attrs, attrs);
    if (isNew) {
      SmallVector<NamedAttribute> kept;
      for (NamedAttribute attr : attrs)
        if (!llvm::is_contained(names, attr.getName()))
          kept.push_back(attr);
      if (kept.size() != attrs.size())
        it->second = DictionaryAttr::getWithSorted(op->getContext(), kept);
    }
    if (it->second != attrs)
      op->setDiscardableAttrs(it->second);
  }

private:
  std::array<StringAttr, 12> names;
  DenseMap<DictionaryAttr, DictionaryAttr> filtered;
};
} // namespace

static bool isOurs(ObservationOpInterface place, StringAttr generated,
                   SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = place.getObserverAttr();
  if (!name || place->hasAttr(generated))
    return true;
  auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(place, name);
  return observer && observer->hasAttr(generated);
}

void quantprep::stripPreparation(Operation *module) {
  auto *dialect = module->getContext()->getOrLoadDialect<QPrepDialect>();
  StringAttr generated = dialect->getGeneratedAttrHelper().getName();
  AnnotationFilter filter(*dialect);
  SmallVector<ObservationOpInterface> places;
  SmallVector<Operation *> symbols;
  module->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isa<SymbolOpInterface>(op) && op->hasAttr(generated)) {
      symbols.push_back(op);
      return WalkResult::skip();
    }
    restoreCallee(op);
    filter.apply(op);
    if (auto place = dyn_cast<ObservationOpInterface>(op))
      places.push_back(place);
    return WalkResult::advance();
  });

  // While the observers are still there to be looked up.
  SymbolTableCollection symbolTables;
  for (ObservationOpInterface place : places) {
    if (!isOurs(place, generated, symbolTables))
      continue;
    for (Value result : place->getResults())
      result.replaceAllUsesWith(place.getInput());
    place->erase();
  }
  for (Operation *symbol : symbols)
    symbol->erase();
}

namespace {
struct StripPass : quantprep::impl::StripBase<StripPass> {
  using StripBase::StripBase;

  void runOnOperation() final { stripPreparation(getOperation()); }
};
} // namespace
