//===- Plan.cpp - Text of plans -------------------------------------------===//

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// ValuePlanAttr
//===----------------------------------------------------------------------===//

static Attribute emitOldPlan(AsmParser &parser, SMLoc loc) {
  parser.emitError(loc)
      << "a plan of version 2 of the qprep dialect or before, this reader "
         "knows version "
      << QPrepDialect::bytecodeVersion
      << "; strip the module with the release that prepared it, then prepare "
         "it again";
  return {};
}

/// After `by`, or `by weight`: whether no spec follows. Before version 3 of the
/// dialect a plan said where in the qconfig the spec is.
static bool isOfVersion2(AsmParser &parser, bool weight) {
  if (!weight)
    return succeeded(parser.parseOptionalKeyword("activation")) ||
           succeeded(parser.parseOptionalKeyword("output"));
  StringRef keyword;
  return succeeded(parser.parseOptionalComma()) ||
         succeeded(parser.parseOptionalRSquare()) ||
         succeeded(parser.parseOptionalLParen()) ||
         succeeded(parser.parseOptionalKeyword(
             &keyword, {"shared", "requantized", "equalized"}));
}

Attribute ValuePlanAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  Type dtype;
  ObserverAttr spec, equalization;
  bool weight = false, byCalls = false;
  if (parser.parseType(dtype))
    return {};
  if (succeeded(parser.parseOptionalKeyword("by"))) {
    byCalls = succeeded(parser.parseOptionalKeyword("calls"));
    weight = !byCalls && succeeded(parser.parseOptionalKeyword("weight"));
    if (!byCalls && isOfVersion2(parser, weight))
      return emitOldPlan(parser, loc);
    if (!byCalls && parser.parseCustomAttributeWithFallback(spec))
      return {};
  }
  bool shared = succeeded(parser.parseOptionalKeyword("shared"));
  bool requantized = succeeded(parser.parseOptionalKeyword("requantized"));
  if (succeeded(parser.parseOptionalKeyword("equalized"))) {
    if (succeeded(parser.parseOptionalLParen()))
      return emitOldPlan(parser, loc);
    if (parser.parseKeyword("by") ||
        parser.parseCustomAttributeWithFallback(equalization))
      return {};
  }
  return parser.getChecked<ValuePlanAttr>(loc, parser.getContext(), dtype, spec,
                                          weight, byCalls, shared, requantized,
                                          equalization);
}

void ValuePlanAttr::print(AsmPrinter &printer) const {
  printer << getDtype();
  if (getSpec()) {
    printer << " by " << (getWeight() ? "weight " : "");
    printer.printStrippedAttrOrType(getSpec());
  }
  if (getByCalls())
    printer << " by calls";
  if (getShared())
    printer << " shared";
  if (getRequantized())
    printer << " requantized";
  if (getEqualization()) {
    printer << " equalized by ";
    printer.printStrippedAttrOrType(getEqualization());
  }
}

LogicalResult
ValuePlanAttr::verify(function_ref<InFlightDiagnostic()> emitError, Type dtype,
                      ObserverAttr spec, bool, bool, bool, bool,
                      ObserverAttr equalization) {
  if (spec && spec.getDtype() != dtype)
    return emitError() << "the observer must be of the dtype that is planned, "
                       << dtype << ", got: " << spec;
  if (equalization && !equalization.isEqualization())
    return emitError() << "a spec for equalization is required, got: "
                       << equalization;
  return success();
}

//===----------------------------------------------------------------------===//
// PlanAttr
//===----------------------------------------------------------------------===//

using ValuePlans = SmallVector<ValuePlanAttr>;

static ParseResult parseValues(AsmParser &parser, ValuePlans &values) {
  return parser.parseCommaSeparatedList(
      AsmParser::Delimiter::Square, [&]() -> ParseResult {
        auto value =
            cast_if_present<ValuePlanAttr>(ValuePlanAttr::parse(parser, {}));
        values.push_back(value);
        return success(bool(value));
      });
}

static void printValues(AsmPrinter &printer, ArrayRef<ValuePlanAttr> values) {
  printer << '[';
  llvm::interleaveComma(values, printer,
                        [&](ValuePlanAttr value) { value.print(printer); });
  printer << ']';
}

/// `by "F16"` of a decision, or `because "..."`.
static ParseResult parseOptionalText(AsmParser &parser, StringRef keyword,
                                     StringAttr &text) {
  if (failed(parser.parseOptionalKeyword(keyword)))
    return success();
  return parser.parseAttribute(text);
}

/// Each of the three lists is written where it is not empty; those of operands
/// and results go together.
Attribute PlanAttr::parse(AsmParser &parser, Type) {
  std::optional<Decision> decision;
  StringAttr rule, reason;
  ValuePlans operands, results, arguments;
  bool dynamic = false, hasDecision = false;
  StringRef keyword;
  if (parser.parseLess())
    return {};
  if (succeeded(parser.parseOptionalKeyword(
          &keyword, {"observed", "shared", "float", "skipped"}))) {
    decision = symbolizeDecision(keyword);
    hasDecision = true;
    if (parseOptionalText(parser, "by", rule) ||
        parseOptionalText(parser, "because", reason))
      return {};
    dynamic = succeeded(parser.parseOptionalKeyword("dynamic"));
  }
  if (hasDecision && succeeded(parser.parseOptionalGreater()))
    return get(parser.getContext(), decision, rule, reason, dynamic, operands,
               results, arguments);
  if (parseValues(parser, operands) || parser.parseArrow() ||
      parseValues(parser, results))
    return {};
  if (succeeded(parser.parseOptionalComma()) &&
      (parser.parseKeyword("arguments") || parser.parseEqual() ||
       parseValues(parser, arguments)))
    return {};
  if (parser.parseGreater())
    return {};
  return get(parser.getContext(), decision, rule, reason, dynamic, operands,
             results, arguments);
}

void PlanAttr::print(AsmPrinter &printer) const {
  printer << '<';
  if (getDecision())
    printer << stringifyEnum(*getDecision());
  if (getRule())
    printer << " by " << getRule();
  if (getReason())
    printer << " because " << getReason();
  if (getDynamic())
    printer << " dynamic";
  bool hasLists = !getOperands().empty() || !getResults().empty() ||
                  !getArguments().empty();
  if (!getDecision() || hasLists) {
    if (getDecision())
      printer << ' ';
    printValues(printer, getOperands());
    printer << " -> ";
    printValues(printer, getResults());
  }
  if (!getArguments().empty()) {
    printer << ", arguments = ";
    printValues(printer, getArguments());
  }
  printer << '>';
}
