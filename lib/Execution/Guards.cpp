//===- Guards.cpp - What data can make go wrong is checked ----------------===//
//
// An index that is out of range would read or write other memory, a division by
// zero or a failed assertion would end the process.
//
//===----------------------------------------------------------------------===//

#include "Lower.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep::execution;

/// Ends the run: the index is out of range, or there is a message.
static void failAt(const RunFailure *where, int64_t index, int64_t end) {
  if (!where->message.empty())
    noteFailure(where->message, where->loc);
  else
    noteFailure("index " + std::to_string(index) +
                    " is out of range, it must be at least 0 and less than " +
                    std::to_string(end) + "; correct the inputs",
                where->loc);
  endRun();
}

static Value getSize(OpBuilder &builder, Location loc, Value shaped,
                     int64_t dim) {
  auto type = cast<ShapedType>(shaped.getType());
  if (!type.isDynamicDim(dim))
    return arith::ConstantIndexOp::create(builder, loc, type.getDimSize(dim));
  if (isa<TensorType>(type))
    return tensor::DimOp::create(builder, loc, shaped, dim);
  return memref::DimOp::create(builder, loc, shaped, dim);
}

/// Whether an index is known to be less than a size.
static bool isInRange(Value index, int64_t size) {
  if (ShapedType::isDynamic(size))
    return false;
  if (std::optional<int64_t> constant = getConstantIntValue(index))
    return *constant >= 0 && *constant < size;
  auto loop = index.getDefiningOp<linalg::IndexOp>();
  if (!loop)
    return false;
  auto op = loop->getParentOfType<linalg::LinalgOp>();
  int64_t end = op.getStaticLoopRanges()[loop.getDim()];
  return !ShapedType::isDynamic(end) && end <= size;
}

namespace {
class Guard {
public:
  Guard(ModuleOp module, Surroundings &surroundings)
      : module(module), surroundings(surroundings) {}

  void guard(Operation *op);

private:
  void guardElement(Operation *op, Value shaped, ValueRange indices);
  void guardSlice(OffsetSizeAndStrideOpInterface op, Value shaped);
  void guardDivision(Operation *op, bool isSigned);
  void guardAssertion(cf::AssertOp op);
  void failIf(OpBuilder &builder, Location loc, Value condition,
              const std::string &message, Value index, Value end);
  func::FuncOp getCallee();

  ModuleOp module;
  Surroundings &surroundings;
};
} // namespace

func::FuncOp Guard::getCallee() {
  constexpr StringLiteral name = "qprep_fail_at";
  if (auto callee = module.lookupSymbol<func::FuncOp>(name))
    return callee;
  surroundings.symbols[name] = reinterpret_cast<void *>(failAt);
  Builder builder(module.getContext());
  Type number = builder.getI64Type(), index = builder.getIndexType();
  auto callee =
      func::FuncOp::create(module.getLoc(), name,
                           builder.getFunctionType({number, index, index}, {}));
  callee.setPrivate();
  module.push_back(callee);
  return callee;
}

void Guard::failIf(OpBuilder &builder, Location loc, Value condition,
                   const std::string &message, Value index, Value end) {
  surroundings.failures.push_back(
      std::make_unique<RunFailure>(RunFailure{message, loc}));
  auto branch =
      scf::IfOp::create(builder, loc, condition, /*withElseRegion=*/false);
  OpBuilder inside = branch.getThenBodyBuilder();
  Value where = arith::ConstantIntOp::create(
      inside, loc,
      reinterpret_cast<intptr_t>(surroundings.failures.back().get()), 64);
  if (!index)
    index = end = arith::ConstantIndexOp::create(inside, loc, 0);
  func::CallOp::create(inside, loc, getCallee(), ValueRange{where, index, end});
}

void Guard::guardElement(Operation *op, Value shaped, ValueRange indices) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  auto type = cast<ShapedType>(shaped.getType());
  for (auto [dim, index] : llvm::enumerate(indices)) {
    if (isInRange(index, type.getDimSize(dim)))
      continue;
    Value end = getSize(builder, loc, shaped, dim);
    Value isOutside = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::uge, index, end);
    failIf(builder, loc, isOutside, "", index, end);
  }
}

