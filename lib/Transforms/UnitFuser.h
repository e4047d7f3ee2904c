//===- UnitFuser.h - Ops to kinds to clusters -------------------*- C++ -*-===//
//
// One walk from the last op to the first. What an op is comes from
// QuantizableOpInterface, what several are together from the clusters, and both
// from the user's own patterns, which go first; this knows neither ops nor
// kinds.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_TRANSFORMS_UNITFUSER_H
#define QUANTPREP_LIB_TRANSFORMS_UNITFUSER_H

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Matching/Clusters.h"
#include "QuantPrep/Matching/MemberWriter.h"
#include "QuantPrep/Matching/OpMatchGraph.h"
#include "QuantPrep/Matching/PDLPatterns.h"

#include "llvm/ADT/SetVector.h"

namespace quantprep {

/// What a match says of the operands of its ops.
struct MatchedUses {
  llvm::DenseMap<mlir::OpOperand *, mlir::Operation *> nodes;
  /// Ops in whose body the match reaches: the rest makes constants there.
  llvm::DenseSet<mlir::Operation *> entered;
  /// Ops whose constants the normal form knows.
  llvm::DenseSet<mlir::Operation *> normalized;
};

/// Finds the units of one function and annotates their ops.
class UnitFuser {
public:
  /// The user's patterns go before the user's clusters (in the
  /// configuration), those before the built-in ones; the first two may be null.
  /// Without `flow`, callees are looked up.
  UnitFuser(mlir::Operation *function, const PDLPatterns *patterns,
            const ConfigTables *config, const Clusters &builtIn,
            const ValueFlow *flow)
      : config(config), builtIn(builtIn), flow(flow), facts(function),
        subject(facts, builtIn.getPatterns()),
        writer(function->getContext(), facts) {
    if (patterns)
      ownPatterns.emplace(*patterns, function->getContext(), facts);
  }

  void run(mlir::Operation *function);

private:
  bool mayEndUnit(mlir::Operation *op);
  void matchOwn(mlir::Operation *op);
  void visit(mlir::Operation *op);
  struct Found {
    qprep::UnitKind kind;
    Match match;
  };
  std::optional<Found> find(QuantizableOpInterface op,
                            const KindPatternSet &clusters);
  std::optional<Found> findCluster(mlir::Operation *op, const Maker &last,
                                   const KindPatternSet &clusters,
                                   Behind behind = {});
  std::optional<Found> findBehindLayer(mlir::Operation *op, const Maker &last,
                                       mlir::Value value,
                                       const KindPatternSet &clusters);
  std::optional<Found> findChannelwise(QuantizableOpInterface op);
  std::optional<Found> findNormalForm(mlir::Operation *op, const Maker &last);
  bool matchUnary(QuantizableOpInterface op);
  bool matchOwnPattern(mlir::Operation *op);
  bool accepts(const UnitMarks &marks);
  void annotate(qprep::UnitKind kind, const Match &match);
  void annotateAlone(mlir::Operation *op, qprep::UnitKind kind);
  void addBroadcasts(llvm::SetVector<mlir::Operation *> &members);
  void annotateMember(mlir::Operation *op, bool isAnchor, qprep::UnitKind kind,
                      const llvm::SetVector<mlir::Operation *> &members,
                      const MatchedUses &uses);
  void annotate(const UnitMarks &marks);
  llvm::SmallVector<OperandRoleInfo> getOwnRoleInfos(mlir::Operation *op);
  llvm::SmallVector<qprep::RoleAttr, 8> getOwnRoles(mlir::Operation *op);
  bool readsParameter(mlir::OpOperand &use);
  bool onlyBringsParameters(QuantizableOpInterface op);
  bool callsBody(mlir::Operation *op);

  std::optional<qprep::UnitKind> getCallKind(mlir::Operation *op) const {
    return config ? config->callees.getKind(op) : std::nullopt;
  }

  const ConfigTables *config;
  const Clusters &builtIn;
  const ValueFlow *flow;
  ValueFacts facts;
  OpMatchGraph subject;
  std::optional<PDLMatcher> ownPatterns;
  MemberWriter writer;
  /// The body that findChannelwise has found last.
  Maker channelwise{nullptr, qprep::UnitKind::opaque, {}};
  /// Ops that only bring weights, biases and masks; those that make masks.
  llvm::DenseSet<mlir::Operation *> bringers, maskBringers;
};

/// Whether an op reads or makes float tensors; `inAndOut`: both.
bool touchesFloatTensors(mlir::Operation *op, bool inAndOut);

} // namespace quantprep

#endif // QUANTPREP_LIB_TRANSFORMS_UNITFUSER_H
