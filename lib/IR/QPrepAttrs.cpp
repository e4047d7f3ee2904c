//===- QPrepAttrs.cpp - Attributes of the qprep dialect -------------------===//

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

#include <variant>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

#include "QuantPrep/IR/QPrepEnums.cpp.inc"

//===----------------------------------------------------------------------===//
// Textual form of observer specs
//===----------------------------------------------------------------------===//

using FieldValue = std::variant<std::optional<int64_t> *, FloatAttr *, bool *>;

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

/// `, scheme` and then `, field = value` in any order, each optional. A format
/// cannot say this: two optional groups would begin with a comma.
static ParseResult parseObserverFields(
    AsmParser &parser, std::optional<Scheme> &scheme,
    std::optional<int64_t> &quantMin, std::optional<int64_t> &quantMax,
    bool &reduceRange, std::optional<int64_t> &axis, bool &dynamic,
    bool &fakeQuant, FloatAttr &eps, FloatAttr &averagingConstant,
    std::optional<int64_t> &bins, std::optional<int64_t> &upsampleRate,
    FloatAttr &scale, std::optional<int64_t> &zeroPoint,
    std::optional<int64_t> &blockSize) {
  llvm::StringMap<FieldValue> fields = {
      {"quant_min", &quantMin},
      {"quant_max", &quantMax},
      {"reduce_range", &reduceRange},
      {"axis", &axis},
      {"dynamic", &dynamic},
      {"fake_quant", &fakeQuant},
      {"eps", &eps},
      {"averaging_constant", &averagingConstant},
      {"bins", &bins},
      {"upsample_rate", &upsampleRate},
      {"scale", &scale},
      {"zero_point", &zeroPoint},
      {"block_size", &blockSize},
  };
  bool isFirst = true;
  while (succeeded(parser.parseOptionalComma())) {
    SMLoc loc = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name))
      return failure();
    if (isFirst && (scheme = symbolizeScheme(name))) {
      isFirst = false;
      continue;
    }
    isFirst = false;
    auto field = fields.find(name);
    if (field == fields.end())
      return parser.emitError(loc)
             << "expected a scheme or a field of an observer that is not there "
                "yet, got: "
             << name;
    if (parser.parseEqual() || parseFieldValue(parser, field->second))
      return failure();
    fields.erase(field);
  }
  return success();
}

static void printObserverFields(
    AsmPrinter &printer, std::optional<Scheme> scheme,
    std::optional<int64_t> quantMin, std::optional<int64_t> quantMax,
    bool reduceRange, std::optional<int64_t> axis, bool dynamic, bool fakeQuant,
    FloatAttr eps, FloatAttr averagingConstant, std::optional<int64_t> bins,
    std::optional<int64_t> upsampleRate, FloatAttr scale,
    std::optional<int64_t> zeroPoint, std::optional<int64_t> blockSize) {
  auto integer = [&](StringRef name, std::optional<int64_t> value) {
    if (value)
      printer << ", " << name << " = " << *value;
  };
  auto flag = [&](StringRef name, bool value) {
    if (value)
      printer << ", " << name << " = true";
  };
  auto number = [&](StringRef name, FloatAttr value) {
    if (!value)
      return;
    printer << ", " << name << " = ";
    printer.printFloat(value.getValue());
  };
  if (scheme)
    printer << ", " << stringifyEnum(*scheme);
  integer("quant_min", quantMin);
  integer("quant_max", quantMax);
  flag("reduce_range", reduceRange);
  integer("axis", axis);
  flag("dynamic", dynamic);
  flag("fake_quant", fakeQuant);
  number("eps", eps);
  number("averaging_constant", averagingConstant);
  integer("bins", bins);
  integer("upsample_rate", upsampleRate);
  number("scale", scale);
  integer("zero_point", zeroPoint);
  integer("block_size", blockSize);
}

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
// ObserverAttr
//===----------------------------------------------------------------------===//

