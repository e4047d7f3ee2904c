//===- TestBoundaryGroups.cpp - Print groups of boundary values -----------===//
//
// -test-boundary-groups: for each group, its kind and the names of its members.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/BoundaryGroups.h"
#include "QuantPrep/IR/Values.h"
#include "TestPasses.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct TestBoundaryGroupsPass
    : PassWrapper<TestBoundaryGroupsPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestBoundaryGroupsPass)

  StringRef getArgument() const final { return "test-boundary-groups"; }
  StringRef getDescription() const final {
    return "Print groups of boundary values";
  }

  void runOnOperation() final {
    BoundaryGroups groups(getAnalysis<ValueFlow>(),
                          [](Value, BoundaryGroup::Kind) { return true; });
    for (const BoundaryGroup &group : groups.getGroups()) {
      llvm::outs() << getName(group.kind) << ":";
      for (Value member : group.members)
        llvm::outs() << " " << getLocationName(member.getLoc());
      llvm::outs() << " of " << group.sources.size() << '\n';
    }
  }

  static StringRef getName(BoundaryGroup::Kind kind) {
    switch (kind) {
    case BoundaryGroup::Kind::Argument:
      return "argument";
    case BoundaryGroup::Kind::Entered:
      return "entered";
    case BoundaryGroup::Kind::Carried:
      return "carried";
    case BoundaryGroup::Kind::BranchResult:
      return "result of a branch";
    case BoundaryGroup::Kind::CallResult:
      return "result of a call";
    }
    llvm_unreachable("all kinds are covered");
  }
};
} // namespace

void quantprep::test::registerTestBoundaryGroups() {
  PassRegistration<TestBoundaryGroupsPass>();
}
