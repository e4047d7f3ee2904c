//===- GatherForms.cpp - Tables that elements are gathered from -----------===//
//
// An embedding: a constant table, and rows of it by indices of the run.
//
//===----------------------------------------------------------------------===//

#include "Forms.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "Storage.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using quant::UniformQuantizedType;

/// Whether all that becomes of a value, moved or not, are codes of a type.
static bool isQuantizedTo(Value value, UniformQuantizedType type) {
  while (value.hasOneUse()) {
    Operation *user = *value.user_begin();
    if (auto quantize = dyn_cast<QuantizeOp>(user))
      return getQuantizedElement(quantize.getType()) == type;
    auto quantizable = dyn_cast<QuantizableOpInterface>(user);
    if (!quantizable || !quantizable.movesData() ||
        user->getOperand(0) != value || user->getNumResults() != 1)
      return false;
    value = user->getResult(0);
  }
  return false;
}

/// The floats that a constant table stands for; empty if it is none.
static SmallVector<float> getFloats(IntegerLowering &lowering, Value table) {
  SmallVector<float> floats;
  if (std::optional<DenseElementsAttr> constant = lowering.getConstant(table)) {
    for (const APFloat &value : constant->getValues<APFloat>())
      floats.push_back(static_cast<float>(value.convertToDouble()));
    return floats;
  }
  const IntegerValue *source = lowering.lookup(table);
  DenseIntElementsAttr codes;
  if (!source || source->function || source->isClamped() ||
      !matchPattern(source->tensor, m_Constant(&codes)))
    return floats;
  int64_t inner = source->getInnerSize();
  for (auto [index, code] : llvm::enumerate(codes.getValues<APInt>())) {
    double scale = source->scales[(index / inner) % source->scales.size()];
    floats.push_back(
        static_cast<float>(scale) *
        static_cast<float>(code.getSExtValue() - source->zeroPoint));
  }
  return floats;
}

std::optional<IntegerValue>
quantprep::getGatheredCodes(IntegerLowering &lowering, Value table,
                            Value gathered) {
  const IntegerValue *source = lowering.lookup(table);
  if (source && source->isPerTensor())
    return *source;
  UniformQuantizedType type = lowering.target;
  if (!type || !type.isSigned() || !isQuantizedTo(gathered, type))
    return std::nullopt;
  SmallVector<float> floats = getFloats(lowering, table);
  if (floats.empty())
    return std::nullopt;
  auto tableType = cast<RankedTensorType>(table.getType());
  QParamsGrid grid = getQParamsGrid(tableType.clone(Type(type)));
  unsigned width = type.getStorageTypeIntegralWidth();
  SmallVector<APInt> codes;
  for (float value : floats)
    codes.push_back(APInt(width, grid.quantize(value, 0), /*isSigned=*/true));
  IntegerValue result;
  result.tensor = lowering.createConstant(DenseElementsAttr::get(
      tableType.clone(type.getStorageType()), ArrayRef(codes)));
  result.scales = {double(float(type.getScale()))};
  result.zeroPoint = type.getZeroPoint();
  result.low = grid.low;
  result.high = grid.high;
  return result;
}

static FailureOr<IntegerValue> buildGather(IntegerLowering &lowering,
                                           tosa::GatherOp op) {
  const IntegerValue *source = lowering.lookup(op.getValues());
  if (source && source->isPerTensor())
    return buildMovement(lowering, op, std::nullopt);
  std::optional<IntegerValue> table =
      getGatheredCodes(lowering, op.getValues(), op.getResult());
  if (!table)
    return lowering.fail(op, "what it gathers has not one scale");
  table->tensor =
      cloneWith(lowering.builder, op, {table->tensor, op.getIndices()},
                table->getType().getElementType())
          ->getResult(0);
  return *table;
}

namespace quantprep {
void attachTosaGatherForm(MLIRContext *context);
} // namespace quantprep

void quantprep::attachTosaGatherForm(MLIRContext *context) {
  attachForm<buildGather, tosa::GatherOp>(context);
}

//===----------------------------------------------------------------------===//
// What is gathered stays float
//===----------------------------------------------------------------------===//

/// The scale of each row that is gathered; null if all rows have one.
static Value gatherScales(OpBuilder &builder, tosa::GatherOp gather,
                          const QParamsGrid &grid) {
  if (grid.isPerTensor())
    return {};
  SmallVector<Attribute> scales;
  for (double scale : grid.scales)
    scales.push_back(builder.getF32FloatAttr(static_cast<float>(scale)));
  auto rows = int64_t(scales.size());
  auto type = RankedTensorType::get({1, rows, 1}, builder.getF32Type());
  Value constant = tosa::ConstOp::create(builder, gather.getLoc(), type,
                                         DenseElementsAttr::get(type, scales));
  auto indices = cast<ShapedType>(gather.getIndices().getType());
  return tosa::GatherOp::create(
      builder, gather.getLoc(),
      type.clone(ArrayRef<int64_t>{1, indices.getDimSize(1), 1}), constant,
      gather.getIndices());
}

/// Whether rows of the codes can be gathered: of one scale, or of one for each.
static bool hasGatherableRows(tosa::GatherOp gather, const QParamsGrid &grid) {
  auto indices = cast<ShapedType>(gather.getIndices().getType());
  return grid.isPerTensor() ||
         (grid.getAxis() == 1 && grid.counts[0] == 1 &&
          indices.getRank() == 2 && indices.getDimSize(0) == 1 &&
          llvm::all_of(grid.zeroPoints,
                       [](int64_t zero) { return zero == 0; }));
}

void quantprep::gatherBeforeDequantize(Operation *root) {
  SmallVector<tosa::GatherOp> gathers;
  root->walk([&](tosa::GatherOp op) { gathers.push_back(op); });
  for (tosa::GatherOp gather : gathers) {
    auto dequantize = gather.getValues().getDefiningOp<DequantizeOp>();
    if (!dequantize ||
        !getElementTypeOrSelf(dequantize.getResult().getType()).isF32())
      continue;
    auto codes = dyn_cast<RankedTensorType>(dequantize.getInput().getType());
    if (!codes || !getQuantizedElement(codes).isSigned())
      continue;
    QParamsGrid grid = getQParamsGrid(codes);
    if (!hasGatherableRows(gather, grid))
      continue;
    OpBuilder builder(gather);
    Location loc = gather.getLoc();
    auto type = cast<RankedTensorType>(gather.getType());
    RankedTensorType stored =
        type.clone(cast<ShapedType>(getStorageType(codes)).getElementType());
    Value integers = quant::StorageCastOp::create(
        builder, loc, getStorageType(codes), dequantize.getInput());
    integers = tosa::GatherOp::create(builder, loc, stored, integers,
                                      gather.getIndices());
    Value result;
    if (Value scales = gatherScales(builder, gather, grid)) {
      auto shift = RankedTensorType::get({1}, builder.getI8Type());
      Value none = tosa::ConstOp::create(
          builder, loc, shift, DenseElementsAttr::get(shift, int8_t(0)));
      Value floats = tosa::CastOp::create(builder, loc, type, integers);
      result = tosa::MulOp::create(builder, loc, type, floats, scales, none);
    } else {
      Value quantized = quant::StorageCastOp::create(
          builder, loc, type.clone(codes.getElementType()), integers);
      result = DequantizeOp::create(builder, loc, type, quantized);
    }
    integers.getDefiningOp()->setDiscardableAttrs(
        gather->getDiscardableAttrDictionary());
    gather.replaceAllUsesWith(result);
    gather.erase();
  }
}
