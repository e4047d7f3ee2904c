//===- Remarks.cpp - Decisions as remarks ---------------------------------===//

#include "QuantPrep/Analysis/Remarks.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void quantprep::emitDecision(const Unit &unit, DecisionAttr attr,
                             StringRef label) {
  Location loc = unit.anchor->getLoc();
  remark::detail::RemarkEngine *engine = attr.getContext()->getRemarkEngine();
  if (!engine)
    return;
  auto remark = attr.getRule()
                    ? engine->emitOptimizationRemarkMiss(
                          loc, ruleRemark(attr.getRule().getValue()))
                    : engine->emitOptimizationRemark(loc, ruleRemark(label));
  if (!remark)
    return;
  std::string text =
      (stringifyEnum(unit.kind) + " is " + stringifyEnum(attr.getDecision()))
          .str();
  if (attr.getRule())
    text += ", since " + attr.getReason().getValue().str();
  remark << text;
}
