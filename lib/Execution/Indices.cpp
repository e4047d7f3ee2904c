//===- Indices.cpp - Indices that come from data are checked --------------===//
//
// A gather or scatter with an index that is out of range would read or write
// other memory.
//
//===----------------------------------------------------------------------===//

#include "Lower.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantprep::execution;

static void noteIndex(const Location *loc, int64_t index, int64_t end) {
  noteFailure("index " + std::to_string(index) +
                  " is out of range, it must be at least 0 and less than " +
                  std::to_string(end) + "; correct the inputs",
              *loc);
}

/// Whether an index is computed from the elements of something.
static bool comesFromData(Value index) {
  SmallVector<Value> worklist = {index};
  llvm::DenseSet<Value> seen;
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (!op || !seen.insert(value).second)
      continue;
    if (isa<arith::IndexCastOp, arith::IndexCastUIOp>(op)) {
      if (!matchPattern(op->getOperand(0), m_Constant()))
        return true;
    } else if (isa<arith::ArithDialect>(op->getDialect())) {
      worklist.append(op->operand_begin(), op->operand_end());
    }
  }
  return false;
}

namespace {
class IndexGuard {
public:
  IndexGuard(ModuleOp module, Symbols &symbols,
             std::vector<std::unique_ptr<Location>> &locations)
      : module(module), symbols(symbols), locations(locations) {}

  void guard(Operation *op) {
    if (auto extract = dyn_cast<tensor::ExtractOp>(op))
      return guardElement(op, extract.getTensor(), extract.getIndicesMutable());
    if (auto insert = dyn_cast<tensor::InsertOp>(op))
      return guardElement(op, insert.getDest(), insert.getIndicesMutable());
    if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
      return guardSlice(slice, slice.getSource(), slice.getOffsetsMutable());
    if (auto slice = dyn_cast<tensor::InsertSliceOp>(op))
      return guardSlice(slice, slice.getDest(), slice.getOffsetsMutable());
  }

private:
  void guardElement(Operation *op, Value tensor, MutableOperandRange indices) {
    for (auto [dim, index] : llvm::enumerate(indices))
      guard(op, tensor, dim, index, /*size=*/OpFoldResult());
  }

  void guardSlice(OffsetSizeAndStrideOpInterface op, Value tensor,
                  MutableOperandRange offsets) {
    // A slice with steps has no end that is known as simply.
    if (!op.hasUnitStride())
      return;
    unsigned next = 0;
    for (auto [dim, offset] : llvm::enumerate(op.getStaticOffsets()))
      if (ShapedType::isDynamic(offset))
        guard(op, tensor, dim, offsets[next++], op.getMixedSizes()[dim]);
  }

  void guard(Operation *op, Value tensor, int64_t dim, OpOperand &index,
             OpFoldResult size);
  func::FuncOp getCallee();

  ModuleOp module;
  Symbols &symbols;
  std::vector<std::unique_ptr<Location>> &locations;
};
} // namespace

func::FuncOp IndexGuard::getCallee() {
  constexpr StringLiteral name = "qprep_note_index";
  if (auto callee = module.lookupSymbol<func::FuncOp>(name))
    return callee;
  symbols[name] = reinterpret_cast<void *>(noteIndex);
  Builder builder(module.getContext());
  Type number = builder.getI64Type(), index = builder.getIndexType();
  auto callee =
      func::FuncOp::create(module.getLoc(), name,
                           builder.getFunctionType({number, index, index}, {}));
  callee.setPrivate();
  module.push_back(callee);
  return callee;
}

/// `size` is how many elements are read from the index on; null: one.
void IndexGuard::guard(Operation *op, Value tensor, int64_t dim,
                       OpOperand &index, OpFoldResult size) {
  if (!comesFromData(index.get()))
    return;
  OpBuilder builder(op);
  Location loc = op->getLoc();
  Value end = tensor::DimOp::create(builder, loc, tensor, dim);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  if (size) {
    Value count = getValueOrCreateConstantIndexOp(builder, loc, size);
    end = arith::SubIOp::create(builder, loc, end, count);
    end = arith::AddIOp::create(builder, loc, end, one);
  }
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value isOutside = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::uge, index.get(), end);
  auto branch = scf::IfOp::create(builder, loc, isOutside,
                                  /*withElseRegion=*/false);
  {
    OpBuilder inside = branch.getThenBodyBuilder();
    locations.push_back(std::make_unique<Location>(loc));
    Value where = arith::ConstantIntOp::create(
        inside, loc, reinterpret_cast<intptr_t>(locations.back().get()), 64);
    func::CallOp::create(inside, loc, getCallee(),
                         ValueRange{where, index.get(), end});
  }
  index.set(
      arith::SelectOp::create(builder, loc, isOutside, zero, index.get()));
}

void quantprep::execution::guardIndices(
    ModuleOp module, Symbols &symbols,
    std::vector<std::unique_ptr<Location>> &locations) {
  IndexGuard guard(module, symbols, locations);
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : ops)
    guard.guard(op);
}
