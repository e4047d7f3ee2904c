// Without annotations and configuration a prepared module is short; it can be
// prepared again, and its observers are the user's.
//
// RUN: quant-prep-opt %s --qprep-prepare --qprep-strip=keep-observers -o %t
// RUN: FileCheck %s --implicit-check-not=qprep.config --implicit-check-not=qprep.plan \
// RUN:   --implicit-check-not=qprep.unit --implicit-check-not=generated < %t
// RUN: quant-prep-opt %t --qprep-strip | FileCheck %s --check-prefix=OWN

// CHECK:      qprep.observer private @obs_0
// CHECK:      func.func @forward(%[[X:.*]]: tensor<1x4xf32>)
// CHECK-NEXT:   %[[OBSERVED:.*]] = qprep.observe %[[X]] by @obs_0
// CHECK-NEXT:   %[[SUM:.*]] = tosa.add %[[OBSERVED]], %[[OBSERVED]] :
// CHECK-NEXT:   qprep.observe %[[SUM]] by @add_0 :
// OWN: qprep.observe
func.func @forward(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}
