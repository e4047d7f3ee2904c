//===- OpModelsTest.cpp - What foreign ops say of themselves --------------===//
//
// The answers of QuantizableOpInterface that patterns and costs are made of,
// and that an op which they do not concern answers with nothing.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ExternalModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

static const char *const text = R"(
func.func @tosa(%x: tensor<1x8x8x3xf32>, %w: tensor<4x2x2x3xf32>, %b: tensor<4xf32>, %z: tensor<1xf32>,
                %d: tensor<?x8x8x?xf32>, %m: tensor<1x2x?xf32>, %n: tensor<1x?x4xf32>) {
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 1>} : (tensor<1x8x8x3xf32>, tensor<4x2x2x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x7x4xf32> loc("conv2d")
  %1 = tosa.transpose_conv2d %x, %w, %b, %z, %z {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x8x8x3xf32>, tensor<4x2x2x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x16x16x4xf32> loc("conv_transpose2d")
  %2 = tosa.transpose_conv2d %d, %w, %b, %z, %z {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<?x8x8x?xf32>, tensor<4x2x2x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<?x16x16x4xf32> loc("dynamic conv")
  %3 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<1x8x8x3xf32>) -> tensor<1x8x1x3xf32> loc("reduction")
  %4 = tosa.matmul %m, %n, %z, %z : (tensor<1x2x?xf32>, tensor<1x?x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x4xf32> loc("dynamic matmul")
  return
}
#nhwc = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y * 2 + ky, x + kx, ci)>
#hwio = affine_map<(n, y, x, co, ky, kx, ci) -> (ky, kx, ci, co)>
#made = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y, x, co)>
func.func @linalg(%x: tensor<1x8x8x3xf32>, %w: tensor<2x2x3x4xf32>, %v: tensor<2x2x3xf32>, %to: tensor<1x4x7x4xf32>, %each: tensor<1x7x7x3xf32>,
                  %first: tensor<1x3x8x8xf32>, %filter: tensor<4x3x2x2xf32>, %made: tensor<1x4x7x7xf32>, %image: tensor<8x8xf32>, %patch: tensor<2x2xf32>, %seen: tensor<7x7xf32>,
                  %a: tensor<2x3xf32>, %b: tensor<3x4xf32>, %ab: tensor<2x4xf32>, %row: tensor<2xf32>) {
  %0 = linalg.conv_2d_nhwc_hwcf {strides = dense<[2, 1]> : tensor<2xi64>} ins(%x, %w : tensor<1x8x8x3xf32>, tensor<2x2x3x4xf32>) outs(%to : tensor<1x4x7x4xf32>) -> tensor<1x4x7x4xf32> loc("linalg conv2d")
  %1 = linalg.depthwise_conv_2d_nhwc_hwc ins(%x, %v : tensor<1x8x8x3xf32>, tensor<2x2x3xf32>) outs(%each : tensor<1x7x7x3xf32>) -> tensor<1x7x7x3xf32> loc("linalg depthwise")
  %2 = linalg.matmul ins(%a, %b : tensor<2x3xf32>, tensor<3x4xf32>) outs(%ab : tensor<2x4xf32>) -> tensor<2x4xf32> loc("linalg matmul")
  %3 = linalg.reduce { arith.addf } ins(%a : tensor<2x3xf32>) outs(%row : tensor<2xf32>) dimensions = [1] loc("linalg reduction")
  %4 = linalg.generic {indexing_maps = [#nhwc, #hwio, #made], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x8x8x3xf32>, tensor<2x2x3x4xf32>) outs(%to : tensor<1x4x7x4xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %5 = arith.mulf %p, %q : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<1x4x7x4xf32> loc("generic conv2d")
  %7 = linalg.conv_2d_nchw_fchw ins(%first, %filter : tensor<1x3x8x8xf32>, tensor<4x3x2x2xf32>) outs(%made : tensor<1x4x7x7xf32>) -> tensor<1x4x7x7xf32> loc("channels in front")
  %8 = linalg.conv_2d ins(%image, %patch : tensor<8x8xf32>, tensor<2x2xf32>) outs(%seen : tensor<7x7xf32>) -> tensor<7x7xf32> loc("no channels")
  return
}
)";

namespace {
struct OpModelsTest : testing::Test {
  OpModelsTest() {
    DialectRegistry registry;
    registry
        .insert<arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect,
                math::MathDialect, tensor::TensorDialect, tosa::TosaDialect>();
    registerExternalModels(registry);
    context.appendDialectRegistry(registry);
    module = parseSourceString<ModuleOp>(text, &context);
  }

  QuantizableOpInterface get(llvm::StringRef name) {
    QuantizableOpInterface found;
    module->walk([&](QuantizableOpInterface op) {
      auto loc = dyn_cast<NameLoc>(op->getLoc());
      if (loc && loc.getName() == name)
        found = op;
    });
    EXPECT_TRUE(found) << name.str();
    return found;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

using Numbers = llvm::SmallVector<int64_t>;
using Axis = std::optional<int64_t>;
} // namespace

TEST_F(OpModelsTest, InputChannels) {
  ASSERT_TRUE(module);
  for (const char *name : {"conv2d", "conv_transpose2d"}) {
    EXPECT_EQ(get(name).getInputChannelAxis(0), Axis(3)) << name;
    EXPECT_EQ(get(name).getInputChannelAxis(1), Axis(3)) << name;
    EXPECT_EQ(get(name).getInputChannelAxis(2), std::nullopt) << name;
  }
  for (const char *name : {"linalg conv2d", "generic conv2d"}) {
    EXPECT_EQ(get(name).getInputChannelAxis(0), Axis(3)) << name;
    EXPECT_EQ(get(name).getInputChannelAxis(1), Axis(2)) << name;
    EXPECT_EQ(get(name).getInputChannelAxis(2), std::nullopt) << name;
  }
  // Each channel has a filter of its own.
  EXPECT_EQ(get("linalg depthwise").getInputChannelAxis(0), Axis(3));
  EXPECT_EQ(get("linalg depthwise").getInputChannelAxis(1), Axis(2));
  EXPECT_EQ(get("channels in front").getInputChannelAxis(0), Axis(1));
  EXPECT_EQ(get("channels in front").getInputChannelAxis(1), Axis(1));
  EXPECT_EQ(get("no channels").getInputChannelAxis(0), std::nullopt);
  EXPECT_EQ(get("linalg matmul").getInputChannelAxis(0), Axis(1));
  EXPECT_EQ(get("linalg matmul").getInputChannelAxis(1), Axis(0));
  EXPECT_EQ(get("linalg reduction").getInputChannelAxis(0), std::nullopt);
}

TEST_F(OpModelsTest, WindowStrides) {
  ASSERT_TRUE(module);
  for (const char *name : {"conv2d", "linalg conv2d", "generic conv2d"})
    EXPECT_EQ(get(name).getWindowStrides(), Numbers({2, 1})) << name;
  EXPECT_EQ(get("linalg depthwise").getWindowStrides(), Numbers({1, 1}));
  // Windows over other dimensions than 1, 2, ... are not spoken of.
  EXPECT_EQ(get("channels in front").getWindowStrides(), Numbers());
  EXPECT_EQ(get("no channels").getWindowStrides(), Numbers());
  for (const char *name :
       {"conv_transpose2d", "reduction", "linalg matmul", "linalg reduction"})
    EXPECT_EQ(get(name).getWindowStrides(), Numbers()) << name;
}

TEST_F(OpModelsTest, ReducedDims) {
  ASSERT_TRUE(module);
  EXPECT_EQ(get("reduction").getReducedDims(), Numbers({2}));
  EXPECT_EQ(get("linalg reduction").getReducedDims(), Numbers({1}));
  EXPECT_EQ(get("conv2d").getReducedDims(), Numbers());
  EXPECT_EQ(get("linalg conv2d").getReducedDims(), Numbers());
}

TEST_F(OpModelsTest, Macs) {
  ASSERT_TRUE(module);
  for (const char *name : {"conv2d", "linalg conv2d", "generic conv2d"})
    EXPECT_EQ(get(name).getMacs(), 4 * 7 * 4 * 2 * 2 * 3) << name;
  EXPECT_EQ(get("conv_transpose2d").getMacs(), 8 * 8 * 4 * 2 * 2 * 3);
  EXPECT_EQ(get("linalg depthwise").getMacs(), 7 * 7 * 3 * 2 * 2);
  EXPECT_EQ(get("linalg matmul").getMacs(), 2 * 3 * 4);
  EXPECT_EQ(get("reduction").getMacs(), 0);
  EXPECT_EQ(get("linalg reduction").getMacs(), 0);
  // A dynamic dimension counts as 1.
  EXPECT_EQ(get("dynamic conv").getMacs(), 8 * 8 * 4 * 2 * 2 * 3);
  EXPECT_EQ(get("dynamic matmul").getMacs(), 2 * 4);
}
