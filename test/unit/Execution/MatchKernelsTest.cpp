//===- MatchKernelsTest.cpp - What kernels take with an op ----------------===//

#include "MatchKernels.h"
#include "Lower.h"

#include "QuantPrep/Execution/Program.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep::execution;

static const char *const text = R"(
func.func @product(%x: tensor<2x3xf32>, %e: tensor<3x4xf32>, %init: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %w = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [1.0, 2.0, 3.0]]> : tensor<4x3xf32>
  %t = linalg.transpose ins(%w : tensor<4x3xf32>) outs(%e : tensor<3x4xf32>) permutation = [1, 0]
  %0 = linalg.matmul ins(%x, %t : tensor<2x3xf32>, tensor<3x4xf32>) outs(%init : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}
func.func @convolution(%x: tensor<1x5x5x2xf32>, %e: tensor<3x3x2x4xf32>, %init: tensor<1x3x3x4xf32>) -> tensor<1x3x3x4xf32> {
  %w = arith.constant dense<0.5> : tensor<4x3x3x2xf32>
  %t = linalg.transpose ins(%w : tensor<4x3x3x2xf32>) outs(%e : tensor<3x3x2x4xf32>) permutation = [1, 2, 3, 0]
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %t : tensor<1x5x5x2xf32>, tensor<3x3x2x4xf32>) outs(%init : tensor<1x3x3x4xf32>) -> tensor<1x3x3x4xf32>
  return %0 : tensor<1x3x3x4xf32>
}
func.func @computed(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %e: tensor<3x4xf32>, %init: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %t = linalg.transpose ins(%w : tensor<4x3xf32>) outs(%e : tensor<3x4xf32>) permutation = [1, 0]
  %0 = linalg.matmul ins(%x, %t : tensor<2x3xf32>, tensor<3x4xf32>) outs(%init : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}
)";

static const char *const productOfIntegers = R"(
func.func @product(%x: tensor<1x2x3xi8>, %w: tensor<1x3x4xi8>, %init: tensor<1x2x4xi32>) -> tensor<1x2x4xi32> {
  %zero = arith.constant -8 : i32
  %none = arith.constant 0 : i32
  %0 = linalg.quantized_batch_matmul ins(%x, %w, %zero, %none : tensor<1x2x3xi8>, tensor<1x3x4xi8>, i32, i32)
    outs(%init : tensor<1x2x4xi32>) -> tensor<1x2x4xi32>
  return %0 : tensor<1x2x4xi32>
})";
static const char *const convolutionOfIntegers = R"(
func.func @convolution(%x: tensor<1x5x5x2xi8>, %w: tensor<4x3x3x2xi8>, %init: tensor<1x3x3x4xi32>) -> tensor<1x3x3x4xi32> {
  %zero = arith.constant -8 : i32
  %none = arith.constant 0 : i32
  %0 = linalg.conv_2d_nhwc_fhwc_q ins(%x, %w, %zero, %none : tensor<1x5x5x2xi8>, tensor<4x3x3x2xi8>, i32, i32)
    outs(%init : tensor<1x3x3x4xi32>) -> tensor<1x3x3x4xi32>
  return %0 : tensor<1x3x3x4xi32>
})";

static OwningOpRef<ModuleOp> parse(const char *source, MLIRContext &context) {
  context.loadDialect<arith::ArithDialect, bufferization::BufferizationDialect,
                      func::FuncDialect, linalg::LinalgDialect,
                      memref::MemRefDialect, tensor::TensorDialect>();
  return parseSourceString<ModuleOp>(source, &context);
}

/// Of the ops that kernels take.
static size_t countKernels(ModuleOp module) {
  Symbols symbols;
  std::vector<std::unique_ptr<Kernel>> kernels;
  selectKernels(module, symbols, kernels);
  return kernels.size();
}

// Weights behind a transpose are read as they are, so that no run transposes
// them; what is no constant is read behind it.
TEST(MatchKernelsTest, TransposesOfWeightsAreGone) {
  if (!hasKernels())
    GTEST_SKIP() << "a build without kernels";
  MLIRContext context;
  OwningOpRef<ModuleOp> module = parse(text, context);
  ASSERT_TRUE(module);
  EXPECT_EQ(countKernels(*module), 3u);
  module->walk([](linalg::TransposeOp transpose) {
    auto function = transpose->getParentOfType<func::FuncOp>();
    EXPECT_EQ(transpose->use_empty(), function.getName() != "computed")
        << function.getName().str();
  });
}

// Which machines have exact products of integers is not known here, but those
// that do have convolutions, too.
TEST(MatchKernelsTest, ConvolutionsWithZeroPointsAreTaken) {
  MLIRContext context;
  OwningOpRef<ModuleOp> product = parse(productOfIntegers, context);
  OwningOpRef<ModuleOp> convolution = parse(convolutionOfIntegers, context);
  ASSERT_TRUE(product && convolution);
  EXPECT_EQ(countKernels(*convolution), countKernels(*product));
}
