//===- FollowingDTypes.cpp - Units that follow their input (B16) ----------===//

#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/FunctionDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// B16: what follows is quantized only where what it reads is so anyway.
FunctionDTypes::Reason
FunctionDTypes::checkFollowing(const Fusion &match) const {
  const Unit &root = *match.root;
  SmallVector<const UnitOperand *> operands = getSharedOperands(root);
  if (operands.empty())
    return {"B16", "it follows its input, and has no float tensor to follow"};
  const UnitOperand &first = *operands.front();
  if (getMade(first.value, first.producer).isQuantized() ||
      required.contains({first.value, getOperandSpec(first, getQConfig(root))}))
    return {};
  return {"B16", "it follows its input, which is float"};
}

/// B16: what is observed for the sake of units that do not follow, whatever
/// makes it.
void FunctionDTypes::collectRequired() {
  for (const Unit &unit : graph.getUnits()) {
    QConfigAttr qconfig = getQConfig(unit);
    const Fusion *match = matches.lookup(unit);
    if (!qconfig)
      continue;
    if (isCall(unit)) {
      CallDTypes dtypes(unit, callees, qconfig);
      for (auto [operand, wanted] : llvm::zip(unit.operands, dtypes.inputs))
        if (wanted.isQuantized() && !wanted.isDynamic())
          required.insert({operand.value, qconfig.getActivation()});
    } else if (match && match->root == &unit &&
               !backend.getPattern(match->pattern).getFollow() &&
               checkUnit(*match, qconfig).rule.empty()) {
      addRequired(unit, qconfig);
    }
  }
}

void FunctionDTypes::addRequired(const Unit &unit, QConfigAttr qconfig) {
  if (qconfig.getActivation().getKind() == ObserverKind::reuse_input)
    return;
  UnitDTypes dtypes(unit.kind, qconfig);
  for (const UnitOperand &operand : unit.operands) {
    TargetDType wanted = dtypes.getOperand(operand.getRole());
    if (wanted.isQuantized() && !wanted.isDynamic())
      required.insert({operand.value, getOperandSpec(operand, qconfig)});
  }
}

/// The same for listed results (F25).
void FunctionDTypes::collectListedResults() {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  ArrayRef<int64_t> listed =
      step.getConfig().getOutputsQuantized().value_or(ArrayRef<int64_t>());
  if (listed.empty() || !isEntry(step.getConfig(), function))
    return;
  for (Block &block : function.getFunctionBody())
    for (int64_t index : listed) {
      Operation *terminator = block.getTerminator();
      if (terminator->getNumSuccessors() != 0 ||
          index >= terminator->getNumOperands())
        continue;
      Value value = getUnobserved(terminator->getOperand(index));
      const Unit *producer = graph.getProducer(value);
      if (QConfigAttr qconfig = producer ? getQConfig(*producer) : nullptr)
        required.insert({value, qconfig.getActivation()});
    }
}
