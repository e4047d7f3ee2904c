//===- ValueFlowTest.cpp - How values get from one place to another -------===//

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Models/ExternalModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct ValueFlowTest : testing::Test {
  ValueFlowTest() {
    DialectRegistry registry;
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect,
                    func::FuncDialect, scf::SCFDialect, tosa::TosaDialect>();
    registerExternalModels(registry);
    context.appendDialectRegistry(registry);
  }

  void parse(llvm::StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    ASSERT_TRUE(module);
    flow.emplace(*module);
  }

  /// The op with this location.
  Operation *get(llvm::StringRef name) {
    Operation *found = nullptr;
    module->walk([&](Operation *op) {
      auto loc = dyn_cast<NameLoc>(op->getLoc());
      if (loc && loc.getName() == name)
        found = op;
    });
    EXPECT_TRUE(found) << name.str();
    return found;
  }

  /// The locations of the ops whose operands a value comes from.
  std::vector<std::string> sourcesOf(Value value) {
    std::vector<std::string> names;
    for (OpOperand *use : flow->getSources(value)) {
      auto loc = dyn_cast<NameLoc>(use->getOwner()->getLoc());
      names.push_back((loc ? loc.getName().str() : "?") + "." +
                      std::to_string(use->getOperandNumber()));
      // The inverse knows it, too.
      EXPECT_TRUE(llvm::is_contained(flow->getTargets(*use), value));
    }
    return names;
  }

  const CalledFunction &function(llvm::StringRef name) {
    const CalledFunction *found = flow->lookup(module->lookupSymbol(name));
    EXPECT_TRUE(found) << name.str();
    return *found;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  std::optional<ValueFlow> flow;
};

using Names = std::vector<std::string>;
} // namespace

TEST_F(ValueFlowTest, CallsInBothDirections) {
  parse(R"(
func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @f(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("first")
  %1 = call @f(%0, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("second")
  return %1 : tensor<4xf32>
}
func.func private @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  return %b : tensor<4xf32> loc("return")
})");
  const CalledFunction &f = function("f");
  EXPECT_TRUE(f.callsAreKnown);
  EXPECT_FALSE(f.isRecursive);
  EXPECT_EQ(f.calls.size(), 2u);
  EXPECT_EQ(flow->getCallee(get("second")), &f);
  FunctionOpInterface op = f.function;
  EXPECT_EQ(sourcesOf(op.getArgument(0)), (Names{"first.0", "second.0"}));
  EXPECT_EQ(sourcesOf(op.getArgument(1)), (Names{"first.1", "second.1"}));
  EXPECT_EQ(sourcesOf(get("first")->getResult(0)), (Names{"return.0"}));
  EXPECT_EQ(flow->getTargets(get("return")->getOpOperand(0)).size(), 2u);
  EXPECT_FALSE(function("main").callsAreKnown);
  // The callee comes first.
  EXPECT_EQ(flow->getFunctions().front(), &f);
}

TEST_F(ValueFlowTest, WhatIsNotKnown) {
  parse(R"(
func.func private @declared(tensor<4xf32>) -> tensor<4xf32>
func.func private @taken(%a: tensor<4xf32>) -> tensor<4xf32> {
  return %a : tensor<4xf32>
}
func.func private @mentioned(%a: tensor<4xf32>) -> tensor<4xf32> {
  return %a : tensor<4xf32>
}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @declared(%x) : (tensor<4xf32>) -> tensor<4xf32> loc("declared")
  %f = constant @taken : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call_indirect %f(%0) : (tensor<4xf32>) -> tensor<4xf32> loc("indirect")
  %2 = call @taken(%1) : (tensor<4xf32>) -> tensor<4xf32> loc("direct")
  %3 = arith.addf %2, %2 {hint = [@mentioned]} : tensor<4xf32>
  return %3 : tensor<4xf32>
})");
  EXPECT_EQ(flow->getCallee(get("declared")), nullptr);
  EXPECT_TRUE(sourcesOf(get("declared")->getResult(0)).empty());
  EXPECT_EQ(flow->getCallee(get("indirect")), nullptr);
  EXPECT_EQ(flow->getCallee(get("direct")), &function("taken"));
  EXPECT_FALSE(function("taken").callsAreKnown);
  EXPECT_FALSE(function("mentioned").callsAreKnown);
  EXPECT_EQ(flow->lookup(module->lookupSymbol("declared")), nullptr);
}

