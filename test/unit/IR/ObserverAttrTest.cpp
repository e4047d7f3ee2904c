//===- ObserverAttrTest.cpp - Queries of observer specs -------------------===//

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep::qprep;

namespace {
struct ObserverAttrTest : testing::Test {
  ObserverAttrTest() { context.loadDialect<QPrepDialect>(); }

  ObserverAttr parse(llvm::StringRef text) {
    Attribute attr = parseAttribute(text, &context);
    EXPECT_TRUE(attr) << text.str();
    return cast<ObserverAttr>(attr);
  }

  MLIRContext context;
};
} // namespace

TEST_F(ObserverAttrTest, PerChannelKinds) {
  EXPECT_TRUE(parse("#qprep.observer<per_channel_minmax, i8, "
                    "per_channel_symmetric, axis = 0>")
                  .isPerChannel());
  EXPECT_TRUE(parse("#qprep.observer<moving_average_per_channel_minmax, i8, "
                    "per_channel_symmetric, axis = 0>")
                  .isPerChannel());
  EXPECT_FALSE(
      parse("#qprep.observer<minmax, i8, per_tensor_affine>").isPerChannel());
}

TEST_F(ObserverAttrTest, FloatDTypes) {
  for (const char *dtype : {"f16", "bf16", "f32"})
    EXPECT_TRUE(
        parse(std::string("#qprep.observer<placeholder, ") + dtype + ">")
            .hasFloatDType());
  EXPECT_FALSE(parse("#qprep.observer<placeholder, ui8>").hasFloatDType());
}

TEST_F(ObserverAttrTest, WithAxisChangesOnlyTheAxis) {
  ObserverAttr spec = parse("#qprep.observer<per_channel_minmax, i8, "
                            "per_channel_symmetric, quant_min = -128, "
                            "quant_max = 127, axis = 0, eps = 1.0E-7>");
  EXPECT_EQ(spec.withAxis(0), spec);
  EXPECT_EQ(spec.withAxis(3),
            parse("#qprep.observer<per_channel_minmax, i8, "
                  "per_channel_symmetric, quant_min = -128, quant_max = 127, "
                  "axis = 3, eps = 1.0E-7>"));
}

TEST_F(ObserverAttrTest, WithAxisLeavesPerTensorSpecsAlone) {
  ObserverAttr spec = parse("#qprep.observer<minmax, i8, per_tensor_affine>");
  EXPECT_EQ(spec.withAxis(2), spec);
}

TEST_F(ObserverAttrTest, DTypeNamesAreThoseOfReports) {
  auto unsignedType = [&](unsigned width) {
    return IntegerType::get(&context, width, IntegerType::Unsigned);
  };
  EXPECT_EQ(dtypeName(unsignedType(8)), "u8");
  EXPECT_EQ(dtypeName(unsignedType(4)), "u4x2");
  EXPECT_EQ(dtypeName(IntegerType::get(&context, 32)), "i32");
  EXPECT_EQ(dtypeName(Float16Type::get(&context)), "f16");
}

TEST_F(ObserverAttrTest, DTypeRanges) {
  using Range = std::pair<int64_t, int64_t>;
  EXPECT_EQ(dtypeRange(IntegerType::get(&context, 8, IntegerType::Unsigned)),
            Range(0, 255));
  EXPECT_EQ(dtypeRange(IntegerType::get(&context, 8)), Range(-128, 127));
  EXPECT_EQ(dtypeRange(IntegerType::get(&context, 32)),
            Range(INT32_MIN, INT32_MAX));
}
