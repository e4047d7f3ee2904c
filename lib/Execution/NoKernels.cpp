//===- NoKernels.cpp - A build without a library of kernels ---------------===//

#include "Kernels.h"

using namespace quantprep::execution;

bool quantprep::execution::hasKernels() { return false; }

void quantprep::execution::useOneThread() {}

std::unique_ptr<Kernel> quantprep::execution::createKernel(ConvolutionSpec) {
  return nullptr;
}

std::unique_ptr<Kernel> quantprep::execution::createKernel(MatmulSpec) {
  return nullptr;
}

bool quantprep::execution::multiply(const IntegerGemm &) { return false; }
