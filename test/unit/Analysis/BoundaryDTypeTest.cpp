//===- BoundaryDTypeTest.cpp - The dtype of a boundary value --------------===//

#include "QuantPrep/Analysis/BoundaryDType.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;

namespace {
using Joined = BoundaryDType::Joined;

struct BoundaryDTypeTest : testing::Test {
  MLIRContext context;
  Type u8 = IntegerType::get(&context, 8, IntegerType::Unsigned);
  Type i8 = IntegerType::get(&context, 8);
  const BoundaryDType uninitialized{};
  const BoundaryDType unknown = BoundaryDType::unknown();
  const BoundaryDType quantized{TargetDType::quantized(u8, false), {}};
  const BoundaryDType other{TargetDType::quantized(i8, false), {}};
  const BoundaryDType all[4] = {uninitialized, unknown, quantized, other};

  static std::pair<BoundaryDType, Joined>
  join(BoundaryDType first, const BoundaryDType &second, bool anyDecides) {
    Joined joined = first.join(second, anyDecides);
    return {first, joined};
  }
};

TEST_F(BoundaryDTypeTest, UninitializedIsNotUnknown) {
  EXPECT_TRUE(uninitialized.dtype.isUnset());
  EXPECT_TRUE(unknown.dtype.isFloat());
  EXPECT_FALSE(uninitialized == unknown);
}

TEST_F(BoundaryDTypeTest, JoinOfOneIsItself) {
  for (bool anyDecides : {false, true})
    for (const BoundaryDType &one : all) {
      auto [state, joined] = join(one, one, anyDecides);
      EXPECT_TRUE(state == one);
      EXPECT_EQ(joined, Joined::same);
    }
}

TEST_F(BoundaryDTypeTest, SourcesHaveToAgree) {
  for (auto [i, a] : llvm::enumerate(all))
    for (auto [j, b] : llvm::enumerate(all))
      EXPECT_EQ(join(a, b, /*anyDecides=*/false).second,
                i == j ? Joined::same : Joined::differ)
          << i << " and " << j;
}

TEST_F(BoundaryDTypeTest, B1AnyThatIsQuantizedDecides) {
  for (const BoundaryDType &low : {uninitialized, unknown}) {
    auto [raised, isRaised] = join(low, quantized, /*anyDecides=*/true);
    EXPECT_EQ(isRaised, Joined::raised);
    auto [kept, isKept] = join(quantized, low, /*anyDecides=*/true);
    EXPECT_EQ(isKept, Joined::kept);
    EXPECT_TRUE(raised == kept);
  }
  EXPECT_EQ(join(quantized, other, /*anyDecides=*/true).second, Joined::differ);
}

TEST_F(BoundaryDTypeTest, F10IsOutsideOnlyIfAllSourcesAre) {
  BoundaryDType outside = quantized;
  outside.outside = true;
  EXPECT_FALSE(join(outside, quantized, false).first.outside);
  EXPECT_FALSE(join(quantized, outside, false).first.outside);
  EXPECT_TRUE(join(outside, outside, false).first.outside);
}
} // namespace
