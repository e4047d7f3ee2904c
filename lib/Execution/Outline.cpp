//===- Outline.cpp - Equal loops are compiled once ------------------------===//
//
// Each structured op on buffers becomes a function of its own, and ops that are
// equal but for sizes and numbers share one, which gets these: the layers of a
// network repeat, and what LLVM needs for a function grows faster than the
// function.
//
//===----------------------------------------------------------------------===//

#include "Lower.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

#include <map>

using namespace mlir;
using namespace quantprep::execution;

namespace {
/// An op that becomes a call.
struct Loops {
  linalg::LinalgOp op;
  /// What the op refers to, each value once: LLVM is to see which buffers are
  /// the same.
  SmallVector<Value> inputs;
  /// In its body, in order.
  SmallVector<Operation *> constants;
};
} // namespace

/// Brings constants that the body of `op` refers to into it.
static void sinkConstants(linalg::LinalgOp op) {
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  for (Value value : captured) {
    Operation *constant = value.getDefiningOp();
    if (!constant || !matchPattern(constant, m_Constant()))
      continue;
    Block *body = op.getBlock();
    OpBuilder builder = OpBuilder::atBlockBegin(body);
    Value copy = builder.clone(*constant)->getResult(0);
    replaceAllUsesInRegionWith(value, copy, *body->getParent());
  }
}

static Loops readLoops(linalg::LinalgOp op) {
  sinkConstants(op);
  llvm::SetVector<Value> inputs;
  getUsedValuesDefinedAbove(op->getRegions(), inputs);
  inputs.insert(op->operand_begin(), op->operand_end());
  Loops loops = {op, inputs.takeVector(), {}};
  for (Operation &inner : *op.getBlock())
    if (matchPattern(&inner, m_Constant()))
      loops.constants.push_back(&inner);
  return loops;
}

/// Loops over elements are the same for all sizes. Sums and windows keep
/// theirs: LLVM unrolls them, and the order of a sum is what it was.
static Type getArgumentType(linalg::LinalgOp op, Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  if (!buffer || op.getNumParallelLoops() != op.getNumLoops())
    return type;
  auto unknown = [](int64_t size) {
    return size == 1 ? 1 : ShapedType::kDynamic;
  };
  MemRefLayoutAttrInterface layout = buffer.getLayout();
  if (!layout.isIdentity())
    layout = StridedLayoutAttr::get(
        op.getContext(), ShapedType::kDynamic,
        llvm::map_to_vector(buffer.getStridesAndOffset().first, unknown));
  return MemRefType::get(llvm::map_to_vector(buffer.getShape(), unknown),
                         buffer.getElementType(), layout,
                         buffer.getMemorySpace());
}

/// A function, not yet in a module, that does what the op does, and has the
/// constants with these positions as further arguments.
static func::FuncOp makeFunction(const Loops &loops,
                                 ArrayRef<unsigned> numbers) {
  OpBuilder builder(loops.op->getContext());
  Location loc = loops.op->getLoc();
  SmallVector<Type> types = llvm::map_to_vector(loops.inputs, [&](Value input) {
    return getArgumentType(loops.op, input.getType());
  });
  for (unsigned number : numbers)
    types.push_back(loops.constants[number]->getResult(0).getType());
  auto function = func::FuncOp::create(loc, "qprep_loops",
                                       builder.getFunctionType(types, {}));
  function.setPrivate();
  function->setAttr("passthrough", builder.getStrArrayAttr({"noinline"}));
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  IRMapping mapping;
  auto arguments = body->getArguments();
  mapping.map(loops.inputs, arguments.take_front(loops.inputs.size()));
  builder.clone(*loops.op, mapping);
  for (auto [number, argument] :
       llvm::zip_equal(numbers, arguments.drop_front(loops.inputs.size()))) {
    Operation *copy = mapping.lookup(loops.constants[number]);
    copy->getResult(0).replaceAllUsesWith(argument);
    copy->erase();
  }
  func::ReturnOp::create(builder, loc);
  return function;
}

/// The text of all that the op is but for its numbers.
static std::string getKey(const Loops &loops) {
  auto all = llvm::to_vector(llvm::seq<unsigned>(0, loops.constants.size()));
  OwningOpRef<func::FuncOp> function = makeFunction(loops, all);
  std::string text;
  llvm::raw_string_ostream os(text);
  function->print(os, OpPrintingFlags().useLocalScope());
  return text;
}

/// The positions of constants that are not the same in all.
static SmallVector<unsigned> findNumbers(ArrayRef<Loops> equal) {
  SmallVector<unsigned> numbers;
  for (unsigned i = 0, end = equal.front().constants.size(); i < end; ++i)
    if (!llvm::all_equal(llvm::map_range(equal, [&](const Loops &loops) {
          return loops.constants[i]->getAttrDictionary();
        })))
      numbers.push_back(i);
  return numbers;
}

static void replaceByCall(const Loops &loops, func::FuncOp function,
                          ArrayRef<unsigned> numbers) {
  OpBuilder builder(loops.op);
  Location loc = loops.op->getLoc();
  SmallVector<Value> arguments;
  for (auto [input, type] :
       llvm::zip(loops.inputs, function.getArgumentTypes()))
    arguments.push_back(
        input.getType() == type
            ? input
            : memref::CastOp::create(builder, loc, type, input));
  for (unsigned number : numbers)
    arguments.push_back(builder.clone(*loops.constants[number])->getResult(0));
  func::CallOp::create(builder, loc, function, arguments);
  loops.op->erase();
}

void quantprep::execution::outlineLoops(ModuleOp module) {
  std::map<std::string, SmallVector<Loops>> groups;
  module.walk([&](linalg::LinalgOp op) {
    if (!op.hasPureBufferSemantics())
      return;
    Loops loops = readLoops(op);
    groups[getKey(loops)].push_back(std::move(loops));
  });
  for (auto [index, group] : llvm::enumerate(groups)) {
    ArrayRef<Loops> equal = group.second;
    SmallVector<unsigned> numbers = findNumbers(equal);
    func::FuncOp function = makeFunction(equal.front(), numbers);
    function.setName("qprep_loops_" + std::to_string(index + 1));
    module.push_back(function);
    for (const Loops &loops : equal)
      replaceByCall(loops, function, numbers);
  }
}
