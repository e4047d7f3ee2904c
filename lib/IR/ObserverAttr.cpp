//===- ObserverAttr.cpp - Textual form of observer specs ------------------===//
//
//   `<` kind `,` dtype (`,` scheme)? (`,` field `=` value)* `>`
//
// Fields are read in any order and printed in one.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace quantprep::qprep;

namespace {
struct Fields {
  std::optional<Scheme> scheme;
  std::optional<int64_t> quantMin, quantMax, axis, bins, upsampleRate,
      zeroPoint, blockSize;
  bool reduceRange = false, dynamic = false, fakeQuant = false;
  FloatAttr eps, averagingConstant, scale;
  llvm::StringSet<> seen;

  ParseResult parse(AsmParser &parser);
  ParseResult parseValue(AsmParser &parser, StringRef name, SMLoc loc);
};
} // namespace

/// A scheme, or `name = value`.
ParseResult Fields::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef name;
  if (parser.parseKeyword(&name))
    return failure();
  if (std::optional<Scheme> parsed = symbolizeScheme(name)) {
    if (!seen.empty())
      return parser.emitError(loc) << "the scheme comes once, after the dtype";
    seen.insert(name);
    scheme = parsed;
    return success();
  }
  if (!seen.insert(name).second)
    return parser.emitError(loc) << "field '" << name << "' is given twice";
  return parseValue(parser, name, loc);
}

ParseResult Fields::parseValue(AsmParser &parser, StringRef name, SMLoc loc) {
  std::pair<StringRef, std::optional<int64_t> *> integers[] = {
      {"quant_min", &quantMin},
      {"quant_max", &quantMax},
      {"axis", &axis},
      {"bins", &bins},
      {"zero_point", &zeroPoint},
      {"upsample_rate", &upsampleRate},
      {"block_size", &blockSize}};
  for (auto [field, value] : integers)
    if (field == name)
      return failure(parser.parseEqual() ||
                     parser.parseInteger(value->emplace()));
  std::pair<StringRef, FloatAttr *> floats[] = {
      {"eps", &eps},
      {"averaging_constant", &averagingConstant},
      {"scale", &scale}};
  for (auto [field, value] : floats) {
    if (field != name)
      continue;
    FailureOr<FloatAttr> parsed;
    if (parser.parseEqual() || failed(parsed = parseF64(parser)))
      return failure();
    *value = *parsed;
    return success();
  }
  std::pair<StringRef, bool *> flags[] = {{"reduce_range", &reduceRange},
                                          {"dynamic", &dynamic},
                                          {"fake_quant", &fakeQuant}};
  for (auto [field, value] : flags) {
    if (field != name)
      continue;
    StringRef keyword;
    if (parser.parseEqual() ||
        parser.parseOptionalKeyword(&keyword, {"true", "false"}))
      return parser.emitError(loc) << "field '" << name << "' is true or false";
    *value = keyword == "true";
    return success();
  }
  return parser.emitError(loc)
         << "unknown scheme or field '" << name
         << "' of an observer; see #qprep.observer in docs/dialect.md";
}

Attribute ObserverAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<ObserverKind> kind = FieldParser<ObserverKind>::parse(parser);
  Type dtype;
  if (failed(kind) || parser.parseComma() || parser.parseType(dtype))
    return {};
  Fields f;
  while (succeeded(parser.parseOptionalComma()))
    if (f.parse(parser))
      return {};
  if (parser.parseGreater())
    return {};
  return parser.getChecked<ObserverAttr>(
      loc, parser.getContext(), *kind, dtype, f.scheme, f.quantMin, f.quantMax,
      f.reduceRange, f.axis, f.dynamic, f.fakeQuant, f.eps, f.averagingConstant,
      f.bins, f.upsampleRate, f.scale, f.zeroPoint, f.blockSize);
}

void ObserverAttr::print(AsmPrinter &printer) const {
  printer << '<' << stringifyEnum(getKind()) << ", " << getDtype();
  if (getScheme())
    printer << ", " << stringifyEnum(*getScheme());
  auto integer = [&](StringRef name, std::optional<int64_t> value) {
    if (value)
      printer << ", " << name << " = " << *value;
  };
  auto flag = [&](StringRef name, bool value) {
    if (value)
      printer << ", " << name << " = true";
  };
  auto real = [&](StringRef name, FloatAttr value) {
    if (!value)
      return;
    printer << ", " << name << " = ";
    printer.printFloat(value.getValue());
  };
  integer("quant_min", getQuantMin());
  integer("quant_max", getQuantMax());
  flag("reduce_range", getReduceRange());
  integer("axis", getAxis());
  flag("dynamic", getDynamic());
  flag("fake_quant", getFakeQuant());
  real("eps", getEps());
  real("averaging_constant", getAveragingConstant());
  integer("bins", getBins());
  integer("upsample_rate", getUpsampleRate());
  real("scale", getScale());
  integer("zero_point", getZeroPoint());
  integer("block_size", getBlockSize());
  printer << '>';
}
