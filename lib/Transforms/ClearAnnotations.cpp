//===- ClearAnnotations.cpp - Removes working state -----------------------===//
//
// The last step of preparation. What the report and the next stage need stays
// (F31): units, fusions, qconfigs, plans, and what they refer to.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/AssignmentUse.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Config/ObservedShare.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Transforms/Strip.h"

#include "mlir/IR/Verifier.h"

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
    llvm::SmallDenseSet<UnitKind> kinds;
    ConfigOp config = findConfig(getOperation());
    AssignmentUse use(config);
    ObservedShare share(config);
    // Ops share few distinct dictionaries.
    llvm::DenseSet<DictionaryAttr> seen;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      use.visit(op);
      share.visit(op);
      DictionaryAttr attrs = op->getRawDictionaryAttrs();
      if (attrs.empty() || !seen.insert(attrs).second)
        return;
      if (ComputeUnitAttr unit = annotations::getUnit(op))
        kinds.insert(unit.getKind());
      if (SymbolRefAttr pattern = annotations::getPattern(op))
        used.insert(pattern);
      for (AssignedAttr assigned :
           {annotations::getAssigned(op), annotations::getEqualization(op)})
        if (assigned && assigned.getQconfig())
          used.insert(assigned.getQconfig());
    });
    if (!config)
      return;
    if (failed(use.report()) || failed(share.report()))
      return signalPassFailure();
    // A module without units comes out as it went in (B5).
    if (kinds.empty()) {
      if (failed(stripPreparation(getOperation())))
        signalPassFailure();
      return;
    }
    prune(config, used, kinds);
    if (failed(verify(config)))
      return signalPassFailure();
    markOthersPreserved<ModuleConfigTables>();
  }

  /// Whether a pattern says which operands of a kind are weight and bias (F6).
  static bool tellsRoles(PatternOp pattern,
                         const llvm::SmallDenseSet<UnitKind> &kinds) {
    auto nodes = pattern.getBody().getOps<NodeOp>();
    return (pattern.getWeight() || pattern.getBias()) &&
           llvm::hasSingleElement(nodes) &&
           kinds.contains((*nodes.begin()).getKind());
  }

  /// Keeps what annotations refer to, and what a step that is run again looks
  /// up for the units there are. Assignments and clusters have done their work.
  static void prune(ConfigOp config, const llvm::DenseSet<Attribute> &used,
                    const llvm::SmallDenseSet<UnitKind> &kinds) {
    config.walk([&](Operation *op) {
      if (auto pattern = dyn_cast<PatternOp>(op);
          pattern && tellsRoles(pattern, kinds))
        return;
      if ((isa<PatternOp, QConfigOp>(op) && !used.contains(getReference(op))) ||
          isa<AssignOp, ClusterOp>(op))
        op->erase();
    });
  }
};
} // namespace
