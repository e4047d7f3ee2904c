//===- FuseUnits.cpp - Matches of the backend's patterns (F8) -------------===//
//
// Runs on the units that qprep-match-units found, for the backend in the
// configuration of the module.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Config/Backend.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/Fusions.h"
#include "QuantPrep/Transforms/Passes.h"

#include "llvm/ADT/BitVector.h"

namespace quantprep {
#define GEN_PASS_DEF_FUSEUNITS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// Units, as patterns of a backend see them. None of them takes the call of a
/// standalone or custom function (F9).
class UnitMatchGraph : public MatchGraph {
public:
  explicit UnitMatchGraph(const UnitGraph &graph)
      : graph(graph), makers(graph.getUnits().size()),
        taken(graph.getUnits().size()) {}

  const Maker *getMaker(Value value) const final {
    const Unit *unit = graph.getProducer(value);
    if (!unit || isTaken(*unit))
      return nullptr;
    std::unique_ptr<Made> &made = makers[graph.getIndex(*unit)];
    if (!made && unit->anchor->getNumResults() == 1 && !isCall(*unit))
      made = make(*unit);
    return made ? &made->maker : nullptr;
  }

  /// To be told when a unit is in no match to come, so that there are few
  /// makers at a time.
  void forget(const Unit &unit) { makers[graph.getIndex(unit)].reset(); }

  /// Inner units have one user each, which may be a return. Nothing is fused
  /// into a branch or a loop.
  bool accepts(ArrayRef<Operation *> anchors) const final {
    Operation *last = anchors.front();
    return llvm::all_of(anchors.drop_front(), [&](Operation *anchor) {
      return isBefore(anchor, last) && hasOneUser(anchor->getResult(0));
    });
  }

  void take(Operation *anchor) {
    taken.set(graph.getIndex(*graph.getUnit(anchor)));
  }
  bool isTaken(const Unit &unit) const {
    return taken.test(graph.getIndex(unit));
  }

private:
  struct Made {
    Maker maker;
    SmallVector<Value, 4> operands;
  };

  static std::unique_ptr<Made> make(const Unit &unit) {
    auto made = std::make_unique<Made>();
    for (const UnitOperand &operand : unit.operands)
      made->operands.push_back(operand.value);
    made->maker = {unit.anchor, unit.kind, made->operands};
    return made;
  }
  /// A unit that uses the value twice is one user.
  bool hasOneUser(Value value) const {
    const void *first = nullptr;
    return !anyUse(value, [&](OpOperand &use) {
      const Unit *unit = graph.getUnit(use.getOwner());
      const void *user =
          unit ? static_cast<const void *>(unit) : use.getOwner();
      bool isOther = first && first != user;
      first = user;
      return isOther;
    }) && first;
  }

  const UnitGraph &graph;
  /// One for each unit, made when it is asked for.
  mutable std::vector<std::unique_ptr<Made>> makers;
  llvm::BitVector taken;
};

/// Resolves weights and biases with the backend: one counts as such only if the
/// entry for the kind says so; else it is an activation (F6).
class RoleResolver {
public:
  RoleResolver(const Backend &backend, MLIRContext *context)
      : backend(backend), writer(context) {}

  /// Whether an operand of the unit has another role than before.
  bool resolve(const Unit &unit) {
    PatternOp entry = backend.getEntry(unit.kind);
    if (!entry || (entry.getWeight() && entry.getBias()))
      return false;
    bool isChanged = false;
    for (Operation *op : unit.members)
      isChanged |= resolve(op, entry);
    return isChanged;
  }

private:
  bool resolve(Operation *op, PatternOp entry) {
    annotations::Membership membership = annotations::getMembership(op);
    SmallVector<RoleAttr, 4> roles(membership.getRoles());
    auto isOther = [&](RoleAttr role) {
      return (role.getRole() == OperandRole::weight && !entry.getWeight()) ||
             (role.getRole() == OperandRole::bias && !entry.getBias());
    };
    if (llvm::none_of(roles, isOther))
      return false;
    MLIRContext *context = op->getContext();
    for (RoleAttr &role : roles)
      if (isOther(role))
        role = RoleAttr::get(context, OperandRole::input, std::nullopt);
    if (membership.unit)
      writer.set(
          op, annotations::unit,
          ComputeUnitAttr::get(context, membership.unit.getKind(), roles));
    else
      writer.set(op, annotations::member, MemberAttr::get(context, roles));
    return true;
  }

  const Backend &backend;
  annotations::Writer writer;
};

struct FuseUnitsPass : quantprep::impl::FuseUnitsBase<FuseUnitsPass> {
  using FuseUnitsBase::FuseUnitsBase;

  void runOnOperation() final {
    FailureOr<FunctionStep> step =
        FunctionStep::create(getOperation(), getAnalysis<UnitGraph>(),
                             getCachedParentAnalysis<ModuleConfigTables>());
    if (failed(step))
      return signalPassFailure();
    const Backend &backend = step->getTables().backend;
    ValueFacts facts(getOperation());
    UnitMatchGraph subject(step->getGraph());
    annotations::Writer writer(&getContext());
    RoleResolver roles(backend, &getContext());
    bool hasOtherRoles = false;
    for (const Unit &unit : llvm::reverse(step->getGraph().getUnits())) {
      hasOtherRoles |= roles.resolve(unit);
      if (!subject.isTaken(unit) &&
          !matchAt(unit, backend, subject, facts, writer)) {
        writer.remove(unit.anchor, annotations::pattern);
        writer.remove(unit.anchor, annotations::fused);
      }
      // What comes next is before it, and so is all that is fused there.
      subject.forget(unit);
    }
    // Roles are in the units that this was found with.
    if (!hasOtherRoles)
      markOthersPreserved<Fusions>();
  }

  /// Tries the patterns, longest first, then in the backend's order. Whether
  /// one matches; its units are annotated then.
  static bool matchAt(const Unit &last, const Backend &backend,
                      UnitMatchGraph &subject, const ValueFacts &facts,
                      annotations::Writer &writer) {
    if (last.anchor->getNumResults() != 1 || isCall(last))
      return false;
    for (const KindPattern &pattern :
         backend.getPatterns().getEndingWith(last.kind)) {
      std::optional<Match> found =
          match(pattern, last.anchor->getResult(0), subject, facts);
      if (!found)
        continue;
      for (const MatchedOp &matched : *found) {
        Operation *anchor = matched.maker->op;
        bool isLast = anchor == last.anchor;
        subject.take(anchor);
        writer.set(anchor, annotations::pattern,
                   isLast ? backend.getReference(pattern) : SymbolRefAttr());
        isLast ? writer.remove(anchor, annotations::fused)
               : writer.mark(anchor, annotations::fused);
      }
      return true;
    }
    return false;
  }
};
} // namespace
