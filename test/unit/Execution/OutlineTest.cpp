//===- OutlineTest.cpp - Which loops are compiled once --------------------===//

#include "Lower.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep::execution;

/// Of how many functions the loops in @f become calls.
static size_t countFunctions(const std::string &ops) {
  std::string text = R"(
#vector = affine_map<(d0) -> (d0)>
#one = affine_map<(d0) -> ()>
func.func @f(%a: memref<4xi32>, %b: memref<9xi32>, %c: memref<4xi32, strided<[2]>>, %s: memref<i32>) {
  %two = arith.constant 2 : i32
  %three = arith.constant 3 : i32
)" + ops + "  return\n}\n";
  MLIRContext context;
  context.loadDialect<arith::ArithDialect, func::FuncDialect,
                      linalg::LinalgDialect, memref::MemRefDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  if (!module) {
    ADD_FAILURE() << text;
    return 0;
  }
  outlineLoops(*module);
  EXPECT_TRUE(succeeded(verify(*module)));
  llvm::DenseSet<StringRef> callees;
  auto function = module->lookupSymbol<func::FuncOp>("f");
  function.walk([&](func::CallOp call) { callees.insert(call.getCallee()); });
  function.walk([](linalg::LinalgOp op) { ADD_FAILURE() << "not outlined"; });
  return callees.size();
}

static std::string elementwise(const std::string &op, const std::string &buffer,
                               const std::string &type,
                               const std::string &number) {
  return "linalg.generic {indexing_maps = [#vector], iterator_types = "
         "[\"parallel\"]} outs(" +
         buffer + " : " + type + ") {\n^bb0(%o: i32):\n  %r = arith." + op +
         " %o, " + number + " : i32\n  linalg.yield %r : i32\n}\n";
}

static std::string sum(const std::string &buffer, const std::string &type) {
  return "linalg.generic {indexing_maps = [#vector, #one], iterator_types = "
         "[\"reduction\"]} ins(" +
         buffer + " : " + type +
         ") outs(%s : memref<i32>) {\n^bb0(%x: i32, %o: i32):\n  %r = "
         "arith.addi %o, %x : i32\n  linalg.yield %r : i32\n}\n";
}

TEST(OutlineTest, SizesAndNumbersAreArguments) {
  EXPECT_EQ(
      countFunctions(elementwise("addi", "%a", "memref<4xi32>", "%two") +
                     elementwise("addi", "%b", "memref<9xi32>", "%two") +
                     elementwise("addi", "%b", "memref<9xi32>", "%three")),
      1u);
}

TEST(OutlineTest, OpsAndLayoutsAreNot) {
  EXPECT_EQ(countFunctions(elementwise("addi", "%a", "memref<4xi32>", "%two") +
                           elementwise("muli", "%a", "memref<4xi32>", "%two")),
            2u);
  EXPECT_EQ(countFunctions(elementwise("addi", "%a", "memref<4xi32>", "%two") +
                           elementwise("addi", "%c",
                                       "memref<4xi32, strided<[2]>>", "%two")),
            2u);
}

TEST(OutlineTest, SumsKeepTheirSizes) {
  EXPECT_EQ(countFunctions(sum("%a", "memref<4xi32>") +
                           sum("%b", "memref<9xi32>") +
                           sum("%a", "memref<4xi32>")),
            2u);
}
