//===- Convert.cpp - Observed values are quantized ------------------------===//
//
// Reads a prepared module whose observers have parameters. What cannot be
// converted is an error before anything is rewritten.
//
//===----------------------------------------------------------------------===//

#include "CodeTypes.h"
#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ListedDType.h"
#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "QuantPrep/Support/EraseDead.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/Sequence.h"

namespace quantprep {
#define GEN_PASS_DEF_CONVERT
#include "QuantPrep/Conversion/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using quant::QuantizedType;

namespace {
/// What becomes of one place.
struct PlaceConversion {
  ObservationOpInterface place;
  ObserverAttr spec;
  /// Codes; null for a place that rounds to a float type, or not at all.
  QuantizedType codes;
};

class Converter {
public:
  explicit Converter(ModuleOp module) : module(module), builder(module) {}

  LogicalResult plan();
  bool hasWork() const;
  void convert();

private:
  FailureOr<PlaceConversion> plan(ObservationOpInterface place);
  bool isWithoutQParams(ObserverOp observer);
  Value convertPlace(PlaceConversion &conversion, Value input);
  Value quantizeConstant(Value input, DenseElementsAttr values,
                         QuantizedType codes);
  Value roundToFloat(Value input, Type dtype);
  LogicalResult planArguments(FunctionOpInterface function);
  void convertArguments(FunctionOpInterface function);
  void convertResults(FunctionOpInterface function);

