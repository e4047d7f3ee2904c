//===- LowerQuantize.cpp - Quantize and dequantize become arith -----------===//
//
// Makes a module run that has ops of the reference form, whatever else is in
// it. Each op becomes one structured op that computes what the op is specified
// to; then tensors of codes become tensors of their storage.
//
//===----------------------------------------------------------------------===//

#include "CodeTypes.h"
#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "Storage.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"

namespace quantprep {
#define GEN_PASS_DEF_LOWERQUANTIZE
#include "QuantPrep/Conversion/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using quant::QuantizedType;

namespace {
/// Emits the scalar arithmetic of one element.
struct ElementBuilder {
  OpBuilder &builder;
  Location loc;

  Value constant(double value) {
    return arith::ConstantOp::create(
        builder, loc, builder.getF32FloatAttr(static_cast<float>(value)));
  }
  Value toF32(Value value) {
    Type type = value.getType(), f32 = builder.getF32Type();
    if (type.getIntOrFloatBitWidth() < 32)
      return arith::ExtFOp::create(builder, loc, f32, value);
    return type == f32
               ? value
               : Value(arith::TruncFOp::create(builder, loc, f32, value));
  }
  Value fromF32(Value value, Type type) {
    if (type.getIntOrFloatBitWidth() < 32)
      return arith::TruncFOp::create(builder, loc, type, value);
    return type == value.getType()
               ? value
               : Value(arith::ExtFOp::create(builder, loc, type, value));
  }
  /// round(value * inverse) + zero point, within the codes; still a float. A
  /// NaN becomes the lowest code.
  Value quantize(Value value, Value inverse, Value zeroPoint, double low,
                 double high) {
    Value scaled = arith::MulFOp::create(builder, loc, value, inverse);
    Value rounded = math::RoundEvenOp::create(builder, loc, scaled);
    Value code = arith::AddFOp::create(builder, loc, rounded, zeroPoint);
    code = arith::MaxNumFOp::create(builder, loc, code, constant(low));
    return arith::MinNumFOp::create(builder, loc, code, constant(high));
  }
  Value dequantize(Value code, Value scale, Value zeroPoint) {
    Value centred = arith::SubFOp::create(builder, loc, code, zeroPoint);
    return arith::MulFOp::create(builder, loc, centred, scale);
  }
  Value toStorage(Value code, Type storage) {
    Value wide =
        arith::FPToSIOp::create(builder, loc, builder.getI32Type(), code);
    return arith::TruncIOp::create(builder, loc, storage, wide);
  }
  Value fromStorage(Value code, bool isSigned) {
    Type i32 = builder.getI32Type();
    Value wide = isSigned
                     ? Value(arith::ExtSIOp::create(builder, loc, i32, code))
                     : Value(arith::ExtUIOp::create(builder, loc, i32, code));
    return arith::SIToFPOp::create(builder, loc, builder.getF32Type(), wide);
  }
};

/// The parameters of each element of a tensor, inside a structured op over it:
/// constants, or elements of constant tensors.
class GridReader {
public:
  GridReader(OpBuilder &builder, Location loc, const QParamsGrid &grid)
      : grid(grid) {
    if (grid.isPerTensor())
      return;
    SmallVector<float> scaleValues, inverseValues, zeroValues;
    for (auto [scale, zeroPoint] : llvm::zip(grid.scales, grid.zeroPoints)) {
      scaleValues.push_back(scale);
      inverseValues.push_back(1.0f / static_cast<float>(scale));
      zeroValues.push_back(zeroPoint);
    }
    auto type = RankedTensorType::get(grid.counts, builder.getF32Type());
    auto create = [&](ArrayRef<float> values) {
      return arith::ConstantOp::create(builder, loc,
                                       DenseElementsAttr::get(type, values));
    };
    scales = create(scaleValues);
    inverses = create(inverseValues);
    zeroPoints = create(zeroValues);
  }

