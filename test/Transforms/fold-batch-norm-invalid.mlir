// RUN: quant-prep-opt %s -verify-diagnostics -qprep-prepare -qprep-fold-batch-norm

// expected-error @below {{the module is prepared already; run qprep-strip first, fold, and prepare it again}}
module {
func.func @prepared(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = math.tanh %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
}
