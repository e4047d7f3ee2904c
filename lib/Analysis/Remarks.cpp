//===- Remarks.cpp - Decisions as remarks ---------------------------------===//

#include "QuantPrep/Analysis/Remarks.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void quantprep::emitDecision(const Unit &unit, DecisionAttr attr,
                             StringRef label) {
  Location loc = unit.anchor->getLoc();
  auto remark = attr.getRule()
                    ? remark::missed(loc, ruleRemark(attr.getRule().getValue()))
                    : remark::passed(loc, ruleRemark(label));
  if (!remark)
    return;
  std::string text =
      (stringifyEnum(unit.kind) + " is " + stringifyEnum(attr.getDecision()))
          .str();
  if (attr.getRule())
    text += ", since " + attr.getReason().getValue().str();
  remark << text;
}
