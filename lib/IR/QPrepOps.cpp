//===- QPrepOps.cpp - Textual form and registration of qprep ops ----------===//
//
// Printers, parsers, and the custom directives of assembly formats. What ops
// mean is in QPrepObserverOps.cpp and QPrepConfigOps.cpp.
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

//===----------------------------------------------------------------------===//
// Observers and observations
//
// Every third op of a prepared model is one of these. A generated printer asks
// for all attributes of an op as one dictionary, which is made in the context
// first.
//===----------------------------------------------------------------------===//

/// The mark of what preparation made, on observers: many, so that it is short.
static constexpr StringLiteral generatedKeyword = "generated";

/// The rest of an observer, each part optional: what calibration found, as
/// `, statistics = #attr, qparams = #attr`, `generated` for `qprep.generated`,
/// and other attributes; they may also follow the brace, as on other ops.
static ParseResult parseObserverState(OpAsmParser &parser,
                                      ObserverOp::Properties &properties,
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
          (name == "qparams"
               ? parser.parseAttribute(properties.qparams).failed()
               : parser.parseAttribute(properties.statistics).failed()))
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

/// Attributes that are beside the properties, which have a place of their own.
static ParseResult verifyOtherAttrs(OpAsmParser &parser, SMLoc loc,
                                    OperationState &result) {
  return result.name.verifyInherentAttrs(result.attributes, [&] {
    return parser.emitError(loc) << "'" << result.name << "' op ";
  });
}

ParseResult ObserverOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &properties = result.getOrAddProperties<Properties>();
  SMLoc loc = parser.getCurrentLocation();
  return failure(parseSymbolDefinition(parser, properties.sym_visibility,
                                       properties.sym_name) ||
                 parser.parseLBrace() || parser.parseKeyword("id") ||
                 parser.parseEqual() || parser.parseInteger(properties.id) ||
                 parser.parseComma() || parser.parseKeyword("spec") ||
                 parser.parseEqual() ||
                 parser.parseAttribute(properties.spec) ||
                 parseObserverState(parser, properties, result.attributes) ||
                 verifyOtherAttrs(parser, loc, result));
}

void ObserverOp::print(OpAsmPrinter &printer) {
  printer << ' ';
  printSymbolDefinition(printer, *this, getSymVisibilityAttr(),
                        getSymNameAttr());
  printer << " {id = " << getId() << ", spec = " << getSpec();
  if (StatisticsAttr statistics = getStatisticsAttr())
    printer << ", statistics = " << statistics;
  if (QParamsAttr qparams = getQparamsAttr())
    printer << ", qparams = " << qparams;
  for (NamedAttribute attr : (*this)->getDiscardableAttrs()) {
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

/// %input (by @observer)? (as <spec>)? attr-dict : type. A tensor stands for a
/// result of that type, a memref for no result.
static ParseResult parseObservation(OpAsmParser &parser, OperationState &result,
                                    FlatSymbolRefAttr &observer,
                                    ObserverAttr &spec) {
  OpAsmParser::UnresolvedOperand input;
  Type type;
  if (parser.parseOperand(input) ||
      (succeeded(parser.parseOptionalKeyword("by")) &&
       parser.parseAttribute(observer)) ||
      (succeeded(parser.parseOptionalKeyword("as")) &&
       parser.parseCustomAttributeWithFallback(spec)))
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOptionalAttrDict(result.attributes) ||
      verifyOtherAttrs(parser, loc, result) || parser.parseColonType(type) ||
      parser.resolveOperand(input, type, result.operands))
    return failure();
  if (isa<TensorType>(type))
    result.addTypes(type);
  return success();
}

static void printObservation(OpAsmPrinter &printer, ObservationOpInterface op) {
  printer << ' ' << op.getInput();
  if (FlatSymbolRefAttr observer = op.getObserverAttr())
    printer << " by " << observer;
  if (ObserverAttr spec = op.getSpecAttr()) {
    printer << " as ";
    printer.printStrippedAttrOrType(spec);
  }
  printer.printOptionalAttrDict(llvm::to_vector(op->getDiscardableAttrs()));
  printer << " : " << op.getInput().getType();
}

ParseResult ObserveOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &properties = result.getOrAddProperties<Properties>();
  return parseObservation(parser, result, properties.observer, properties.spec);
}

void ObserveOp::print(OpAsmPrinter &printer) {
  printObservation(printer, *this);
}

ParseResult FakeQuantizeOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &properties = result.getOrAddProperties<Properties>();
  return parseObservation(parser, result, properties.observer, properties.spec);
}

void FakeQuantizeOp::print(OpAsmPrinter &printer) {
  printObservation(printer, *this);
}

//===----------------------------------------------------------------------===//
// Configuration
//===----------------------------------------------------------------------===//

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
