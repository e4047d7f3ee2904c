//===- QConfigMappingTest.cpp - Paths and order of units ------------------===//

#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/IR/Values.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

TEST(QConfigMappingTest, F2_EnclosingPath) {
  EXPECT_EQ(getEnclosingPath("layer1.0.conv1"), "layer1.0");
  EXPECT_EQ(getEnclosingPath("layer1/0/conv1"), "layer1/0");
  EXPECT_EQ(getEnclosingPath("layer1.0/conv1"), "layer1.0");
  EXPECT_EQ(getEnclosingPath("conv1"), "");
  EXPECT_EQ(getEnclosingPath(""), "");
}

TEST(QConfigMappingTest, F2_LocationName) {
  MLIRContext context;
  Location unknown = UnknownLoc::get(&context);
  auto name = [&](llvm::StringRef text, Location child) -> Location {
    return NameLoc::get(StringAttr::get(&context, text), child);
  };
  EXPECT_EQ(getLocationName(unknown), "");
  EXPECT_EQ(getLocationName(name("outer", name("inner", unknown))), "outer");
  EXPECT_EQ(getLocationName(FusedLoc::get(
                &context, {name("first", unknown), name("second", unknown)})),
            "first");
  EXPECT_EQ(getLocationName(CallSiteLoc::get(name("callee", unknown),
                                             name("caller", unknown))),
            "callee");
}

TEST(QConfigMappingTest, F2_OrderInAModule) {
  MLIRContext context;
  UnitCounter counter;
  auto next = [&](llvm::StringRef path, UnitKind kind) {
    OwningOpRef<ModuleOp> op =
        ModuleOp::create(NameLoc::get(StringAttr::get(&context, path)));
    Unit unit;
    unit.kind = kind;
    unit.anchor = *op;
    UnitOrder order = counter.next(unit);
    return std::pair(order.ofKind, order.ofOp);
  };
  EXPECT_EQ(next("a.b.x", UnitKind::conv2d), std::pair(0u, 0u));
  // Another kind of the same op; the same module with another separator.
  EXPECT_EQ(next("a/b/y", UnitKind::linear), std::pair(0u, 1u));
  EXPECT_EQ(next("a.b/z", UnitKind::conv2d), std::pair(1u, 2u));
  // Directly in it, not below and not beside it.
  EXPECT_EQ(next("a.b.c.x", UnitKind::conv2d), std::pair(0u, 0u));
  EXPECT_EQ(next("a.x", UnitKind::conv2d), std::pair(0u, 0u));
  EXPECT_EQ(next("x", UnitKind::conv2d), std::pair(0u, 0u));
}
