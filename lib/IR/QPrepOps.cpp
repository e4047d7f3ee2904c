//===- QPrepOps.cpp - Textual form and registration of qprep ops ----------===//
//
// The custom directives of the assembly formats. What ops mean is in
// QPrepObserverOps.cpp and QPrepConfigOps.cpp.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Annotations.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// A visibility keyword, as functions have it, and the symbol's name.
static ParseResult parseSymbolDefinition(OpAsmParser &parser,
                                         StringAttr &visibility,
                                         StringAttr &name) {
  NamedAttrList attrs;
  (void)impl::parseOptionalVisibilityKeyword(parser, attrs);
  visibility = dyn_cast_or_null<StringAttr>(
      attrs.get(SymbolTable::getVisibilityAttrName()));
  return parser.parseSymbolName(name);
}

static void printSymbolDefinition(OpAsmPrinter &printer, Operation *,
                                  StringAttr visibility, StringAttr name) {
  if (visibility)
    printer << visibility.getValue() << ' ';
  printer.printSymbolName(name);
}

/// The mark of what preparation made, on observers: many, so that it is short.
static constexpr StringLiteral generatedKeyword = "generated";

/// The rest of an observer, each part optional: what calibration found, as
/// `, statistics = #attr, qparams = #attr`, `generated` for `qprep.generated`,
/// and other attributes; they may also follow the brace, as on other ops.
static ParseResult parseObserverState(OpAsmParser &parser,
                                      StatisticsAttr &statistics,
                                      QParamsAttr &qparams,
                                      NamedAttrList &attrs) {
  while (succeeded(parser.parseOptionalComma())) {
    SMLoc loc = parser.getCurrentLocation();
    // In quotes it is an attribute of that name.
    bool isGenerated = succeeded(parser.parseOptionalKeyword(generatedKeyword));
    std::string name = annotations::generated.str();
    if (!isGenerated && parser.parseKeywordOrString(&name))
      return failure();
    if (name == "statistics" || name == "qparams") {
      if (parser.parseEqual() ||
          (name == "qparams" ? parser.parseAttribute(qparams).failed()
                             : parser.parseAttribute(statistics).failed()))
        return failure();
      continue;
    }
    Attribute value = parser.getBuilder().getUnitAttr();
    if (succeeded(parser.parseOptionalEqual()) && parser.parseAttribute(value))
      return failure();
    if (attrs.get(name))
      return parser.emitError(loc) << "attribute '" << name << "' given twice";
    attrs.append(name, value);
  }
  return failure(parser.parseRBrace() ||
                 parser.parseOptionalAttrDictWithKeyword(attrs));
}

static void printObserverState(OpAsmPrinter &printer, Operation *op,
                               StatisticsAttr statistics, QParamsAttr qparams,
                               DictionaryAttr) {
  if (statistics)
    printer << ", statistics = " << statistics;
  if (qparams)
    printer << ", qparams = " << qparams;
  for (NamedAttribute attr : op->getDiscardableAttrs()) {
    printer << ", ";
    if (attr.getName() == annotations::generated)
      printer << generatedKeyword;
    else if (attr.getName() == generatedKeyword)
      printer.printString(attr.getName());
    else
      printer.printKeywordOrString(attr.getName());
    if (!isa<mlir::UnitAttr>(attr.getValue()))
      printer << " = " << attr.getValue();
  }
  printer << '}';
}

/// `tensor` stands for a result of that type, `memref` for no result.
static ParseResult parseObservedType(OpAsmParser &parser, Type &input,
                                     Type &result) {
  if (parser.parseType(input))
    return failure();
  if (isa<TensorType>(input))
    result = input;
  return success();
}

static void printObservedType(OpAsmPrinter &printer, Operation *, Type input,
                              Type) {
  printer << input;
}