bool ObserverAttr::isPerChannel() const {
  return getKind() == ObserverKind::per_channel_minmax ||
         getKind() == ObserverKind::moving_average_per_channel_minmax;
}

bool ObserverAttr::hasFloatDType() const {
  return isa<mlir::FloatType>(getDtype());
}

ObserverAttr ObserverAttr::withAxis(int64_t axis) const {
  if (!getAxis() || *getAxis() == axis)
    return *this;
  return get(getContext(), getKind(), getDtype(), getScheme(), getQuantMin(),
             getQuantMax(), getReduceRange(), axis, getDynamic(),
             getFakeQuant(), getEps(), getAveragingConstant(), getBins(),
             getUpsampleRate(), getScale(), getZeroPoint(), getBlockSize());
}

ObserverAttr ObserverAttr::withFakeQuant(bool fakeQuant) const {
  if (getFakeQuant() == fakeQuant)
    return *this;
  return get(getContext(), getKind(), getDtype(), getScheme(), getQuantMin(),
             getQuantMax(), getReduceRange(), getAxis(), getDynamic(),
             fakeQuant, getEps(), getAveragingConstant(), getBins(),
             getUpsampleRate(), getScale(), getZeroPoint(), getBlockSize());
}

bool ObserverAttr::isEqualization() const {
  return getKind() == ObserverKind::input_equalization ||
         getKind() == ObserverKind::weight_equalization;
}

static bool isQuantizedDType(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return integer && llvm::is_contained({4u, 8u, 16u, 32u}, integer.getWidth());
}

static LogicalResult verifyRange(function_ref<InFlightDiagnostic()> emitError,
                                 Type dtype, std::optional<int64_t> low,
                                 std::optional<int64_t> high) {
  if (low.has_value() != high.has_value())
    return emitError() << "quant_min and quant_max come together";
  if (!low)
    return success();
  auto integer = dyn_cast<IntegerType>(dtype);
  if (!integer)
    return emitError() << "a range needs an integer dtype, got: " << dtype;
  if (*low >= *high)
    return emitError() << "quant_min must be less than quant_max, got: " << *low
                       << " and " << *high;
  auto [min, max] = dtypeRange(integer);
  if (*low < min || *high > max)
    return emitError() << "range " << *low << " to " << *high
                       << " does not fit dtype " << dtypeName(dtype)
                       << ", which has " << min << " to " << max;
  return success();
}

static bool isPositive(FloatAttr value) {
  return value.getValueAsDouble() > 0 && value.getValue().isFinite();
}

/// Kinds that make no quantization parameters, so that they have no scheme.
static bool hasNoScheme(ObserverKind kind) {
  return kind == ObserverKind::placeholder || kind == ObserverKind::recording ||
         kind == ObserverKind::noop || kind == ObserverKind::reuse_input;
}

static bool hasAxis(ObserverKind kind) {
  return kind == ObserverKind::per_channel_minmax ||
         kind == ObserverKind::moving_average_per_channel_minmax ||
         kind == ObserverKind::input_equalization ||
         kind == ObserverKind::weight_equalization;
}

/// The fields that only make sense together with the kind.
static LogicalResult verifyKind(function_ref<InFlightDiagnostic()> emitError,
                                ObserverKind kind, std::optional<Scheme> scheme,
                                std::optional<int64_t> axis, FloatAttr scale,
                                std::optional<int64_t> zeroPoint,
                                std::optional<int64_t> blockSize) {
  StringRef name = stringifyEnum(kind);
  if (scheme.has_value() == hasNoScheme(kind))
    return emitError() << "observer kind " << name
                       << (scheme ? " has no scheme" : " needs a scheme");
  if (axis.has_value() != hasAxis(kind))
    return emitError() << "observer kind " << name
                       << (axis ? " has no axis" : " needs an axis");
  if (axis && *axis < 0)
    return emitError() << "axis must not be negative, got: " << *axis;
  bool fixed = kind == ObserverKind::fixed_qparams;
  if (fixed && (!scale || !zeroPoint))
    return emitError()
           << "observer kind fixed_qparams needs scale and zero_point";
  if (!fixed && (scale || zeroPoint))
    return emitError() << "only fixed_qparams has scale and zero_point, not "
                       << name;
  if (blockSize && (!axis || *blockSize < 1))
    return emitError() << "block_size must be at least 1 and needs an axis";
  return success();
}

