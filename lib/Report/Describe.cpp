//===- Describe.cpp - One op of a prepared module, in words ---------------===//

#include "QuantPrep/Report/Describe.h"

#include "Ranges.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

static void describeObserver(ObserverOp observer, raw_ostream &os) {
  ObserverAttr spec = observer.getSpec();
  os << "**Observer** " << observer.getId() << ": "
     << stringifyEnum(spec.getKind()) << " for " << dtypeName(spec.getDtype());
  if (std::optional<Scheme> scheme = spec.getScheme())
    os << ", " << stringifyEnum(*scheme);
  os << '\n';
  if (!hasRanges(observer)) {
    os << "* not calibrated\n";
    return;
  }
  ObserverRanges ranges = describeRanges(observer);
  RangeText text = describeInWords(ranges);
  os << "* range " << text.seen << '\n';
  if (ranges.chosen.empty())
    return;
  os << "* scale " << text.scale << ", zero point " << text.zeroPoint << '\n';
  if (ranges.saturated)
    os << "* saturated " << text.saturated << '\n';
}

static void describeUnit(const UnitInfo &info, Operation *op, raw_ostream &os) {
  os << "**Unit** `" << info.kind << '`';
  if (!info.label.empty())
    os << ' ' << info.label;
  os << " is " << stringifyEnum(info.decision) << '\n';
  if (info.members.size() > 1)
    os << "* `" << op->getName() << "` is one of its " << info.members.size()
       << " ops\n";
  if (info.pattern.size() > 1)
    os << "* fused: " << llvm::join(info.pattern, " < ") << '\n';
  if (!info.reason.empty())
    os << "* " << (info.rule.empty() ? "" : info.rule.str() + ": ")
       << info.reason << '\n';
  if (!info.qconfig.empty())
    os << "* qconfig `" << info.qconfig << "`\n";
  for (StringRef observer : info.observers)
    os << "* observer `@" << observer << "`\n";
  if (!info.sharedWith.empty())
    os << "* shares its observer with " << llvm::join(info.sharedWith, ", ")
       << '\n';
}

/// The unit of an op, if all annotations of the module fit.
static void describeUnitOf(Operation *op, ModuleOp module, raw_ostream &os) {
  ScopedDiagnosticHandler ignoreErrors(module.getContext(),
                                       [](Diagnostic &) { return success(); });
  FailureOr<Model> model = buildModel(module);
  if (failed(model))
    return;
  for (const std::unique_ptr<FunctionModel> &function : model->functions) {
    if (!function->getFunction()->isProperAncestor(op))
      continue;
    const Unit *unit = function->getGraph().getUnit(op);
    for (const UnitEntry &entry : function->getUnits())
      if (unit ? entry.unit == unit : entry.anchor == op)
        describeUnit(function->describe(entry), op, os);
  }
}

std::string report::describeOp(Operation *op, ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto observer = dyn_cast<ObserverOp>(op)) {
    describeObserver(observer, os);
  } else if (auto place = dyn_cast<ObservationOpInterface>(op)) {
    if (auto observer = SymbolTable::lookupNearestSymbolFrom<ObserverOp>(
            op, place.getObserverAttr()))
      describeObserver(observer, os);
  } else {
    describeUnitOf(op, module, os);
  }
  return text;
}
