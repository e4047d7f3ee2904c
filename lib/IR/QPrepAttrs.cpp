//===- QPrepAttrs.cpp - Attributes of the qprep dialect -------------------===//

#include "DTypes.h"
#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

#include "QuantPrep/IR/QPrepEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "QuantPrep/IR/QPrepAttrs.cpp.inc"

void QPrepDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "QuantPrep/IR/QPrepAttrs.cpp.inc"
      >();
}

Attribute RoleAttr::parse(AsmParser &parser, Type) {
  FailureOr<OperandRole> role = FieldParser<OperandRole>::parse(parser);
  if (failed(role))
    return {};
  std::optional<int64_t> axis;
  if (succeeded(parser.parseOptionalLParen())) {
    int64_t value;
    if (parser.parseKeyword("axis") || parser.parseEqual() ||
        parser.parseInteger(value) || parser.parseRParen())
      return {};
    axis = value;
  }
  return get(parser.getContext(), *role, axis);
}

void RoleAttr::print(AsmPrinter &printer) const {
  printer << stringifyEnum(getRole());
  if (getAxis())
    printer << "(axis = " << *getAxis() << ')';
}

FailureOr<FloatAttr> qprep::parseF64(AsmParser &parser) {
  double value;
  if (parser.parseFloat(value))
    return failure();
  return parser.getBuilder().getF64FloatAttr(value);
}

std::string qprep::dtypeName(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return text;
  }
  std::string name =
      (integer.isUnsigned() ? "u" : "i") + std::to_string(integer.getWidth());
  // The packed form in which four-bit weights are stored.
  return integer.getWidth() == 4 && integer.isUnsigned() ? name + "x2" : name;
}

std::pair<int64_t, int64_t> qprep::dtypeRange(IntegerType type) {
  unsigned width = type.getWidth();
  if (type.isUnsigned())
    return {0, (int64_t(1) << width) - 1};
  return {-(int64_t(1) << (width - 1)), (int64_t(1) << (width - 1)) - 1};
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

LogicalResult DTypeAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                Type type, std::optional<int64_t> quantMin,
                                std::optional<int64_t> quantMax,
                                FloatAttr scaleMin, FloatAttr scale,
                                std::optional<int64_t> zeroPoint) {
  if (failed(verifyDType(emitError, type)))
    return failure();
  if (quantMin && quantMax)
    return verifyRange(emitError, type, quantMin, quantMax);
  return success();
}