LogicalResult ObserverAttr::verify(
    function_ref<InFlightDiagnostic()> emitError, ObserverKind kind, Type dtype,
    std::optional<Scheme> scheme, std::optional<int64_t> quantMin,
    std::optional<int64_t> quantMax, bool reduceRange,
    std::optional<int64_t> axis, bool dynamic, bool fakeQuant, FloatAttr eps,
    FloatAttr averagingConstant, std::optional<int64_t> bins,
    std::optional<int64_t> upsampleRate, FloatAttr scale,
    std::optional<int64_t> zeroPoint, std::optional<int64_t> blockSize) {
  bool isFloat = dtype.isF16() || dtype.isBF16() || dtype.isF32();
  if (!isFloat && !isQuantizedDType(dtype))
    return emitError() << "dtype must be an integer of 4, 8, 16 or 32 bits, "
                          "f16, bf16 or f32, got: "
                       << dtype;
  if (isFloat && kind != ObserverKind::placeholder &&
      kind != ObserverKind::noop)
    return emitError() << "dtype of observer kind " << stringifyEnum(kind)
                       << " must be an integer, got: " << dtype;
  if (failed(verifyRange(emitError, dtype, quantMin, quantMax)) ||
      failed(verifyKind(emitError, kind, scheme, axis, scale, zeroPoint,
                        blockSize)))
    return failure();
  for (FloatAttr value : {eps, averagingConstant, scale})
    if (value && !isPositive(value))
      return emitError() << "eps, averaging_constant and scale must be "
                            "positive and finite";
  for (std::optional<int64_t> value : {bins, upsampleRate})
    if (value && *value < 1)
      return emitError() << "bins and upsample_rate must be at least 1, got: "
                         << *value;
  return success();
}

//===----------------------------------------------------------------------===//
// The others
//===----------------------------------------------------------------------===//

LogicalResult DTypeAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                Type type, std::optional<int64_t> quantMin,
                                std::optional<int64_t> quantMax,
                                FloatAttr scaleMin, FloatAttr scale,
                                std::optional<int64_t> zeroPoint) {
  if (!isa<mlir::FloatType>(type) && !isQuantizedDType(type))
    return emitError() << "dtype must be an integer of 4, 8, 16 or 32 bits or "
                          "a float, got: "
                       << type;
  if (quantMin && quantMax)
    return verifyRange(emitError, type, quantMin, quantMax);
  return success();
}

LogicalResult
StatisticsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                       DenseF64ArrayAttr min, DenseF64ArrayAttr max,
                       int64_t count) {
  if (min.empty() || min.size() != max.size())
    return emitError() << "min and max must have as many values, and at least "
                          "one, got: "
                       << min.size() << " and " << max.size();
  for (auto [low, high] : llvm::zip(min.asArrayRef(), max.asArrayRef()))
    if (!(low <= high))
      return emitError() << "min must not be greater than max, got: " << low
                         << " and " << high;
  if (count < 1)
    return emitError() << "count must be at least 1, got: " << count;
  return success();
}

LogicalResult QParamsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  DenseF64ArrayAttr scale,
                                  DenseI64ArrayAttr zeroPoint) {
  if (scale.empty() || scale.size() != zeroPoint.size())
    return emitError() << "scale and zero_point must have as many values, and "
                          "at least one, got: "
                       << scale.size() << " and " << zeroPoint.size();
  for (double value : scale.asArrayRef())
    if (!(value > 0))
      return emitError() << "scale must be positive, got: " << value;
  return success();
}
