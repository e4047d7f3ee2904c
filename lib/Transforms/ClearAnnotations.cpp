//===- ClearAnnotations.cpp - Removes working state -----------------------===//
//
// The last step of preparation. What the report and the next stage need stays
// (F31): units, fusions, qconfigs, plans, and what they refer to.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/AssignmentUse.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Transforms/Strip.h"

namespace quantprep {
#define GEN_PASS_DEF_CLEARANNOTATIONS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
struct ClearAnnotationsPass
    : quantprep::impl::ClearAnnotationsBase<ClearAnnotationsPass> {
  using ClearAnnotationsBase::ClearAnnotationsBase;

  void runOnOperation() final {
    llvm::DenseSet<Attribute> used;
    bool foundUnits = false;
    ConfigOp config = findConfig(getOperation());
    AssignmentUse use(config);
    // Ops share few distinct dictionaries.
    llvm::DenseSet<DictionaryAttr> seen;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      use.visit(op);
      DictionaryAttr attrs = op->getRawDictionaryAttrs();
      if (attrs.empty() || !seen.insert(attrs).second)
        return;
      foundUnits |= bool(annotations::getUnit(op));
      if (SymbolRefAttr pattern = annotations::getPattern(op))
        used.insert(pattern);
      for (AssignedAttr assigned :
           {annotations::getAssigned(op), annotations::getEqualization(op)})
        if (assigned && assigned.getQconfig())
          used.insert(assigned.getQconfig());
    });
    if (!config)
      return;
    use.warn();
    // A module without units comes out as it went in (B5).
    if (foundUnits)
      prune(config, used);
    else
      stripPreparation(getOperation());
  }

  /// Keeps what annotations refer to. Assignments and clusters have done their
  /// work.
  static void prune(ConfigOp config, const llvm::DenseSet<Attribute> &used) {
    config.walk([&](Operation *op) {
      if ((isa<PatternOp, QConfigOp>(op) && !used.contains(getReference(op))) ||
          isa<AssignOp, ClusterOp>(op))
        op->erase();
    });
  }
};
} // namespace
