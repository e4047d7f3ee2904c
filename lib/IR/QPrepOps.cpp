//===- QPrepOps.cpp - Textual form and registration of qprep ops ----------===//
//
// The custom directives of the assembly formats. What ops mean is in
// QPrepObserverOps.cpp and QPrepConfigOps.cpp.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// A visibility keyword, as functions have it, and the symbol's name.
static ParseResult parseSymbolDefinition(OpAsmParser &parser,
                                         StringAttr &visibility,
                                         StringAttr &name) {
  StringRef keyword;
  if (succeeded(parser.parseOptionalKeyword(&keyword,
                                            {"public", "private", "nested"})))
    visibility = parser.getBuilder().getStringAttr(keyword);
  return parser.parseSymbolName(name);
}

static void printSymbolDefinition(OpAsmPrinter &printer, Operation *,
                                  StringAttr visibility, StringAttr name) {
  if (visibility)
    printer << visibility.getValue() << ' ';
  printer.printSymbolName(name);
}

/// What calibration found: `, statistics = #attr, qparams = #attr`, each
/// optional. A format cannot tell two optional groups that begin with a comma.
static ParseResult parseObserverState(OpAsmParser &parser,
                                      StatisticsAttr &statistics,
                                      QParamsAttr &qparams) {
  if (failed(parser.parseOptionalComma()))
    return success();
  if (succeeded(parser.parseOptionalKeyword("statistics"))) {
    if (parser.parseEqual() || parser.parseAttribute(statistics))
      return failure();
    if (failed(parser.parseOptionalComma()))
      return success();
  }
  return failure(parser.parseKeyword("qparams") || parser.parseEqual() ||
                 parser.parseAttribute(qparams));
}

static void printObserverState(OpAsmPrinter &printer, Operation *,
                               StatisticsAttr statistics, QParamsAttr qparams) {
  if (statistics)
    printer << ", statistics = " << statistics;
  if (qparams)
    printer << ", qparams = " << qparams;
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
