//===- QPrepDialect.cpp - The qprep dialect -------------------------------===//

#include "QuantPrep/IR/QPrepDialect.h"
#include "QuantPrep/IR/ConvertedUnits.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Support/Nearest.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

#include "QuantPrep/IR/QPrepDialect.cpp.inc"

namespace {
/// A callee with observations may be inlined: the clone shows its value to the
/// same observer, as the call did.
struct QPrepInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *op, Region *, bool, IRMapping &) const final {
    return isa<ObservationOpInterface>(op);
  }
};

/// Whether it refers to a pattern: in a backend, in a configuration.
static bool isPattern(SymbolRefAttr symbol) {
  return symbol && symbol.getNestedReferences().size() == 2 &&
         symbol.getRootReference().getValue().starts_with("qprep_config");
}

/// Annotations repeat a few values, which read better by name: `#conv2d`.
struct QPrepAsmInterface : OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Attribute attr, raw_ostream &os) const final {
    if (auto unit = dyn_cast<ComputeUnitAttr>(attr))
      os << stringifyEnum(unit.getKind());
    else if (isa<MemberAttr>(attr))
      os << "member";
    else if (isa<DTypeConfigAttr>(attr))
      os << "dtypes";
    else if (auto spec = dyn_cast<ObserverAttr>(attr))
      os << getShortName(spec.getKind());
    else if (auto assigned = dyn_cast<AssignedAttr>(attr))
      os << (assigned.getQconfig()
                 ? assigned.getQconfig().getLeafReference().getValue()
                 : "none");
    else if (auto plan = dyn_cast<PlanAttr>(attr))
      os << (plan.getDecision() && *plan.getDecision() != Decision::observed
                 ? stringifyEnum(*plan.getDecision())
                 : "plan");
    else if (auto symbol = dyn_cast<SymbolRefAttr>(attr); isPattern(symbol))
      printPattern(symbol.getLeafReference(), os);
    else
      return AliasResult::NoAlias;
    return AliasResult::OverridableAlias;
  }

private:
  /// All that look for extremes: `#per_channel`, but `#minmax`.
  static StringRef getShortName(ObserverKind kind) {
    StringRef name = stringifyEnum(kind);
    name.consume_back("_minmax");
    return name;
  }

  /// The pattern of one kind has its name, which is that of a unit, too.
  static void printPattern(StringRef name, raw_ostream &os) {
    os << name << (symbolizeUnitKind(name) ? "_alone" : "");
  }
};
} // namespace

void QPrepDialect::registerInterfaces() {
  addInterfaces<QPrepAsmInterface, QPrepInlinerInterface>();
  registerBytecodeInterface();
}

void QPrepDialect::initialize() {
  registerAttributes();
  registerTypes();
  registerOps();
  registerInterfaces();
  registerForeignModels();
}

static LogicalResult emitUnknownAttribute(Operation *op, StringRef name,
                                          const Twine &where) {
  static constexpr StringRef byUsers[] = {"qprep.qconfig", "qprep.module"};
  return op->emitOpError() << "unknown attribute '" << name
                           << "' of the qprep dialect" << where.str()
                           << (where.isTriviallyEmpty()
                                   ? suggestNearest(name, byUsers)
                                   : std::string());
}

/// Whether an attribute is what addConvertedUnit makes.
static bool areConvertedUnits(Attribute value) {
  auto array = dyn_cast<ArrayAttr>(value);
  return array && !array.empty() && llvm::all_of(array, [](Attribute unit) {
           return ConvertedUnit::read(unit).has_value();
         });
}

