//===- Outline.cpp - Equal loops are compiled once ------------------------===//
//
// Each structured op on buffers becomes a function of its own, and equal ops
// share one: the layers of a network repeat, and what LLVM needs for a function
// grows faster than the function.
//
//===----------------------------------------------------------------------===//

#include "Lower.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep::execution;

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

/// What the op refers to, each value once: LLVM is to see which buffers are the
/// same.
static SmallVector<Value> getInputs(linalg::LinalgOp op) {
  llvm::SetVector<Value> values;
  getUsedValuesDefinedAbove(op->getRegions(), values);
  values.insert(op->operand_begin(), op->operand_end());
  return values.takeVector();
}

/// A function, not yet in a module, that does what the op does.
static func::FuncOp makeFunction(linalg::LinalgOp op, ArrayRef<Value> inputs) {
  OpBuilder builder(op->getContext());
  Location loc = op.getLoc();
  auto function = func::FuncOp::create(
      loc, "qprep_loops",
      builder.getFunctionType(TypeRange(ValueRange(inputs)), {}));
  function.setPrivate();
  function->setAttr("passthrough", builder.getStrArrayAttr({"noinline"}));
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  IRMapping mapping;
  mapping.map(inputs, body->getArguments());
  builder.clone(*op, mapping);
  func::ReturnOp::create(builder, loc);
  return function;
}

void quantprep::execution::outlineLoops(ModuleOp module) {
  SmallVector<linalg::LinalgOp> ops;
  module.walk([&](linalg::LinalgOp op) {
    if (op.hasPureBufferSemantics())
      ops.push_back(op);
  });
  llvm::StringMap<func::FuncOp> functions;
  for (linalg::LinalgOp op : ops) {
    sinkConstants(op);
    SmallVector<Value> inputs = getInputs(op);
    func::FuncOp function = makeFunction(op, inputs);
    std::string text;
    llvm::raw_string_ostream os(text);
    function.print(os, OpPrintingFlags().useLocalScope());
    auto [known, isNew] = functions.try_emplace(text, function);
    if (isNew) {
      function.setName("qprep_loops_" + std::to_string(functions.size()));
      module.push_back(function);
    } else {
      function.erase();
    }
    OpBuilder builder(op);
    func::CallOp::create(builder, op.getLoc(), known->second, inputs);
    op->erase();
  }
}
