//===- KindPatternSetTest.cpp - The order patterns are tried in -----------===//

#include "QuantPrep/IR/QPrepDialect.h"
#include "QuantPrep/Matching/KindPattern.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static const char *const text = R"(
qprep.backend @b {
  qprep.pattern @relu different dtypes [] {
    %0 = qprep.node relu
  }
  qprep.pattern @relu_add different dtypes [] {
    %0 = qprep.node add
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_again different dtypes [] {
    %x = qprep.operand input
    %0 = qprep.node relu(%x)
  }
  qprep.pattern @relu_conv_add different dtypes [] {
    %0 = qprep.node add
    %1 = qprep.node conv2d(%0)
    %2 = qprep.node relu(%1)
  }
  qprep.pattern @relu_wildcards different dtypes [] {
    %x = qprep.operand input
    %s = qprep.scalar
    %0 = qprep.node reshape(%x) optional
    %1 = qprep.node mul(%0, %s)
    %2 = qprep.node relu(%1)
  }
  qprep.pattern @add different dtypes [] {
    %0 = qprep.node add
  }
}
)";

static const char *const clusters = R"(
  qprep.cluster @quotient is reciprocal inside {
    %one = qprep.scalar
    %x = qprep.operand input
    %0 = qprep.node div(%one, %x)
  }
  qprep.cluster @sigmoid is sigmoid {
    %x = qprep.operand input
    %0 = qprep.node exp(%x)
    %1 = qprep.node reciprocal(%0)
  }
)";

/// Whichever of two clusters is added first.
TEST(KindPatternSetTest, SpelledThroughOthers) {
  MLIRContext context;
  context.loadDialect<QPrepDialect>();
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(clusters, &context);
  ASSERT_TRUE(module);
  std::vector<KindPattern> added;
  for (auto cluster : module->getOps<ClusterOp>())
    added.emplace_back(cluster, cluster.getBody());
  ASSERT_EQ(added.size(), 2u);
  for (bool inOrder : {true, false}) {
    KindPatternSet patterns;
    patterns.add(added[inOrder ? 0 : 1]);
    patterns.add(added[inOrder ? 1 : 0]);
    KindSet byDiv = patterns.getSpelledBy(UnitKind::div);
    EXPECT_TRUE(byDiv.test(unsigned(UnitKind::reciprocal)));
    EXPECT_TRUE(byDiv.test(unsigned(UnitKind::sigmoid)));
    EXPECT_EQ(byDiv.count(), 2u);
    EXPECT_EQ(patterns.getSpelledBy(UnitKind::reciprocal).count(), 1u);
    EXPECT_TRUE(patterns.getSpelledBy(UnitKind::exp).none());
    EXPECT_TRUE(patterns.isSpelledInside(UnitKind::reciprocal, UnitKind::div));
    EXPECT_FALSE(
        patterns.isSpelledInside(UnitKind::sigmoid, UnitKind::reciprocal));
  }
}

TEST(KindPatternSetTest, F8_LongestFirstThenInOrder) {
  MLIRContext context;
  context.loadDialect<QPrepDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(module);
  KindPatternSet patterns;
  module->walk([&](PatternOp pattern) {
    patterns.add(KindPattern(pattern, pattern.getBody()));
  });
  std::vector<std::string> names;
  for (const KindPattern &pattern : patterns.getEndingWith(UnitKind::relu))
    names.push_back(cast<PatternOp>(pattern.source).getSymName().str());
  // Operands, constants and what may be missing do not make a pattern longer.
  EXPECT_EQ(names,
            (std::vector<std::string>{"relu_conv_add", "relu_add",
                                      "relu_wildcards", "relu", "relu_again"}));
  EXPECT_EQ(patterns.getEndingWith(UnitKind::add).size(), 1u);
  EXPECT_TRUE(patterns.getEndingWith(UnitKind::conv2d).empty());
}
