//===- ObserverAttr.cpp - The specification of an observer (F3) -----------===//

#include "DTypes.h"
#include "ObserverFields.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

using EmitError = function_ref<InFlightDiagnostic()>;

namespace {
enum class SchemeOf { None, Tensor, Channels, Any };

/// The fields that a kind has.
struct ObserverTraits {
  SchemeOf scheme;
  bool hasAxis = false, averages = false, hasBins = false, isFixed = false;
};
} // namespace

static ObserverTraits getTraits(ObserverKind kind) {
  switch (kind) {
  case ObserverKind::minmax:
    return {SchemeOf::Tensor};
  case ObserverKind::moving_average_minmax:
    return {SchemeOf::Tensor, /*hasAxis=*/false, /*averages=*/true};
  case ObserverKind::per_channel_minmax:
    return {SchemeOf::Channels, /*hasAxis=*/true};
  case ObserverKind::moving_average_per_channel_minmax:
    return {SchemeOf::Channels, /*hasAxis=*/true, /*averages=*/true};
  case ObserverKind::histogram:
    return {SchemeOf::Tensor, /*hasAxis=*/false, /*averages=*/false,
            /*hasBins=*/true};
  case ObserverKind::fixed_qparams:
    return {SchemeOf::Tensor, /*hasAxis=*/false, /*averages=*/false,
            /*hasBins=*/false, /*isFixed=*/true};
  case ObserverKind::placeholder:
  case ObserverKind::recording:
  case ObserverKind::noop:
  case ObserverKind::reuse_input:
    return {SchemeOf::None};
  case ObserverKind::input_equalization:
    return {SchemeOf::Tensor, /*hasAxis=*/true};
  case ObserverKind::weight_equalization:
    return {SchemeOf::Any, /*hasAxis=*/true};
  }
  llvm_unreachable("unknown kind of observer");
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

static bool isQuantizedDType(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return integer && !integer.isSigned() &&
         llvm::is_contained({4u, 8u, 16u, 32u}, integer.getWidth());
}

/// What reduce_range leaves of a range.
static std::pair<int64_t, int64_t> half(std::pair<int64_t, int64_t> range) {
  return {range.first >> 1, range.second >> 1};
}

/// The range that a spec without one has.
static std::optional<std::pair<int64_t, int64_t>>
getDefaultRange(const ObserverFields &fields) {
  if (!isQuantizedDType(fields.dtype) ||
      getTraits(fields.kind).scheme == SchemeOf::None)
    return std::nullopt;
  auto all = dtypeRange(cast<IntegerType>(fields.dtype));
  // One bit less, for kernels that add two products in 16 bits.
  return fields.reduceRange ? half(all) : all;
}

ObserverFields ObserverFields::withDefaults() const {
  ObserverFields all = *this;
  ObserverTraits traits = getTraits(kind);
  auto number = [&](FloatAttr &field, double value) {
    if (!field)
      field = Builder(dtype.getContext()).getF64FloatAttr(value);
  };
  if (auto range = getDefaultRange(*this); range && !quantMin && !quantMax)
    std::tie(all.quantMin, all.quantMax) = *range;
  if (traits.scheme != SchemeOf::None && !traits.isFixed)
    number(all.eps, std::numeric_limits<float>::epsilon());
  if (traits.averages)
    number(all.averagingConstant, 0.01);
  if (traits.hasBins) {
    all.bins = bins.value_or(2048);
    all.upsampleRate = upsampleRate.value_or(128);
  }
  return all;
}

ObserverFields ObserverAttr::getFields() const {
  return {getKind(),
          getDtype(),
          getScheme(),
          getQuantMin(),
          getQuantMax(),
          getReduceRange(),
          getAxis(),
          getDynamic(),
          getFakeQuant(),
          getEps(),
          getAveragingConstant(),
          getBins(),
          getUpsampleRate(),
          getScale(),
          getZeroPoint(),
          getBlockSize()};
}

ObserverAttr ObserverAttr::get(const ObserverFields &fields) {
  return applyToAll(fields.withDefaults(), [&](auto... all) {
    return get(fields.dtype.getContext(), all...);
  });
}

ObserverAttr ObserverAttr::withAxis(int64_t axis) const {
  ObserverFields fields = getFields();
  if (!fields.axis)
    return *this;
  fields.axis = axis;
  return get(fields);
}

ObserverAttr ObserverAttr::withFakeQuant(bool fakeQuant) const {
  ObserverFields fields = getFields();
  fields.fakeQuant = fakeQuant;
  return get(fields);
}

bool ObserverAttr::isPerChannel() const {
  return getTraits(getKind()).scheme == SchemeOf::Channels;
}

bool ObserverAttr::hasQParams() const {
  return getScheme() && !isEqualization() && !getDynamic();
}

std::pair<int64_t, int64_t> ObserverAttr::getLimits() const {
  auto all = dtypeRange(cast<IntegerType>(getDtype()));
  auto limits = getQuantMin() ? std::pair(*getQuantMin(), *getQuantMax()) : all;
  // As PyTorch: reduce_range halves limits, whatever they are. The default ones
  // are halved already.
  return getReduceRange() && limits != half(all) ? half(limits) : limits;
}

bool ObserverAttr::hasFloatDType() const {
  return isa<mlir::FloatType>(getDtype());
}

bool ObserverAttr::isEqualization() const {
  return getKind() == ObserverKind::input_equalization ||
         getKind() == ObserverKind::weight_equalization;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

ParseResult qprep::parseDType(AsmParser &parser, Type &type) {
  SMLoc loc = parser.getCurrentLocation();
  OptionalParseResult parsed = parser.parseOptionalType(type);
  if (parsed.has_value())
    return *parsed;
  StringRef word;
  if (failed(parser.parseOptionalKeyword(&word)))
    return parser.emitError(loc, "expected a dtype, such as i8 or ui8");
  // PyTorch's and NumPy's, and what reports write.
  StringRef meant = llvm::StringSwitch<StringRef>(word)
                        .Cases({"u8", "quint8", "uint8"}, "ui8")
                        .Cases({"qint8", "int8", "s8"}, "i8")
                        .Cases({"u4", "u4x2", "quint4x2", "uint4"}, "ui4")
                        .Cases({"int4", "s4"}, "i4")
                        .Cases({"u16", "uint16"}, "ui16")
                        .Cases({"int16", "s16"}, "i16")
                        .Cases({"qint32", "int32", "s32"}, "i32")
                        .Cases({"float16", "half"}, "f16")
                        .Case("bfloat16", "bf16")
                        .Cases({"float32", "float"}, "f32")
                        .Default("");
  InFlightDiagnostic diag = parser.emitError(loc)
                            << "unknown dtype '" << word << "'; ";
  return meant.empty() ? diag << "write i8, ui8, i16, f16 and the like"
                       : diag << "did you mean '" << meant << "'?";
}

void qprep::printDType(AsmPrinter &printer, Type type) { printer << type; }

LogicalResult qprep::verifyDType(EmitError emitError, Type type) {
  if (type.isF16() || type.isBF16() || type.isF32())
    return success();
  if (isQuantizedDType(type))
    return success();
  InFlightDiagnostic diag = emitError();
  diag << "dtype must be an integer of 4, 8, 16 or 32 bits, f16, bf16 or f32, "
          "got: "
       << type;
  if (type.isSignedInteger())
    diag << "; signed ones are written without s";
  return diag;
}

LogicalResult qprep::verifyRange(EmitError emitError, Type dtype,
                                 std::optional<int64_t> low,
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

static LogicalResult verifyScheme(EmitError emitError,
                                  const ObserverFields &fields) {
  StringRef name = stringifyEnum(fields.kind);
  SchemeOf wanted = getTraits(fields.kind).scheme;
  if (fields.scheme.has_value() == (wanted == SchemeOf::None))
    return emitError() << "observer kind " << name
                       << (fields.scheme ? " has no scheme"
                                         : " needs a scheme");
  if (!fields.scheme || wanted == SchemeOf::Any)
    return success();
  StringRef scheme = stringifyEnum(*fields.scheme);
  bool isPerChannel = scheme.starts_with("per_channel");
  if (isPerChannel == (wanted == SchemeOf::Channels))
    return success();
  return emitError() << "observer kind " << name << " needs a scheme per "
                     << (isPerChannel ? "tensor" : "channel")
                     << ", got: " << scheme;
}

/// Fields of other kinds would be without effect.
static LogicalResult verifyKind(EmitError emitError,
                                const ObserverFields &fields) {
  StringRef name = stringifyEnum(fields.kind);
  ObserverTraits traits = getTraits(fields.kind);
  if (fields.axis.has_value() != traits.hasAxis)
    return emitError() << "observer kind " << name
                       << (fields.axis ? " has no axis" : " needs an axis");
  if (fields.axis && *fields.axis < 0)
    return emitError() << "axis must not be negative, got: " << *fields.axis;
  if (traits.isFixed && (!fields.scale || !fields.zeroPoint))
    return emitError()
           << "observer kind fixed_qparams needs scale and zero_point";
  if (!traits.isFixed && (fields.scale || fields.zeroPoint))
    return emitError() << "only fixed_qparams has scale and zero_point, not "
                       << name;
  if (!traits.hasBins && (fields.bins || fields.upsampleRate))
    return emitError() << "only histogram has bins and upsample_rate, not "
                       << name;
  if (!traits.averages && fields.averagingConstant)
    return emitError() << "only moving averages have an averaging_constant, "
                          "not "
                       << name;
  if (fields.blockSize && (!fields.axis || *fields.blockSize < 1))
    return emitError() << "block_size must be at least 1 and needs an axis";
  return success();
}

static LogicalResult verifyFloat(EmitError emitError,
                                 const ObserverFields &fields) {
  if (fields.kind != ObserverKind::placeholder &&
      fields.kind != ObserverKind::noop)
    return emitError() << "dtype of observer kind "
                       << stringifyEnum(fields.kind)
                       << " must be an integer, got: " << fields.dtype;
  if (fields.reduceRange || fields.fakeQuant)
    return emitError() << (fields.reduceRange ? "reduce_range" : "fake_quant")
                       << " needs an integer dtype, got: " << fields.dtype;
  return success();
}

static LogicalResult verifyReducedRange(EmitError emitError,
                                        const ObserverFields &fields) {
  if (fields.reduceRange && fields.quantMin &&
      *fields.quantMin >> 1 == *fields.quantMax >> 1)
    return emitError() << "reduce_range leaves one value of the range "
                       << *fields.quantMin << " to " << *fields.quantMax;
  return success();
}

static LogicalResult verifyNumbers(EmitError emitError,
                                   const ObserverFields &fields) {
  for (FloatAttr value : {fields.eps, fields.averagingConstant, fields.scale})
    if (value &&
        (!(value.getValueAsDouble() > 0) || !value.getValue().isFinite()))
      return emitError() << "eps, averaging_constant and scale must be "
                            "positive and finite";
  if (fields.averagingConstant &&
      fields.averagingConstant.getValueAsDouble() > 1)
    return emitError() << "averaging_constant must be at most 1, got: "
                       << fields.averagingConstant.getValueAsDouble();
  for (std::optional<int64_t> value : {fields.bins, fields.upsampleRate})
    if (value && *value < 1)
      return emitError() << "bins and upsample_rate must be at least 1, got: "
                         << *value;
  auto dtype = dyn_cast<IntegerType>(fields.dtype);
  if (!fields.zeroPoint || !dtype)
    return success();
  auto [min, max] = dtypeRange(dtype);
  if (*fields.zeroPoint < min || *fields.zeroPoint > max)
    return emitError() << "zero_point " << *fields.zeroPoint
                       << " does not fit dtype " << dtypeName(dtype)
                       << ", which has " << min << " to " << max;
  return success();
}

LogicalResult ObserverAttr::verify(
    EmitError emitError, ObserverKind kind, Type dtype,
    std::optional<Scheme> scheme, std::optional<int64_t> quantMin,
    std::optional<int64_t> quantMax, bool reduceRange,
    std::optional<int64_t> axis, bool dynamic, bool fakeQuant, FloatAttr eps,
    FloatAttr averagingConstant, std::optional<int64_t> bins,
    std::optional<int64_t> upsampleRate, FloatAttr scale,
    std::optional<int64_t> zeroPoint, std::optional<int64_t> blockSize) {
  ObserverFields fields{kind,
                        dtype,
                        scheme,
                        quantMin,
                        quantMax,
                        reduceRange,
                        axis,
                        dynamic,
                        fakeQuant,
                        eps,
                        averagingConstant,
                        bins,
                        upsampleRate,
                        scale,
                        zeroPoint,
                        blockSize};
  return failure(
      failed(verifyDType(emitError, dtype)) ||
      (isa<mlir::FloatType>(dtype) && failed(verifyFloat(emitError, fields))) ||
      failed(verifyRange(emitError, dtype, quantMin, quantMax)) ||
      failed(verifyReducedRange(emitError, fields)) ||
      failed(verifyScheme(emitError, fields)) ||
      failed(verifyKind(emitError, fields)) ||
      failed(verifyNumbers(emitError, fields)));
}
