//===- Remarks.cpp - Decisions as remarks ---------------------------------===//

#include "QuantPrep/Analysis/Remarks.h"

#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

remark::RemarkOpts quantprep::ruleRemark(StringRef rule, Operation *op) {
  auto opts = remark::RemarkOpts::name(rule).category("qprep");
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    function = op->getParentOfType<FunctionOpInterface>();
  return function ? opts.function(function.getName()) : opts;
}

void quantprep::emitDecision(const Unit &unit, const UnitLabels &labels,
                             PlanAttr plan, StringRef rule) {
  Location loc = unit.anchor->getLoc();
  remark::detail::RemarkEngine *engine = plan.getContext()->getRemarkEngine();
  if (!engine)
    return;
  auto remark =
      plan.getRule()
          ? engine->emitOptimizationRemarkMiss(
                loc, ruleRemark(plan.getRule().getValue(), unit.anchor))
          : engine->emitOptimizationRemark(loc, ruleRemark(rule, unit.anchor));
  if (!remark)
    return;
  std::string text = (labels.get(unit) + ": " + stringifyEnum(unit.kind) +
                      " is " + stringifyEnum(*plan.getDecision()))
                         .str();
  if (plan.getRule())
    text += ", since " + plan.getReason().getValue().str();
  remark << text;
}
