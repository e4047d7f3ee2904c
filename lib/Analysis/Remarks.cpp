//===- Remarks.cpp - Decisions as remarks ---------------------------------===//

#include "QuantPrep/Analysis/Remarks.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void quantprep::emitDecision(const Unit &unit, DecisionAttr attr,
                             StringRef label) {
  Location loc = unit.anchor->getLoc();
  if (!loc.getContext()->getRemarkEngine())
    return;
  std::string text =
      (stringifyEnum(unit.kind) + " is " + stringifyEnum(attr.getDecision()))
          .str();
  if (!attr.getRule())
    remark::passed(loc, ruleRemark(label)) << text;
  else
    remark::missed(loc, ruleRemark(attr.getRule().getValue()))
        << text + ", since " + attr.getReason().getValue().str();
}
