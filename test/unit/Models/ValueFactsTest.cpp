//===- ValueFactsTest.cpp - Constants and parameters of a function --------===//

#include "QuantPrep/Models/ValueFacts.h"
#include "QuantPrep/Models/ExternalModels.h"

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
  %inverse_computed = tosa.reciprocal %computed : (tensor<2x4xf32>) -> tensor<2x4xf32> loc("inverse of computed")
  %number = arith.constant 3.0 : f32 loc("number")
  %integer = arith.constant 3 : i32 loc("integer")
  %integers = arith.constant dense<3> : tensor<2xi32> loc("integers")
  cf.br ^body(%computed : tensor<2x4xf32>)
^body(%later: tensor<2x4xf32>):
  %carried = tosa.identity %later : (tensor<2x4xf32>) -> tensor<2x4xf32> loc("carried")
  return %carried : tensor<2x4xf32>
}
func.func @moves(%x: tensor<2x3x4xf32>, %d: tensor<?x3x4xf32>, %c: tensor<1x8x?x?xf32>, %e: tensor<?x?x2x2xf32>, %u: tensor<*xf32>, %n: index) {
  %s64 = tosa.const_shape {values = dense<[6, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s212 = tosa.const_shape {values = dense<[2, 12]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s432 = tosa.const_shape {values = dense<[4, 3, 2]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s64 : (tensor<2x3x4xf32>, !tosa.shape<2>) -> tensor<6x4xf32> loc("folds the front")
  %1 = tosa.reshape %x, %s212 : (tensor<2x3x4xf32>, !tosa.shape<2>) -> tensor<2x12xf32> loc("folds the back")
  %2 = tosa.reshape %x, %s432 : (tensor<2x3x4xf32>, !tosa.shape<3>) -> tensor<4x3x2xf32> loc("mixes")
  %3 = tensor.expand_shape %d [[0, 1], [2], [3]] output_shape [%n, 1, 3, 4] : tensor<?x3x4xf32> into tensor<?x1x3x4xf32> loc("dynamic in front")
  %4 = tensor.collapse_shape %c [[0, 1], [2], [3]] : tensor<1x8x?x?xf32> into tensor<8x?x?xf32> loc("dynamic behind")
  %5 = tensor.collapse_shape %e [[0], [1], [2, 3]] : tensor<?x?x2x2xf32> into tensor<?x?x4xf32> loc("dynamic itself")
  %6 = tosa.transpose %x {perms = array<i32: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32> loc("transposes")
  %7 = tensor.extract_slice %x[0, 0, 0] [2, 3, 2] [1, 1, 1] : tensor<2x3x4xf32> to tensor<2x3x2xf32> loc("cuts")
  %8 = tosa.reshape %u, %s432 : (tensor<*xf32>, !tosa.shape<3>) -> tensor<4x3x2xf32> loc("of no rank")
  return
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
  EXPECT_EQ(facts.getSplat(get("folded")), 2.0);
  EXPECT_EQ(facts.getSplat(get("computed")), std::nullopt);
  EXPECT_EQ(facts.getSplat(get("inverse of computed")), std::nullopt);
  EXPECT_EQ(facts.getSplat(get("number")), 3.0);
  EXPECT_EQ(facts.getSplat(get("integer")), 3.0);
  EXPECT_EQ(facts.getSplat(get("integers")), std::nullopt);
}

TEST_F(ValueFactsTest, MovedDimensions) {
  ASSERT_TRUE(module);
  auto moved = [&](llvm::StringRef name, int64_t dimension) {
    return getMovedDimension(get(name).getDefiningOp(), dimension);
  };
  using Dim = std::optional<int64_t>;
  EXPECT_EQ(moved("folds the front", 0), std::nullopt);
  EXPECT_EQ(moved("folds the front", 1), Dim(2));
  EXPECT_EQ(moved("folds the back", 0), Dim(0));
  EXPECT_EQ(moved("folds the back", 1), std::nullopt);
  // As large, but other elements.
  EXPECT_EQ(moved("mixes", 0), std::nullopt);
  EXPECT_EQ(moved("mixes", 2), std::nullopt);
  EXPECT_EQ(moved("dynamic in front", 2), Dim(1));
  EXPECT_EQ(moved("dynamic in front", 3), Dim(2));
  EXPECT_EQ(moved("dynamic behind", 0), Dim(1));
  // It might be another one.
  EXPECT_EQ(moved("dynamic itself", 1), std::nullopt);
  EXPECT_EQ(moved("dynamic itself", 2), std::nullopt);
  EXPECT_EQ(moved("transposes", 0), Dim(2));
  EXPECT_EQ(moved("transposes", 1), Dim(0));
  EXPECT_EQ(moved("cuts", 1), Dim(1));
  EXPECT_EQ(moved("cuts", 2), std::nullopt);
  EXPECT_EQ(moved("of no rank", 0), std::nullopt);
}