void Guard::guardSlice(OffsetSizeAndStrideOpInterface op, Value shaped) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto type = cast<ShapedType>(shaped.getType());
  const SmallVector<OpFoldResult> offsets = op.getMixedOffsets(),
                                  sizes = op.getMixedSizes(),
                                  strides = op.getMixedStrides();
  auto get = [&](OpFoldResult value) {
    return getValueOrCreateConstantIndexOp(builder, loc, value);
  };
  auto compare = [&](arith::CmpIPredicate predicate, Value a, Value b) {
    return arith::CmpIOp::create(builder, loc, predicate, a, b);
  };
  using Predicate = arith::CmpIPredicate;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    // What is static has been verified.
    if (!type.isDynamicDim(dim) && !op.isDynamicOffset(dim) &&
        !op.isDynamicSize(dim) && !op.isDynamicStride(dim))
      continue;
    Value zero = get(builder.getIndexAttr(0)),
          one = get(builder.getIndexAttr(1));
    Value offset = get(offsets[dim]), size = get(sizes[dim]);
    Value end = getSize(builder, loc, shaped, dim);
    Value steps = arith::SubIOp::create(builder, loc, size, one);
    Value last = arith::AddIOp::create(
        builder, loc, offset,
        arith::MulIOp::create(builder, loc, steps, get(strides[dim])));
    // The first and the last element, if there are any.
    Value isBefore = compare(Predicate::slt, offset, zero);
    Value isBehind = compare(Predicate::uge, last, end);
    Value isAny = compare(Predicate::sgt, size, zero);
    Value isOutside = arith::AndIOp::create(
        builder, loc, isAny,
        arith::OrIOp::create(builder, loc, isBefore, isBehind));
    Value isNegative = compare(Predicate::slt, size, zero);
    Value index = arith::SelectOp::create(builder, loc, isBefore, offset, last);
    failIf(builder, loc, isOutside, "", index, end);
    failIf(builder, loc, isNegative,
           "the size of a slice is negative; correct the inputs", {}, {});
  }
}

/// The quotient of the least integer and -1 is none either.
void Guard::guardDivision(Operation *op, bool isSigned) {
  Value dividend = op->getOperand(0), divisor = op->getOperand(1);
  if (!divisor.getType().isIntOrIndex())
    return;
  if (std::optional<int64_t> constant = getConstantIntValue(divisor);
      constant && *constant != 0 && *constant != -1)
    return;
  OpBuilder builder(op);
  Location loc = op->getLoc();
  auto isEqual = [&](Value value, const APInt &number) -> Value {
    Type type = value.getType();
    Value constant = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(type, number));
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, value,
                                 constant);
  };
  unsigned width = divisor.getType().isIndex()
                       ? IndexType::kInternalStorageBitWidth
                       : divisor.getType().getIntOrFloatBitWidth();
  failIf(builder, loc, isEqual(divisor, APInt::getZero(width)),
         "division by zero; correct the inputs", {}, {});
  if (!isSigned)
    return;
  Value overflows = arith::AndIOp::create(
      builder, loc, isEqual(divisor, APInt::getAllOnes(width)),
      isEqual(dividend, APInt::getSignedMinValue(width)));
  failIf(builder, loc, overflows,
         "the least integer is divided by -1; correct the inputs", {}, {});
}

void Guard::guardAssertion(cf::AssertOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value yes = arith::ConstantIntOp::create(builder, loc, 1, 1);
  Value fails = arith::XOrIOp::create(builder, loc, op.getArg(), yes);
  failIf(builder, loc, fails,
         "an assertion of the program fails: " + op.getMsg().str(), {}, {});
  op.erase();
}

void Guard::guard(Operation *op) {
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](tensor::ExtractOp op) {
        guardElement(op, op.getTensor(), op.getIndices());
      })
      .Case([&](tensor::InsertOp op) {
        guardElement(op, op.getDest(), op.getIndices());
      })
      .Case([&](memref::LoadOp op) {
        guardElement(op, op.getMemRef(), op.getIndices());
      })
      .Case([&](memref::StoreOp op) {
        guardElement(op, op.getMemRef(), op.getIndices());
      })
      .Case([&](tensor::ExtractSliceOp op) { guardSlice(op, op.getSource()); })
      .Case([&](tensor::InsertSliceOp op) { guardSlice(op, op.getDest()); })
      .Case([&](memref::SubViewOp op) { guardSlice(op, op.getSource()); })
      .Case<arith::DivSIOp, arith::RemSIOp, arith::CeilDivSIOp,
            arith::FloorDivSIOp>(
          [&](Operation *op) { guardDivision(op, /*isSigned=*/true); })
      .Case<arith::DivUIOp, arith::RemUIOp, arith::CeilDivUIOp>(
          [&](Operation *op) { guardDivision(op, /*isSigned=*/false); })
      .Case([&](cf::AssertOp op) { guardAssertion(op); });
}

void quantprep::execution::addGuards(ModuleOp module,
                                     Surroundings &surroundings) {
  Guard guard(module, surroundings);
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : ops)
    guard.guard(op);
}
