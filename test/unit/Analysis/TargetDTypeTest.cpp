//===- TargetDTypeTest.cpp - The lattice of target dtypes -----------------===//

#include "QuantPrep/Analysis/TargetDType.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct TargetDTypeTest : testing::Test {
  TargetDTypeTest() {
    Type u8 = IntegerType::get(&context, 8, IntegerType::Unsigned);
    Type i8 = IntegerType::get(&context, 8);
    all = {TargetDType(),
           TargetDType::none(),
           TargetDType::floating(),
           TargetDType::quantized(u8, false),
           TargetDType::quantized(u8, true),
           TargetDType::quantized(i8, false),
           TargetDType::quantized(Float16Type::get(&context), false),
           TargetDType::conflict()};
  }

  static TargetDType join(const TargetDType &a, const TargetDType &b) {
    return TargetDType::join(a, b);
  }
  /// a <= b
  static bool isBelow(const TargetDType &a, const TargetDType &b) {
    return join(a, b) == b;
  }

  MLIRContext context;
  std::vector<TargetDType> all;
};
} // namespace

TEST_F(TargetDTypeTest, AllAreDistinct) {
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t j = 0; j < all.size(); ++j)
      EXPECT_EQ(all[i] == all[j], i == j) << i << " and " << j;
}

TEST_F(TargetDTypeTest, JoinIsIdempotent) {
  for (const TargetDType &a : all)
    EXPECT_TRUE(join(a, a) == a);
}

TEST_F(TargetDTypeTest, JoinIsCommutative) {
  for (const TargetDType &a : all)
    for (const TargetDType &b : all)
      EXPECT_TRUE(join(a, b) == join(b, a));
}

TEST_F(TargetDTypeTest, JoinIsAssociative) {
  for (const TargetDType &a : all)
    for (const TargetDType &b : all)
      for (const TargetDType &c : all)
        EXPECT_TRUE(join(join(a, b), c) == join(a, join(b, c)));
}

TEST_F(TargetDTypeTest, UnsetIsBelowAllAndConflictAbove) {
  for (const TargetDType &a : all) {
    EXPECT_TRUE(isBelow(TargetDType(), a));
    EXPECT_TRUE(isBelow(a, TargetDType::conflict()));
  }
}

TEST_F(TargetDTypeTest, DifferentAnswersConflict) {
  // Without unset at the one end and conflict at the other.
  for (size_t i = 1; i + 1 < all.size(); ++i)
    for (size_t j = 1; j + 1 < all.size(); ++j)
      if (i != j) {
        EXPECT_TRUE(join(all[i], all[j]).isConflict()) << i << " and " << j;
      }
}
