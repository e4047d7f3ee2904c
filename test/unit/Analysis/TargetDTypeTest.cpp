//===- TargetDTypeTest.cpp - The dtype a value will have ------------------===//

#include "QuantPrep/Analysis/TargetDType.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;

TEST(TargetDTypeTest, AllAreDistinct) {
  MLIRContext context;
  Type u8 = IntegerType::get(&context, 8, IntegerType::Unsigned);
  Type i8 = IntegerType::get(&context, 8);
  Type f16 = Float16Type::get(&context);
  const TargetDType all[] = {TargetDType(),
                             TargetDType::none(),
                             TargetDType::floating(),
                             TargetDType::quantized(u8, false),
                             TargetDType::quantized(u8, true),
                             TargetDType::quantized(i8, false),
                             TargetDType::quantized(f16, false)};
  for (auto [i, a] : llvm::enumerate(all))
    for (auto [j, b] : llvm::enumerate(all))
      EXPECT_EQ(a == b, i == j) << i << " and " << j;
}
