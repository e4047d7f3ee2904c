//===- ObserverText.cpp - The textual form of a spec ----------------------===//
//
// <kind, dtype, scheme, field = value, ...>
//
//===----------------------------------------------------------------------===//

#include "DTypes.h"
#include "ObserverFields.h"

#include "llvm/ADT/StringMap.h"

#include <variant>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The least that `withDefaults` makes the same fields of.
static ObserverFields withoutDefaults(const ObserverFields &all) {
  ObserverFields required{all.kind, all.dtype};
  required.reduceRange = all.reduceRange;
  ObserverFields defaults = required.withDefaults();
  ObserverFields least = all;
  // Only together, as they are read.
  if (all.quantMin == defaults.quantMin && all.quantMax == defaults.quantMax)
    least.quantMin = least.quantMax = std::nullopt;
  auto drop = [](auto &field, const auto &value) {
    if (field == value)
      field = {};
  };
  drop(least.eps, defaults.eps);
  drop(least.averagingConstant, defaults.averagingConstant);
  drop(least.bins, defaults.bins);
  drop(least.upsampleRate, defaults.upsampleRate);
  return least;
}

namespace {
using FieldValue = std::variant<std::optional<int64_t> *, FloatAttr *, bool *>;
} // namespace

static ParseResult parseFieldValue(AsmParser &parser, FieldValue value) {
  if (auto *number = std::get_if<FloatAttr *>(&value)) {
    FailureOr<FloatAttr> parsed = parseF64(parser);
    **number = parsed.value_or(FloatAttr());
    return failure(failed(parsed));
  }
  if (auto *flag = std::get_if<bool *>(&value)) {
    FailureOr<bool> parsed = FieldParser<bool>::parse(parser);
    **flag = parsed.value_or(false);
    return failure(failed(parsed));
  }
  return parser.parseInteger(
      std::get<std::optional<int64_t> *>(value)->emplace());
}

/// The scheme is first if it is there, the fields are in any order.
static ParseResult parseFields(AsmParser &parser, ObserverFields &fields) {
  llvm::StringMap<FieldValue> missing;
  forEachField(fields,
               [&](StringRef name, auto &value) { missing[name] = &value; });
  for (bool isFirst = true; succeeded(parser.parseOptionalComma());
       isFirst = false) {
    SMLoc loc = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name))
      return failure();
    if (isFirst && (fields.scheme = symbolizeScheme(name)))
      continue;
    auto field = missing.find(name);
    if (field == missing.end())
      return parser.emitError(loc)
             << "expected a scheme or a field of an observer that is not there "
                "yet, got: "
             << name;
    if (parser.parseEqual() || parseFieldValue(parser, field->second))
      return failure();
    missing.erase(field);
  }
  return success();
}

Attribute ObserverAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<ObserverKind> kind = FieldParser<ObserverKind>::parse(parser);
  ObserverFields fields;
  if (failed(kind) || parser.parseComma() || parseDType(parser, fields.dtype) ||
      parseFields(parser, fields) || parser.parseGreater())
    return {};
  fields.kind = *kind;
  return applyToAll(fields.withDefaults(), [&](auto... all) {
    return parser.getChecked<ObserverAttr>(loc, parser.getContext(), all...);
  });
}

void ObserverAttr::print(AsmPrinter &printer) const {
  printer << '<' << stringifyEnum(getKind()) << ", " << getDtype();
  if (getScheme())
    printer << ", " << stringifyEnum(*getScheme());
  ObserverFields fields = withoutDefaults(getFields());
  forEachField(fields, [&](StringRef name, const auto &value) {
    if (!value)
      return;
    printer << ", " << name << " = ";
    using ValueT = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<ValueT, bool>)
      printer << "true";
    else if constexpr (std::is_same_v<ValueT, FloatAttr>)
      printer.printFloat(value.getValue());
    else
      printer << *value;
  });
  printer << '>';
}
