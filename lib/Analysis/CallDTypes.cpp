//===- CallDTypes.cpp - Dtypes at standalone and custom calls -------------===//

#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/BackendSupport.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ListedDType.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

TargetDType quantprep::getListedDType(Operation *op) {
  return TargetDType::quantized(getListedDType(findConfig(op)), false);
}

CallDTypes::CallDTypes(const Unit &unit, const Callees &callees,
                       QConfigAttr qconfig)
    : inputs(unit.operands.size(), TargetDType::floating()) {
  for (Type type : unit.anchor->getResultTypes())
    outputs.push_back(isFloatTensor(type) ? TargetDType::floating()
                                          : TargetDType::none());
  if (unit.kind == UnitKind::standalone)
    setStandalone(unit, callees, bool(qconfig));
  else if (qconfig)
    setCustom(unit, callees.getCustom(unit.anchor).getLstm(), qconfig);
  if (!qconfig) {
    decision = Decision::skipped;
    rule = "F1";
    reason = "it is assigned no qconfig";
  }
}

/// F28, B14: what is listed is quantized, and nothing else. The results are,
/// whatever the qconfig of the call.
void CallDTypes::setStandalone(const Unit &unit, const Callees &callees,
                               bool assigned) {
  TargetDType listed = getListedDType(unit.anchor);
  for (auto [operand, input] : llvm::zip(unit.operands, inputs))
    if (assigned && callees.isQuantizedInput(*operand.uses.front()))
      input = listed;
  for (auto [result, output] : llvm::zip(unit.anchor->getResults(), outputs))
    if (output.isFloat() && callees.isQuantizedResult(result))
      output = listed;
  if (llvm::is_contained(inputs, listed))
    return;
  decision = Decision::float_;
  rule = "F28";
  reason = "its function takes no quantized inputs";
}

/// F29: like a unit that the backend supports whatever its dtypes are.
void CallDTypes::setCustom(const Unit &unit, bool isLSTM, QConfigAttr qconfig) {
  UnitDTypes dtypes(unit.kind, qconfig);
  for (auto [operand, input] : llvm::zip(unit.operands, inputs))
    input = dtypes.getOperand(operand.getRole());
  made = dtypes.getOutput();
  for (TargetDType &output : outputs)
    if (output.isFloat())
      output = made;
  dynamic = dtypes.isDynamic();
  redirects = made.isQuantized();
  observesOutputs = redirects && !isLSTM;
  if (redirects || dynamic)
    return;
  decision = Decision::float_;
  rule = "F29";
  reason = "its qconfig leaves activations float";
}