/// A level of a qconfig mapping and what it applies to (F2):
///   global | kind "k" | name_regex "r" | name "p" | order "p" kind "k" at n
static ParseResult parseAssignTarget(OpAsmParser &parser, AssignLevel &level,
                                     StringAttr &key, StringAttr &kind,
                                     IntegerAttr &index) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseKeyword(&keyword))
    return failure();
  std::optional<AssignLevel> parsed = symbolizeAssignLevel(keyword);
  if (!parsed || *parsed == AssignLevel::attribute)
    return parser.emitError(loc)
           << "expected global, kind, name_regex, name or order, got: "
           << keyword;
  level = *parsed;
  if (level == AssignLevel::global)
    return success();
  if (level == AssignLevel::kind)
    return parser.parseAttribute(kind);
  if (parser.parseAttribute(key) || level != AssignLevel::order)
    return failure(!key);
  return failure(
      parser.parseKeyword("kind") || parser.parseAttribute(kind) ||
      parser.parseKeyword("at") ||
      parser.parseAttribute(index, parser.getBuilder().getI64Type()));
}

static void printAssignTarget(OpAsmPrinter &printer, Operation *,
                              AssignLevel level, StringAttr key,
                              StringAttr kind, IntegerAttr index) {
  printer << stringifyEnum(level);
  if (key)
    printer << ' ' << key;
  if (level == AssignLevel::kind)
    printer << ' ' << kind;
  if (level == AssignLevel::order)
    printer << " kind " << kind << " at " << index.getInt();
}

/// `different`, `shared`, `by_operands`, or, as one type for each number of
/// tensor operands, `by_operands {0 different, 1 shared}`.
static ParseResult parseObservation(OpAsmParser &parser,
                                    ObservationType &observation,
                                    DenseI64ArrayAttr &byOperands) {
  FailureOr<ObservationType> parsed =
      FieldParser<ObservationType>::parse(parser);
  if (failed(parsed))
    return failure();
  observation = *parsed;
  if (observation != ObservationType::by_operands ||
      failed(parser.parseOptionalLBrace()))
    return success();
  SmallVector<int64_t> types;
  auto parseEntry = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    size_t number;
    if (parser.parseInteger(number))
      return failure();
    if (number != types.size())
      return parser.emitError(loc)
             << "expected the observation type of " << types.size()
             << " tensor operands; numbers begin with 0 and have no gap";
    FailureOr<ObservationType> type =
        FieldParser<ObservationType>::parse(parser);
    if (succeeded(type))
      types.push_back(int64_t(*type));
    return failure(failed(type));
  };
  if (parser.parseCommaSeparatedList(parseEntry) || parser.parseRBrace())
    return failure();
  byOperands = parser.getBuilder().getDenseI64ArrayAttr(types);
  return success();
}

static void printObservation(OpAsmPrinter &printer, Operation *,
                             ObservationType observation,
                             DenseI64ArrayAttr byOperands) {
  printer << stringifyEnum(observation);
  if (!byOperands)
    return;
  printer << " {";
  llvm::interleaveComma(
      llvm::enumerate(byOperands.asArrayRef()), printer, [&](auto entry) {
        printer << entry.index() << ' '
                << stringifyEnum(ObservationType(entry.value()));
      });
  printer << '}';
}

/// `none`, a symbol, or a preset in quotes.
static ParseResult parseQConfigReference(OpAsmParser &parser,
                                         Attribute &qconfig) {
  if (succeeded(parser.parseOptionalKeyword("none")))
    return success();
  return parser.parseAttribute(qconfig);
}

static void printQConfigReference(OpAsmPrinter &printer, Operation *,
                                  Attribute qconfig) {
  if (qconfig)
    printer << qconfig;
  else
    printer << "none";
}

#define GET_TYPEDEF_CLASSES
#include "QuantPrep/IR/QPrepTypes.cpp.inc"

#include "QuantPrep/IR/QPrepInterfaces.cpp.inc"

#define GET_OP_CLASSES
#include "QuantPrep/IR/QPrepOps.cpp.inc"

void QPrepDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "QuantPrep/IR/QPrepTypes.cpp.inc"
      >();
}

void QPrepDialect::registerOps() {
  addOperations<
#define GET_OP_LIST
#include "QuantPrep/IR/QPrepOps.cpp.inc"
      >();
}