/// The annotations have fixed types; anything else under their names is a
/// spelling mistake that later passes would misread.
LogicalResult QPrepDialect::verifyOperationAttribute(Operation *op,
                                                     NamedAttribute attr) {
  // Names are compared as attributes, since this runs on each annotation after
  // each pass.
  StringAttr name = attr.getName();
  Attribute value = attr.getValue();
  auto expect = [&](bool ok, StringRef wanted) -> LogicalResult {
    if (ok)
      return success();
    return op->emitOpError() << "'" << name.getValue() << "' must be " << wanted
                             << ", got: " << value;
  };
  if (name == getUnitAttrHelper().getName())
    return expect(isa<ComputeUnitAttr>(value), "a #qprep.unit");
  if (name == getMemberAttrHelper().getName())
    return expect(isa<MemberAttr>(value), "a #qprep.member");
  if (name == getStandaloneAttrHelper().getName())
    return expect(isa<StandaloneAttr>(value), "a #qprep.standalone_function");
  if (name == getCalleeAttrHelper().getName())
    return expect(isa<FlatSymbolRefAttr>(value) && isa<CallOpInterface>(op),
                  "a flat symbol reference on a call");
  if (name == getFoldedAttrHelper().getName()) {
    auto array = dyn_cast<ArrayAttr>(value);
    return expect(array && llvm::all_of(array, llvm::IsaPred<StringAttr>),
                  "an array of names of kinds");
  }
  if (name == getFusedAttrHelper().getName() ||
      name == getWeightAttrHelper().getName() ||
      name == getCustomAttrHelper().getName() ||
      name == getGeneratedAttrHelper().getName())
    return expect(isa<mlir::UnitAttr>(value), "a unit attribute");
  if (name == getPatternAttrHelper().getName())
    return expect(isa<SymbolRefAttr>(value), "a symbol reference");
  if (name == getAssignedAttrHelper().getName() ||
      name == getEqualizationAttrHelper().getName())
    return expect(isa<AssignedAttr>(value), "a #qprep.assigned");
  if (name == getCopyAttrHelper().getName())
    return expect(isa<IntegerAttr>(value), "an integer");
  if (name == getPlanAttrHelper().getName())
    return expect(isa<PlanAttr>(value), "a #qprep.plan");
  if (name == getConvertedAttrHelper().getName())
    return expect(areConvertedUnits(value),
                  "an array of dictionaries with the kind, label and form of a "
                  "unit, as qprep-lower-to-integer writes them");
  if (name == getUnitsAttrHelper().getName()) {
    auto array = dyn_cast<ArrayAttr>(value);
    return expect(isa<FunctionOpInterface>(op) && array &&
                      llvm::all_of(array, areConvertedUnits),
                  "an array of what qprep.converted is, on a function");
  }
  if (name == getPresetsAttrHelper().getName()) {
    auto names = dyn_cast<DictionaryAttr>(value);
    return expect(isa<FunctionOpInterface>(op) && names &&
                      names.getAs<StringAttr>("backend") &&
                      names.getAs<StringAttr>("qconfig"),
                  "a dictionary with the names of a backend and a qconfig, on "
                  "a function");
  }
  if (name == getModuleAttrHelper().getName())
    return expect(isa<StringAttr>(value) && isa<FunctionOpInterface>(op),
                  "a string on a function");
  if (name == getOriginAttrHelper().getName())
    return expect(isa<FlatSymbolRefAttr>(value) && isa<FunctionOpInterface>(op),
                  "a flat symbol reference on a function");
  if (name == getQconfigAttrHelper().getName())
    return expect(isa<QConfigAttr, StringAttr, SymbolRefAttr>(value),
                  "a #qprep.qconfig, a preset's name or \"none\"");
  return emitUnknownAttribute(op, name, "");
}

/// Arguments and results of functions carry no annotations.
LogicalResult QPrepDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                     unsigned argument,
                                                     NamedAttribute attr) {
  // F10: what the caller quantizes the argument with.
  if (attr.getName() == getQparamsAttrHelper().getName()) {
    if (isa<QParamsAttr>(attr.getValue()))
      return success();
    return op->emitOpError() << attr.getName().getValue()
                             << " on an argument must be a #qprep.qparams, "
                                "got: "
                             << attr.getValue();
  }
  // B21: the user's mark of an argument that is a parameter.
  if (attr.getName() == "qprep.parameter") {
    if (isa<UnitAttr>(attr.getValue()))
      return success();
    return op->emitOpError() << "qprep.parameter on an argument must be a unit "
                                "attribute, got: "
                             << attr.getValue();
  }
  return emitUnknownAttribute(op, attr.getName(),
                              " on argument " + Twine(argument));
}

LogicalResult QPrepDialect::verifyRegionResultAttribute(Operation *op, unsigned,
                                                        unsigned result,
                                                        NamedAttribute attr) {
  return emitUnknownAttribute(op, attr.getName(),
                              " on result " + Twine(result));
}
