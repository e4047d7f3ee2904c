//===- ClearAnnotations.cpp - Removes working state -----------------------===//
//
// The last step of preparation. What the report and the next stage need stays
// (F31): units, matches, qconfigs, decisions.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/AssignmentUse.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"

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
    llvm::DenseSet<StringAttr> patterns, qconfigs;
    bool foundUnits = false;
    ConfigOp config = findConfig(getOperation());
    AssignmentUse use(config);
    getOperation().walk([&](Operation *op) {
      use.visit(op);
      op->removeDiscardableAttr("qprep.target");
      foundUnits |= op->hasAttr("qprep.unit");
      if (auto pattern = dyn_cast_or_null<SymbolRefAttr>(
              op->getDiscardableAttr("qprep.pattern")))
        patterns.insert(pattern.getLeafReference());
      for (AssignedAttr assigned :
           {annotations::getAssigned(op), annotations::getEqualization(op)})
        if (assigned && assigned.getQconfig())
          qconfigs.insert(assigned.getQconfig().getLeafReference());
    });
    if (!config)
      return;
    use.warn();
    // A module without units comes out as it went in (B5).
    if (!foundUnits)
      return config.erase();
    prune(config, patterns, qconfigs);
  }

  /// Keeps what annotations refer to. Assignments and clusters have done their
  /// work.
  static void prune(ConfigOp config, const llvm::DenseSet<StringAttr> &patterns,
                    const llvm::DenseSet<StringAttr> &qconfigs) {
    config.walk([&](Operation *op) {
      auto pattern = dyn_cast<PatternOp>(op);
      auto qconfig = dyn_cast<QConfigOp>(op);
      if ((pattern && !patterns.contains(pattern.getSymNameAttr())) ||
          (qconfig && !qconfigs.contains(qconfig.getSymNameAttr())) ||
          isa<AssignOp, ClusterOp>(op))
        op->erase();
    });
  }
};
} // namespace