TEST_F(ValueFlowTest, RecursionThroughOthers) {
  parse(R"(
func.func private @even(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @odd(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @odd(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @even(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @leaf(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @leaf(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
})");
  EXPECT_TRUE(function("even").isRecursive);
  EXPECT_TRUE(function("odd").isRecursive);
  EXPECT_FALSE(function("leaf").isRecursive);
  EXPECT_EQ(flow->getFunctions().front(), &function("leaf"));
}

TEST_F(ValueFlowTest, ReturnsOfSeveralBlocks) {
  parse(R"(
func.func @main(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @f(%c, %x) : (i1, tensor<4xf32>) -> tensor<4xf32> loc("call")
  return %0 : tensor<4xf32>
}
func.func private @f(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  cf.cond_br %c, ^a, ^b
^a:
  return %x : tensor<4xf32> loc("early")
^b:
  %0 = arith.negf %x : tensor<4xf32>
  return %0 : tensor<4xf32> loc("late")
})");
  EXPECT_EQ(sourcesOf(get("call")->getResult(0)), (Names{"early.0", "late.0"}));
}

TEST_F(ValueFlowTest, BranchesAndLoopsOfScf) {
  parse(R"(
func.func @main(%c: i1, %x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %if = scf.if %c -> tensor<4xf32> {
    scf.yield %x : tensor<4xf32> loc("then")
  } else {
    scf.yield %x : tensor<4xf32> loc("else")
  } loc("if")
  %for = scf.for %i = %n to %n step %n iter_args(%a = %if) -> tensor<4xf32> {
    scf.yield %a : tensor<4xf32> loc("next")
  } loc("for")
  %while = scf.while (%a = %for) : (tensor<4xf32>) -> tensor<4xf32> {
    scf.condition(%c) %a : tensor<4xf32> loc("condition")
  } do {
  ^bb0(%b: tensor<4xf32>):
    scf.yield %b : tensor<4xf32> loc("again")
  } loc("while")
  return %while : tensor<4xf32>
})");
  Operation *branch = get("if"), *loop = get("for"), *general = get("while");
  EXPECT_FALSE(isLoop(branch));
  EXPECT_TRUE(isLoop(loop));
  EXPECT_TRUE(isLoop(general));
  EXPECT_TRUE(passesThroughRegions(branch));
  EXPECT_FALSE(passesThroughRegions(get("next")));
  EXPECT_EQ(sourcesOf(branch->getResult(0)), (Names{"then.0", "else.0"}));
  EXPECT_EQ(sourcesOf(loop->getResult(0)), (Names{"for.3", "next.0"}));
  // The induction variable comes from nowhere.
  EXPECT_TRUE(sourcesOf(loop->getRegion(0).getArgument(0)).empty());
  EXPECT_EQ(sourcesOf(loop->getRegion(0).getArgument(1)),
            (Names{"for.3", "next.0"}));
  EXPECT_EQ(sourcesOf(general->getRegion(0).getArgument(0)),
            (Names{"while.0", "again.0"}));
  EXPECT_EQ(sourcesOf(general->getRegion(1).getArgument(0)),
            (Names{"condition.1"}));
  EXPECT_EQ(sourcesOf(general->getResult(0)), (Names{"condition.1"}));
}

TEST_F(ValueFlowTest, BranchesAndLoopsOfTosa) {
  parse(R"(
func.func @main(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  %if = tosa.cond_if %c (%a = %x) : tensor<i1> (tensor<4xf32>) -> tensor<4xf32> {
  ^bb0(%a: tensor<4xf32>):
    tosa.yield %a : tensor<4xf32> loc("then")
  } else {
  ^bb0(%a: tensor<4xf32>):
    tosa.yield %x : tensor<4xf32> loc("else")
  } loc("if")
  %while = tosa.while_loop (%a = %if) : (tensor<4xf32>) -> tensor<4xf32> {
    tosa.yield %c : tensor<i1> loc("condition")
  } do {
  ^bb0(%b: tensor<4xf32>):
    tosa.yield %b : tensor<4xf32> loc("again")
  } loc("while")
  return %while : tensor<4xf32>
})");
  Operation *branch = get("if"), *loop = get("while");
  EXPECT_FALSE(isLoop(branch));
  EXPECT_TRUE(isLoop(loop));
  EXPECT_EQ(sourcesOf(branch->getRegion(1).getArgument(0)), (Names{"if.1"}));
  EXPECT_EQ(sourcesOf(branch->getResult(0)), (Names{"then.0", "else.0"}));
  for (Value value :
       {Value(loop->getRegion(0).getArgument(0)),
        Value(loop->getRegion(1).getArgument(0)), Value(loop->getResult(0))})
    EXPECT_EQ(sourcesOf(value), (Names{"while.0", "again.0"}));
  EXPECT_TRUE(flow->getTargets(get("condition")->getOpOperand(0)).empty());
}