  ModuleOp module;
  OpBuilder builder;
  SymbolTableCollection symbols;
  std::vector<PlaceConversion> conversions;
  SmallVector<FunctionOpInterface> functions;
  /// Observers that have been warned of.
  DenseSet<Operation *> warned;
};
} // namespace

/// Whether an observer has no parameters to quantize with. Says so once.
bool Converter::isWithoutQParams(ObserverOp observer) {
  if (getQParams(observer))
    return false;
  if (warned.insert(observer).second)
    observer.emitWarning()
        << "@" << observer.getSymName()
        << " has no quantization parameters, so that what it observes stays "
           "float; calibrate with data that reaches it, or give it 'qparams'";
  return true;
}

FailureOr<PlaceConversion> Converter::plan(ObservationOpInterface place) {
  if (isa<BaseMemRefType>(place.getInput().getType()))
    return place->emitOpError()
           << "observes a buffer, which has no value to quantize; convert "
              "before bufferization";
  if (failed(checkHasObserver(place)))
    return failure();
  auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(
      place, place.getObserverAttr());
  PlaceConversion conversion{place, observer.getSpec(), {}};
  ObserverAttr spec = observer.getSpec();
  if (spec.isEqualization()) {
    if (warned.insert(observer).second)
      observer.emitWarning() << "@" << observer.getSymName()
                             << " observes for equalization, which is not "
                                "applied; scale the model before preparation";
    return conversion;
  }
  if (spec.hasFloatDType() || spec.getDynamic() || isWithoutQParams(observer))
    return conversion;
  FailureOr<QuantizedType> codes =
      getCodeType(spec, getQParams(observer),
                  cast<ShapedType>(place.getInput().getType()), [&] {
                    return observer.emitOpError()
                           << "@" << observer.getSymName() << " ";
                  });
  if (failed(codes))
    return failure();
  // No kernel takes codes of any rank.
  if (!isa<UnrankedTensorType>(place.getInput().getType()))
    conversion.codes = *codes;
  return conversion;
}

LogicalResult Converter::plan() {
  bool valid = true;
  module.walk([&](Operation *op) {
    if (ObservationOpInterface place = getObservation(op)) {
      FailureOr<PlaceConversion> conversion = plan(place);
      if (succeeded(conversion))
        conversions.push_back(*conversion);
      else
        valid = false;
    } else if (auto function = dyn_cast<FunctionOpInterface>(op)) {
      functions.push_back(function);
      if (failed(planArguments(function)))
        valid = false;
    }
  });
  return success(valid);
}

/// The input in another float type, and back in its own.
Value Converter::roundToFloat(Value input, Type dtype) {
  auto type = cast<TensorType>(input.getType());
  if (type.getElementTypeBitWidth() <= dtype.getIntOrFloatBitWidth())
    return input;
  Location loc = input.getLoc();
  TensorType narrow = type.clone(dtype);
  if (std::optional<DenseElementsAttr> values = getFloatConstant(input)) {
    const llvm::fltSemantics &semantics =
        cast<FloatType>(dtype).getFloatSemantics();
    auto narrowed = cast<DenseFPElementsAttr>(*values).mapValues(
        dtype, [&](const APFloat &value) {
          bool exact;
          APFloat rounded = value;
          rounded.convert(semantics, APFloat::rmNearestTiesToEven, &exact);
          return rounded.bitcastToAPInt();
        });
    Value constant = createConstantLike(builder, input.getDefiningOp(),
                                        cast<DenseElementsAttr>(narrowed));
    return arith::ExtFOp::create(builder, loc, type, constant);
  }
  Value rounded = arith::TruncFOp::create(builder, loc, narrow, input);
  return arith::ExtFOp::create(builder, loc, type, rounded);
}

/// Codes are computed at once, so that the module holds no floats of it.
Value Converter::quantizeConstant(Value input, DenseElementsAttr values,
                                  QuantizedType codes) {
  auto type = cast<RankedTensorType>(input.getType());
  RankedTensorType quantized = type.clone(Type(codes));
  Value stored = createConstantLike(builder, input.getDefiningOp(),
                                    quantizeElements(values, quantized));
  return quant::StorageCastOp::create(builder, input.getLoc(), quantized,
                                      stored);
}

Value Converter::convertPlace(PlaceConversion &conversion, Value input) {
  ObserverAttr spec = conversion.spec;
  Location loc = conversion.place.getLoc();
  auto type = cast<TensorType>(input.getType());
  if (!conversion.codes) {
    if (spec.hasFloatDType() && spec.getDtype().getIntOrFloatBitWidth() < 32) {
      // In dynamic mode only weights are of that type while the model runs.
      bool isWeight = getFloatConstant(input).has_value();
      return spec.getDynamic() && !isWeight
                 ? input
                 : roundToFloat(input, spec.getDtype());
    }
    if (!spec.getDynamic() || spec.hasFloatDType())
      return input;
    bool isSigned = !spec.getDtype().isUnsignedInteger();
    unsigned width = spec.getDtype().getIntOrFloatBitWidth();
    int64_t low = spec.getQuantMin().value_or(
        QuantizedType::getDefaultMinimumForInteger(isSigned, width));
    int64_t high = spec.getQuantMax().value_or(
        QuantizedType::getDefaultMaximumForInteger(isSigned, width));
    bool symmetric = spec.getScheme() == Scheme::per_tensor_symmetric;
    return DynamicFakeQuantizeOp::create(builder, loc, type, input, low, high,
                                         symmetric);
  }
  Value quantized;
  if (std::optional<DenseElementsAttr> values = getFloatConstant(input))
    quantized = quantizeConstant(input, *values, conversion.codes);
  else
    quantized = QuantizeOp::create(builder, loc,
                                   type.clone(Type(conversion.codes)), input);
  return DequantizeOp::create(builder, loc, type, quantized);
}

//===----------------------------------------------------------------------===//
// Arguments and results that are quantized outside
//===----------------------------------------------------------------------===//

/// The parameters that the user gave an argument.
static QParamsAttr getArgumentQParams(FunctionOpInterface function,
                                      unsigned index) {
  return function.getArgAttrOfType<QParamsAttr>(index, annotations::qparams);
}

/// F10: quint8, unless the backend takes others only.
static IntegerType getArgumentDType(FunctionOpInterface function) {
  if (ConfigOp config = findConfig(function))
    return getListedDType(config);
  return IntegerType::get(function.getContext(), 8, IntegerType::Unsigned);
}

static FailureOr<QuantizedType> getArgumentCodes(FunctionOpInterface function,
                                                 unsigned index) {
  auto spec = ObserverAttr::get(
      function.getContext(), ObserverKind::minmax, getArgumentDType(function),
      Scheme::per_tensor_affine, std::nullopt, std::nullopt, false,
      std::nullopt, false, false, {}, {}, std::nullopt, std::nullopt, {},
      std::nullopt, std::nullopt);
  auto type = dyn_cast<ShapedType>(function.getArgumentTypes()[index]);
  if (!type || !isa<FloatType>(type.getElementType()))
    return function.emitError()
           << "argument " << index << " has '" << annotations::qparams
           << "', but type " << function.getArgumentTypes()[index]
           << "; only tensors of floats are quantized";
  return getCodeType(spec, getArgumentQParams(function, index), type, [&] {
    return function.emitError() << "argument " << index << " ";
  });
}

/// F10: arguments that are listed, and those that have parameters.
LogicalResult Converter::planArguments(FunctionOpInterface function) {
  if (function.isExternal())
    return success();
  for (unsigned i = 0, e = function.getNumArguments(); i < e; ++i)
    if (getArgumentQParams(function, i) &&
        failed(getArgumentCodes(function, i)))
      return failure();
  ConfigOp config = findConfig(function);
  if (!config || !isEntry(config, function))
    return success();
  ArrayRef<int64_t> none;
  for (int64_t index : config.getInputsQuantized().value_or(none))
    if (index < function.getNumArguments() &&
        !getArgumentQParams(function, index))
      return function.emitError()
             << "argument " << index << " is quantized outside, but has no '"
             << annotations::qparams
             << "'; give it the scale and zero point that its caller has: {"
             << annotations::qparams
             << " = #qprep.qparams<scale = [...], zero_point = [...]>}";
  return success();
}

/// F25: results that are listed are returned as codes, if all returns have
/// codes of one type.
void Converter::convertResults(FunctionOpInterface function) {
  ConfigOp config = findConfig(function);
  if (!config || !isEntry(config, function))
    return;
  SmallVector<Operation *> returns;
  for (Block &block : function.getFunctionBody())
    if (block.getTerminator()->hasTrait<OpTrait::ReturnLike>())
      returns.push_back(block.getTerminator());
  SmallVector<Type> results(function.getResultTypes());
  ArrayRef<int64_t> none;
  for (int64_t index : config.getOutputsQuantized().value_or(none)) {
    SmallVector<Value> codes;
    for (Operation *op : returns)
      if (auto dequantize = op->getOperand(index).getDefiningOp<DequantizeOp>())
        codes.push_back(dequantize.getInput());
    if (codes.empty() || codes.size() != returns.size() ||
        !llvm::all_equal(ValueRange(codes).getTypes()))
      continue;
    for (auto [op, value] : llvm::zip(returns, codes))
      op->setOperand(index, value);
    results[index] = codes.front().getType();
  }
  function.setType(
      function.cloneTypeWith(function.getArgumentTypes(), results));
}

void Converter::convertArguments(FunctionOpInterface function) {
  if (function.isExternal())
    return;
  SmallVector<Type> arguments(function.getArgumentTypes());
  bool changed = false;
  for (unsigned i = 0, e = arguments.size(); i < e; ++i) {
    if (!getArgumentQParams(function, i))
      continue;
    QuantizedType codes = *getArgumentCodes(function, i);
    BlockArgument argument = function.getArgument(i);
    auto real = cast<TensorType>(argument.getType());
    arguments[i] = real.clone(Type(codes));
    argument.setType(arguments[i]);
    builder.setInsertionPointToStart(argument.getOwner());
    auto dequantize =
        DequantizeOp::create(builder, argument.getLoc(), real, argument);
    argument.replaceAllUsesExcept(dequantize, dequantize);
    function.removeArgAttr(i, annotations::qparams);
    changed = true;
  }
  if (changed)
    function.setType(
        function.cloneTypeWith(arguments, function.getResultTypes()));
}

bool Converter::hasWork() const {
  auto hasQuantizedArguments = [](FunctionOpInterface function) {
    return llvm::any_of(llvm::seq(function.getNumArguments()), [&](unsigned i) {
      return bool(getArgumentQParams(function, i));
    });
  };
  return !conversions.empty() || llvm::any_of(functions, hasQuantizedArguments);
}

void Converter::convert() {
  for (PlaceConversion &conversion : conversions) {
    ObservationOpInterface place = conversion.place;
    builder.setInsertionPoint(place);
    Value input = place.getInput(), moved;
    if (conversion.codes)
      moved = evaluateMovement(builder, input);
    Value result = convertPlace(conversion, moved ? moved : input);
    for (Value observed : place->getResults())
      observed.replaceAllUsesWith(result);
    place->erase();
    if (moved) {
      eraseDead(moved.getDefiningOp());
      eraseDead(input.getDefiningOp());
    }
  }
  for (FunctionOpInterface function : functions) {
    convertArguments(function);
    convertResults(function);
  }
}

namespace {
struct ConvertPass : quantprep::impl::ConvertBase<ConvertPass> {
  using ConvertBase::ConvertBase;

  void runOnOperation() final {
    Converter converter(getOperation());
    if (failed(converter.plan()))
      return signalPassFailure();
    if (!converter.hasWork())
      mlir::emitWarning(getOperation().getLoc())
          << "no observations to convert; run qprep-prepare, qprep-calibrate "
             "and qprep-choose-qparams before";
    converter.convert();
  }
};
} // namespace