  Value scale(ElementBuilder &body) {
    return read(body, scales, grid.scales[0]);
  }
  Value inverse(ElementBuilder &body) {
    return read(body, inverses, 1.0f / static_cast<float>(grid.scales[0]));
  }
  Value zeroPoint(ElementBuilder &body) {
    return read(body, zeroPoints, grid.zeroPoints[0]);
  }

private:
  Value read(ElementBuilder &body, Value tensor, double single) {
    if (!tensor)
      return body.constant(single);
    SmallVector<Value> position;
    for (auto [dimension, block] : llvm::enumerate(grid.blocks))
      position.push_back(index(body, dimension, block));
    return tensor::ExtractOp::create(body.builder, body.loc, tensor, position);
  }
  Value index(ElementBuilder &body, int64_t dimension, int64_t block) {
    OpBuilder &builder = body.builder;
    if (block == 0)
      return arith::ConstantIndexOp::create(builder, body.loc, 0);
    Value at = linalg::IndexOp::create(builder, body.loc, dimension);
    if (block == 1)
      return at;
    Value size = arith::ConstantIndexOp::create(builder, body.loc, block);
    return arith::DivUIOp::create(builder, body.loc, at, size);
  }

  const QParamsGrid &grid;
  Value scales, inverses, zeroPoints;
};
} // namespace

/// A structured op that makes an element of `type` of each element of `input`.
static Value
createElementwise(OpBuilder &builder, Location loc, Value input,
                  TensorType type,
                  function_ref<Value(ElementBuilder &, Value)> element) {
  auto ranked = cast<RankedTensorType>(type);
  Value empty = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, input),
      ranked.getElementType());
  AffineMap map = builder.getMultiDimIdentityMap(ranked.getRank());
  SmallVector<utils::IteratorType> iterators(ranked.getRank(),
                                             utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      builder, loc, empty.getType(), input, empty, {map, map}, iterators,
      [&](OpBuilder &nested, Location nestedLoc, ValueRange arguments) {
        ElementBuilder body{nested, nestedLoc};
        linalg::YieldOp::create(nested, nestedLoc,
                                element(body, arguments.front()));
      });
  Value result = generic.getResult(0);
  if (result.getType() != type)
    result = tensor::CastOp::create(builder, loc, type, result);
  return result;
}

LogicalResult quantprep::verifyRanks(Operation *root) {
  bool valid = true;
  root->walk([&](Operation *op) {
    if (!isa<FakeQuantizeOp, QuantizeOp, DequantizeOp, DynamicFakeQuantizeOp>(
            op) ||
        isa<RankedTensorType>(op->getResult(0).getType()))
      return;
    op->emitOpError() << "has type " << op->getResult(0).getType()
                      << ", but only ranked tensors can be lowered; cast it to "
                         "one, or leave it out of quantization";
    valid = false;
  });
  return success(valid);
}

static void lower(QuantizeOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  QParamsGrid grid = getQParamsGrid(cast<ShapedType>(op.getType()));
  GridReader reader(builder, loc, grid);
  TensorType storage = getStorageType(op.getType());
  Value codes = createElementwise(
      builder, loc, op.getInput(), storage,
      [&](ElementBuilder &body, Value value) {
        Value code = body.quantize(body.toF32(value), reader.inverse(body),
                                   reader.zeroPoint(body), grid.low, grid.high);
        return body.toStorage(code, storage.getElementType());
      });
  op.replaceAllUsesWith(
      quant::StorageCastOp::create(builder, loc, op.getType(), codes)
          .getResult());
  op.erase();
}

static void lower(DequantizeOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto codes = cast<ShapedType>(op.getInput().getType());
  QParamsGrid grid = getQParamsGrid(codes);
  GridReader reader(builder, loc, grid);
  bool isSigned = getQuantizedElement(codes).isSigned();
  auto type = cast<TensorType>(op.getType());
  Value stored = quant::StorageCastOp::create(
      builder, loc, getStorageType(codes), op.getInput());
  Value real = createElementwise(
      builder, loc, stored, type, [&](ElementBuilder &body, Value code) {
        Value value =
            body.dequantize(body.fromStorage(code, isSigned),
                            reader.scale(body), reader.zeroPoint(body));
        return body.fromF32(value, type.getElementType());
      });
  op.replaceAllUsesWith(real);
  op.erase();
}

