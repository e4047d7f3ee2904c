//===- ValueFactsTest.cpp - Constants and parameters of a function --------===//

#include "QuantPrep/Units/ValueFacts.h"
#include "QuantPrep/Units/ExternalModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;

static const char *const text = R"(
func.func @f(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %splat = "tosa.const"() <{values = dense<2.0> : tensor<2x4xf32>}> : () -> tensor<2x4xf32> loc("splat")
  %one = "tosa.const"() <{values = dense<4.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32> loc("one")
  %mixed = "tosa.const"() <{values = dense<[[1.0, 2.0]]> : tensor<1x2xf32>}> : () -> tensor<1x2xf32> loc("mixed")
  %inverse = tosa.reciprocal %one : (tensor<1x1xf32>) -> tensor<1x1xf32> loc("inverse")
  %folded = tosa.abs %splat : (tensor<2x4xf32>) -> tensor<2x4xf32> loc("folded")
  %moved = tosa.identity %x : (tensor<2x4xf32>) -> tensor<2x4xf32> loc("moved")
  %turned = tosa.transpose %moved {perms = array<i32: 1, 0>} : (tensor<2x4xf32>) -> tensor<4x2xf32> loc("turned")
  %computed = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32> loc("computed")
  cf.br ^body(%computed : tensor<2x4xf32>)
^body(%later: tensor<2x4xf32>):
  %carried = tosa.identity %later : (tensor<2x4xf32>) -> tensor<2x4xf32> loc("carried")
  return %carried : tensor<2x4xf32>
}
)";

namespace {
struct ValueFactsTest : testing::Test {
  ValueFactsTest() {
    DialectRegistry registry;
    registry
        .insert<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect,
                math::MathDialect, tensor::TensorDialect, tosa::TosaDialect>();
    registerExternalModels(registry);
    context.appendDialectRegistry(registry);
    module = parseSourceString<ModuleOp>(text, &context);
  }

  /// The result of the op with this location.
  Value get(llvm::StringRef name) {
    Value found;
    module->walk([&](Operation *op) {
      auto loc = dyn_cast<NameLoc>(op->getLoc());
      if (loc && loc.getName() == name)
        found = op->getResult(0);
    });
    EXPECT_TRUE(found) << name.str();
    return found;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(ValueFactsTest, Constants) {
  ASSERT_TRUE(module);
  ValueFacts facts(*module->getOps<func::FuncOp>().begin());
  for (const char *name : {"splat", "one", "mixed", "inverse", "folded"})
    EXPECT_TRUE(facts.isConstant(get(name))) << name;
  for (const char *name : {"moved", "turned", "computed", "carried"})
    EXPECT_FALSE(facts.isConstant(get(name))) << name;
}

TEST_F(ValueFactsTest, Parameters) {
  ASSERT_TRUE(module);
  ValueFacts facts(*module->getOps<func::FuncOp>().begin());
  for (const char *name : {"splat", "folded", "moved", "turned"})
    EXPECT_TRUE(facts.isParameter(get(name))) << name;
  // Computed, or brought by an argument of a later block.
  for (const char *name : {"computed", "carried"})
    EXPECT_FALSE(facts.isParameter(get(name))) << name;
  EXPECT_TRUE(facts.isParameter(get("turned"), /*transposed=*/true));
  EXPECT_FALSE(facts.isParameter(get("moved"), /*transposed=*/true));
}

TEST_F(ValueFactsTest, Scalars) {
  ASSERT_TRUE(module);
  ValueFacts facts(*module->getOps<func::FuncOp>().begin());
  EXPECT_TRUE(facts.isScalar(get("one")));
  EXPECT_TRUE(facts.isScalar(get("inverse")));
  EXPECT_FALSE(facts.isScalar(get("splat")));
  EXPECT_FALSE(facts.isScalar(get("mixed")));
  EXPECT_FALSE(facts.isScalar(get("moved")));
}

TEST_F(ValueFactsTest, Splats) {
  ASSERT_TRUE(module);
  ValueFacts facts(*module->getOps<func::FuncOp>().begin());
  EXPECT_EQ(facts.getSplat(get("splat")), 2.0);
  EXPECT_EQ(facts.getSplat(get("inverse")), 0.25);
  EXPECT_EQ(facts.getSplat(get("mixed")), std::nullopt);
  EXPECT_EQ(facts.getSplat(get("folded")), std::nullopt);
  EXPECT_EQ(facts.getSplat(get("computed")), std::nullopt);
}
