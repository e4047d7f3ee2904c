//===- Remarks.cpp - Decisions as remarks ---------------------------------===//

#include "QuantPrep/Analysis/Remarks.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void quantprep::emitDecision(const Unit &unit, PlanAttr plan, StringRef label) {
  Location loc = unit.anchor->getLoc();
  remark::detail::RemarkEngine *engine = plan.getContext()->getRemarkEngine();
  if (!engine)
    return;
  auto remark = plan.getRule()
                    ? engine->emitOptimizationRemarkMiss(
                          loc, ruleRemark(plan.getRule().getValue()))
                    : engine->emitOptimizationRemark(loc, ruleRemark(label));
  if (!remark)
    return;
  std::string text =
      (stringifyEnum(unit.kind) + " is " + stringifyEnum(*plan.getDecision()))
          .str();
  if (plan.getRule())
    text += ", since " + plan.getReason().getValue().str();
  remark << text;
}