//===----------------------------------------------------------------------===//
// Dynamic quantization
//===----------------------------------------------------------------------===//

/// The smallest and the largest element, and 0, as f64.
static std::pair<Value, Value> createRange(OpBuilder &builder, Location loc,
                                           Value input) {
  auto type = cast<RankedTensorType>(input.getType());
  Type element = type.getElementType();
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
  Value empty =
      tensor::EmptyOp::create(builder, loc, ArrayRef<int64_t>(), element);
  Value init = linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
  AffineMap all = builder.getMultiDimIdentityMap(type.getRank());
  AffineMap none = AffineMap::get(type.getRank(), 0, builder.getContext());
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::reduction);
  auto generic = linalg::GenericOp::create(
      builder, loc, TypeRange{init.getType(), init.getType()}, input,
      ValueRange{init, init}, {all, none, none}, iterators,
      [](OpBuilder &nested, Location nestedLoc, ValueRange args) {
        Value low =
            arith::MinNumFOp::create(nested, nestedLoc, args[0], args[1]);
        Value high =
            arith::MaxNumFOp::create(nested, nestedLoc, args[0], args[2]);
        linalg::YieldOp::create(nested, nestedLoc, ValueRange{low, high});
      });
  auto read = [&](Value scalar) -> Value {
    Value value = tensor::ExtractOp::create(builder, loc, scalar, ValueRange());
    return element.isF64() ? value
                           : Value(arith::ExtFOp::create(
                                 builder, loc, builder.getF64Type(), value));
  };
  return {read(generic.getResult(0)), read(generic.getResult(1))};
}

namespace {
/// f64 arithmetic on scalars.
struct ScalarBuilder {
  OpBuilder &builder;
  Location loc;

  Value constant(double value) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getF64FloatAttr(value));
  }
  template <typename Op> Value make(Value a, Value b) {
    return Op::create(builder, loc, a, b);
  }
  Value less(Value a, Value b) {
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, a, b);
  }
  Value select(Value condition, Value a, Value b) {
    return arith::SelectOp::create(builder, loc, condition, a, b);
  }
  Value abs(Value value) { return math::AbsFOp::create(builder, loc, value); }
  Value toF32(Value value) {
    return arith::TruncFOp::create(builder, loc, builder.getF32Type(), value);
  }
};
} // namespace

/// PyTorch's choose_qparams, in f64 as there.
static std::pair<Value, Value> createQParams(ScalarBuilder &b, Value low,
                                             Value high, double quantMin,
                                             double quantMax) {
  constexpr double smallest = 6.1e-5, ofNothing = 0.1;
  Value steps = b.constant(quantMax - quantMin), zero = b.constant(0);
  Value scale = b.make<arith::DivFOp>(b.make<arith::SubFOp>(high, low), steps);
  scale = b.select(b.less(zero, scale), scale, b.constant(ofNothing));
  // A narrower range is widened to what the smallest scale covers.
  Value wider = b.make<arith::MaxNumFOp>(
      b.make<arith::DivFOp>(b.constant(smallest), scale), b.constant(1));
  scale = b.make<arith::MaxNumFOp>(scale, b.constant(smallest));
  low = b.make<arith::DivFOp>(b.make<arith::MulFOp>(low, wider), scale);
  high = b.make<arith::DivFOp>(b.make<arith::MulFOp>(high, wider), scale);
  Value least = b.constant(quantMin), most = b.constant(quantMax);
  Value lowError = b.make<arith::SubFOp>(b.abs(least), b.abs(low));
  Value highError = b.make<arith::SubFOp>(b.abs(most), b.abs(high));
  Value zeroPoint =
      b.select(b.less(lowError, highError), b.make<arith::SubFOp>(least, low),
               b.make<arith::SubFOp>(most, high));
  zeroPoint = math::RoundEvenOp::create(b.builder, b.loc, zeroPoint);
  zeroPoint = b.make<arith::MaxNumFOp>(zeroPoint, least);
  zeroPoint = b.make<arith::MinNumFOp>(zeroPoint, most);
  return {b.toF32(scale), b.toF32(zeroPoint)};
}

static void lower(DynamicFakeQuantizeOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  double quantMin = op.getQuantMin(), quantMax = op.getQuantMax();
  auto [low, high] = createRange(builder, loc, op.getInput());
  ScalarBuilder scalars{builder, loc};
  if (op.getSymmetric()) {
    high = scalars.make<arith::MaxNumFOp>(scalars.abs(low), high);
    low = arith::NegFOp::create(builder, loc, high);
  }
  auto [scale, zeroPoint] =
      createQParams(scalars, low, high, quantMin, quantMax);
  Value one =
      arith::ConstantOp::create(builder, loc, builder.getF32FloatAttr(1));
  Value inverse = arith::DivFOp::create(builder, loc, one, scale);
  auto type = cast<TensorType>(op.getType());
  Value result = createElementwise(
      builder, loc, op.getInput(), type,
      [&, s = scale, z = zeroPoint](ElementBuilder &body, Value value) {
        Value code =
            body.quantize(body.toF32(value), inverse, z, quantMin, quantMax);
        return body.fromF32(body.dequantize(code, s, z), type.getElementType());
      });
  op.replaceAllUsesWith(result);
  op.erase();
}

//===----------------------------------------------------------------------===//
// Fake quantization, storage
//===----------------------------------------------------------------------===//

/// F30: the pair that it stands for; its operand while it has no parameters.
static LogicalResult expand(FakeQuantizeOp op, SymbolTableCollection &symbols) {
  ObserverOp observer;
  if (FlatSymbolRefAttr name = op.getObserverAttr())
    observer = symbols.lookupNearestSymbolFrom<ObserverOp>(op, name);
  QParamsAttr qparams = observer ? getQParams(observer) : QParamsAttr();
  Value result = op.getInput();
  if (qparams && !observer.getSpec().hasFloatDType()) {
    auto type = cast<TensorType>(result.getType());
    FailureOr<QuantizedType> codes =
        getCodeType(observer.getSpec(), qparams, type, [&] {
          return observer.emitOpError() << "@" << observer.getSymName() << " ";
        });
    if (failed(codes))
      return failure();
    OpBuilder builder(op);
    result = QuantizeOp::create(builder, op.getLoc(), type.clone(Type(*codes)),
                                result);
    result = DequantizeOp::create(builder, op.getLoc(), type, result);
  }
  op.replaceAllUsesWith(result);
  op.erase();
  return success();
}

void quantprep::lowerQuantizeOps(Operation *root) {
  root->walk([](Operation *op) {
    llvm::TypeSwitch<Operation *, void>(op)
        .Case<QuantizeOp, DequantizeOp, DynamicFakeQuantizeOp>(
            [](auto typed) { lower(typed); });
  });
}

namespace {
struct LowerQuantizePass
    : quantprep::impl::LowerQuantizeBase<LowerQuantizePass> {
  using LowerQuantizeBase::LowerQuantizeBase;

  void runOnOperation() final {
    bool lowerable = true;
    SymbolTableCollection symbols;
    if (failed(verifyRanks(getOperation())))
      return signalPassFailure();
    getOperation()->walk([&](FakeQuantizeOp op) {
      lowerable &= succeeded(expand(op, symbols));
    });
    if (!lowerable)
      return signalPassFailure();
    lowerQuantizeOps(getOperation());
    replaceCodesByStorage(getOperation());
  }
};
} // namespace
