//===- SharingGroupsTest.cpp - Closure and paths of sharing ---------------===//

#include "QuantPrep/Analysis/SharingGroups.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <array>

using namespace mlir;
using namespace quantprep;

namespace {
struct SharingGroupsTest : testing::Test {
  SharingGroupsTest() {
    for (OwningOpRef<ModuleOp> &op : ops)
      op = ModuleOp::create(UnknownLoc::get(&context));
  }

  Operation *op(unsigned index) { return ops[index]->getOperation(); }

  MLIRContext context;
  std::array<OwningOpRef<ModuleOp>, 6> ops;
};

struct Constraint {
  unsigned a, b, op;
};
} // namespace

TEST_F(SharingGroupsTest, AloneAtFirst) {
  SharingGroups groups(3);
  EXPECT_NE(groups.getLeader(0), groups.getLeader(1));
  EXPECT_NE(groups.getLeader(1), groups.getLeader(2));
}

TEST_F(SharingGroupsTest, B2_ClosureWhateverTheOrder) {
  std::array<Constraint, 4> constraints = {
      {{0, 1, 0}, {2, 3, 1}, {1, 2, 2}, {5, 6, 3}}};
  std::array<unsigned, 4> order = {0, 1, 2, 3};
  do {
    SharingGroups groups(7);
    for (unsigned index : order) {
      const Constraint &c = constraints[index];
      groups.share(c.a, c.b, op(c.op));
    }
    for (unsigned place : {1, 2, 3})
      EXPECT_EQ(groups.getLeader(0), groups.getLeader(place));
    EXPECT_EQ(groups.getLeader(5), groups.getLeader(6));
    EXPECT_NE(groups.getLeader(0), groups.getLeader(4));
    EXPECT_NE(groups.getLeader(0), groups.getLeader(5));
    EXPECT_NE(groups.getLeader(4), groups.getLeader(5));
    // The path, too, does not depend on it.
    SmallVector<Operation *> path = groups.getPath(0, 3);
    EXPECT_EQ(path, (SmallVector<Operation *>{op(0), op(2), op(1)}));
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(SharingGroupsTest, B2_ShortestPath) {
  SharingGroups groups(5);
  groups.share(0, 1, op(0));
  groups.share(1, 2, op(1));
  groups.share(2, 3, op(2));
  groups.share(3, 4, op(3));
  groups.share(1, 4, op(4));
  EXPECT_EQ(groups.getPath(0, 4), (SmallVector<Operation *>{op(0), op(4)}));
  EXPECT_EQ(groups.getPath(4, 0), (SmallVector<Operation *>{op(4), op(0)}));
}

TEST_F(SharingGroupsTest, NoPath) {
  SharingGroups groups(3);
  groups.share(0, 1, op(0));
  EXPECT_TRUE(groups.getPath(0, 2).empty());
  EXPECT_TRUE(groups.getPath(1, 1).empty());
  // A place that shares with itself says nothing.
  groups.share(2, 2, op(1));
  EXPECT_TRUE(groups.getPath(2, 2).empty());
}
