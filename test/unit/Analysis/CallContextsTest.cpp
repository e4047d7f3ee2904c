//===- CallContextsTest.cpp - In which calls something holds --------------===//

#include "QuantPrep/Analysis/CallContexts.h"

#include "gtest/gtest.h"

#include <array>

using namespace quantprep;

namespace {
/// Functions are told apart by their addresses alone.
struct CallContextsTest : testing::Test {
  mlir::Operation *function(unsigned index) {
    return reinterpret_cast<mlir::Operation *>(&places[index]);
  }

  void setCalls(CallContexts::Function caller,
                std::vector<CallContexts::Call> calls) {
    for (size_t index = 0; index < calls.size(); ++index)
      contexts.setCall(caller, index, calls[index]);
  }

  std::array<uint64_t, 8> places = {};
  const CallCondition never = CallCondition::never();
  const CallCondition always = CallCondition::always();
  const CallCondition first = CallCondition::argument(0);
  const CallCondition second = CallCondition::argument(1);
  CallContexts contexts;
};

TEST_F(CallContextsTest, ConditionsAreConjunctions) {
  EXPECT_EQ(always & first, first);
  EXPECT_EQ(never & first, never);
  EXPECT_EQ(first & second, second & first);
  EXPECT_EQ(first & first, first);
  EXPECT_NE(first & second, first);
  EXPECT_TRUE((always & always).isAlways());
}

TEST_F(CallContextsTest, AtCallOperandsTakeThePlaceOfArguments) {
  EXPECT_EQ((first & second).atCall({always, first}), first);
  EXPECT_EQ(second.atCall({never, always}), always);
  EXPECT_EQ(first.atCall({never, always}), never);
  EXPECT_EQ(never.atCall({always, always}), never);
  EXPECT_EQ(always.atCall({never, never}), always);
}

TEST_F(CallContextsTest, ArgumentsOfOneCallGoTogether) {
  setCalls(function(0),
           {{function(1), {always, never}}, {function(1), {never, always}}});
  EXPECT_TRUE(contexts.holdsSometimes(function(1), first));
  EXPECT_TRUE(contexts.holdsSometimes(function(1), second));
  EXPECT_FALSE(contexts.holdsSometimes(function(1), first & second));
  EXPECT_TRUE(contexts.failsSometimes(function(1), first));
  EXPECT_TRUE(contexts.differ(function(1), first, second));
  EXPECT_FALSE(contexts.differ(function(1), first & second, never));
}

TEST_F(CallContextsTest, ConditionsOfCallersAreAskedOfTheirCalls) {
  setCalls(function(0), {{function(1), {always, never}}});
  setCalls(function(1), {{function(2), {first & second, first}}});
  EXPECT_FALSE(contexts.holdsSometimes(function(2), first));
  EXPECT_TRUE(contexts.holdsSometimes(function(2), second));
  EXPECT_FALSE(contexts.failsSometimes(function(2), second));
  EXPECT_TRUE(contexts.differ(function(2), second, first));
}

TEST_F(CallContextsTest, RecursionComesToAnEnd) {
  setCalls(function(0), {{function(1), {always, never}}});
  setCalls(function(1), {{function(1), {second, first}}});
  EXPECT_TRUE(contexts.holdsSometimes(function(1), second));
  EXPECT_FALSE(contexts.holdsSometimes(function(1), first & second));
  EXPECT_FALSE(contexts.failsSometimes(function(2), first));
  // Asked for on the way to another answer.
  setCalls(function(3), {{function(4), {first}}});
  setCalls(function(4), {{function(3), {first}}});
  setCalls(function(5), {{function(3), {always}}});
  EXPECT_TRUE(contexts.holdsSometimes(function(3), first));
  EXPECT_TRUE(contexts.holdsSometimes(function(4), first));
}

TEST_F(CallContextsTest, CallsOfAFunctionAreReplaced) {
  using Functions = std::vector<CallContexts::Function>;
  setCalls(function(0), {{function(1), {never}}, {function(2), {never}}});
  EXPECT_EQ(contexts.takeChanged(), (Functions{function(1), function(2)}));
  EXPECT_FALSE(contexts.holdsSometimes(function(1), first));
  setCalls(function(0), {{function(1), {always}}, {function(2), {never}}});
  EXPECT_EQ(contexts.takeChanged(), Functions{function(1)});
  EXPECT_TRUE(contexts.holdsSometimes(function(1), first));
  EXPECT_FALSE(contexts.failsSometimes(function(1), first));
  EXPECT_EQ(contexts.takeChanged(), Functions());
}

TEST_F(CallContextsTest, CallsLikeAnotherAreNoNews) {
  const CallContexts::Call observed{function(1), {always}};
  const CallContexts::Call unobserved{function(1), {never}};
  EXPECT_TRUE(contexts.setCall(function(0), 0, observed));
  EXPECT_FALSE(contexts.setCall(function(0), 0, observed));
  EXPECT_FALSE(contexts.setCall(function(0), 1, observed));
  EXPECT_TRUE(contexts.setCall(function(0), 1, unobserved));
  EXPECT_TRUE(contexts.setCall(function(2), 0, observed));
}

/// Two calls in each of many functions: ways are exponential, questions not.
TEST_F(CallContextsTest, ManyWays) {
  std::vector<uint64_t> many(1000);
  auto at = [&](unsigned index) {
    return reinterpret_cast<mlir::Operation *>(&many[index]);
  };
  setCalls(function(0), {{at(0), {always, never}}});
  for (unsigned index = 1; index < many.size(); ++index)
    setCalls(at(index - 1),
             {{at(index), {first, second}}, {at(index), {second, first}}});
  EXPECT_TRUE(contexts.holdsSometimes(at(999), second));
  EXPECT_TRUE(contexts.failsSometimes(at(999), second));
  EXPECT_FALSE(contexts.holdsSometimes(at(999), first & second));
}
} // namespace
