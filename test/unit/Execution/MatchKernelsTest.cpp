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

// Weights behind a transpose are read as they are, so that no run transposes
// them; what is no constant is read behind it.
TEST(MatchKernelsTest, TransposesOfWeightsAreGone) {
  if (!hasKernels())
    GTEST_SKIP() << "a build without kernels";
  MLIRContext context;
  context.loadDialect<arith::ArithDialect, bufferization::BufferizationDialect,
                      func::FuncDialect, linalg::LinalgDialect,
                      memref::MemRefDialect, tensor::TensorDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(module);
  Symbols symbols;
  std::vector<std::unique_ptr<Kernel>> kernels;
  selectKernels(*module, symbols, kernels);
  EXPECT_EQ(kernels.size(), 3u);
  module->walk([](linalg::TransposeOp transpose) {
    auto function = transpose->getParentOfType<func::FuncOp>();
    EXPECT_EQ(transpose->use_empty(), function.getName() != "computed")
        << function.getName().str();
  });
}
