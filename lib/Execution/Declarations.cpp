//===- Declarations.cpp - Functions that nobody defines -------------------===//

#include "Lower.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;

/// Whether there is a zero of a type.
static bool isNumber(Type type) { return type.isIntOrIndexOrFloat(); }

void quantprep::execution::defineDeclared(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function.isExternal() ||
        !llvm::all_of(function.getResultTypes(), isNumber))
      continue;
    emitWarning(function.getLoc())
        << "@" << function.getName()
        << " is only declared; where the model runs here, its calls do nothing"
        << (function.getNumResults() ? " and return 0" : "");
    OpBuilder builder = OpBuilder::atBlockBegin(function.addEntryBlock());
    SmallVector<Value> zeros;
    for (Type type : function.getResultTypes())
      zeros.push_back(arith::ConstantOp::create(builder, function.getLoc(),
                                                builder.getZeroAttr(type)));
    func::ReturnOp::create(builder, function.getLoc(), zeros);
  }
}
