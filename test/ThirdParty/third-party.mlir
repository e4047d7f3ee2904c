// The worked example of docs/adding-ops.md: ops of a dialect that QuantPrep does
// not know, with external models from a plugin, are observed like any other.
//
// RUN: quant-prep-opt %s --load-dialect-plugin=%quantprep_libs/AcmePlugin.so --qprep-prepare | FileCheck %s
// RUN: quant-prep-opt %s --load-dialect-plugin=%quantprep_libs/AcmePlugin.so --qprep-prepare \
// RUN:   --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=REPORT
// RUN: quant-prep-opt %s --load-dialect-plugin=%quantprep_libs/AcmePlugin.so -o %t.input.mlir
// RUN: quant-prep-opt %s --load-dialect-plugin=%quantprep_libs/AcmePlugin.so --qprep-prepare --qprep-strip -o %t.stripped.mlir
// RUN: diff %t.input.mlir %t.stripped.mlir

// REPORT: 100.0 % of 96 macs

// CHECK: qprep.observer private @[[X:.*]] {id = 0, spec = #qprep.observer<histogram, ui8
// CHECK: qprep.observer private @[[W:.*]] {id = 1, spec = #qprep.observer<per_channel_minmax, i8, {{.*}}axis = 0
// CHECK-LABEL: @dense_and_gate(
// CHECK-SAME: %[[ARG:.*]]: tensor<2x8xf32>
func.func @dense_and_gate(%x: tensor<2x8xf32>) -> tensor<2x6xf32> {
  // CHECK: %[[OBSERVED:.*]] = qprep.observe %[[ARG]] by @[[X]]
  // CHECK: %[[WEIGHT:.*]] = qprep.observe %{{.*}} by @[[W]]
  %w = "tosa.const"() <{values = dense<0.5> : tensor<6x8xf32>}> : () -> tensor<6x8xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<6xf32>}> : () -> tensor<6xf32>
  // CHECK: %[[DENSE:.*]] = acme.dense %[[WEIGHT]], %[[OBSERVED]], %{{[^ ]*}} {{.*}}qprep.unit<linear [weight(axis = 0), input, bias]>
  // CHECK-NEXT: qprep.observe %[[DENSE]] by
  %0 = acme.dense %w, %x, %b : (tensor<6x8xf32>, tensor<2x8xf32>, tensor<6xf32>) -> tensor<2x6xf32>
  // The cluster of silu takes the new sigmoid.
  // CHECK-NEXT: acme.gate %{{.*}} {qprep.member = #qprep.member<[input]>}
  %1 = acme.gate %0 : (tensor<2x6xf32>) -> tensor<2x6xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  // CHECK: tosa.mul {{.*}}qprep.unit<silu [
  %2 = tosa.mul %0, %1, %z : (tensor<2x6xf32>, tensor<2x6xf32>, tensor<1xi8>) -> tensor<2x6xf32>
  return %2 : tensor<2x6xf32>
}
