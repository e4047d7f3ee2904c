//===- NoKernelsTest.cpp - A build without a library of kernels -----------===//

#include "Kernels.h"

#include "gtest/gtest.h"

using namespace quantprep::execution;

// Without kernels none are made: compiled code has loops instead.
TEST(NoKernelsTest, HasNone) {
  EXPECT_FALSE(hasKernels());
  EXPECT_EQ(createKernel(ConvolutionSpec()), nullptr);
  EXPECT_EQ(createKernel(MatmulSpec()), nullptr);
  useOneThread();
}
