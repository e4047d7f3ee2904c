// Clusters of the configuration go before the built-in ones, and are gone in the
// prepared module.

// The built-in ones verify.
// RUN: quant-prep-opt %quantprep_src/lib/Matching/clusters.mlir -o /dev/null
// RUN: quant-prep-opt %quantprep_src/lib/Matching/lowered.mlir -o /dev/null

// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(qprep-attach-config,func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare | FileCheck %s --check-prefix=PREPARED
// PREPARED: qprep.config private @qprep_config
// PREPARED-NOT: qprep.cluster

// CHECK: qprep.config @mine
// CHECK: qprep.cluster @gate is gelu

// Without the configuration this is silu.
// CHECK-LABEL: @own_before_built_in
// CHECK: tosa.sigmoid {{.*}} {qprep.member = #qprep.member<[input]>}
// CHECK: tosa.mul {{.*}} {qprep.unit = #qprep.unit<gelu [input, internal, _]>}
// CHECK: qprep.config private @qprep_config
// CHECK: qprep.cluster @gate is gelu
qprep.config @mine {
  qprep.assign global "fbgemm"
  qprep.cluster @gate is gelu {
    %x = qprep.operand input
    %0 = qprep.node sigmoid(%x)
    %1 = qprep.node mul(%0, %x)
  }
}
func.func @own_before_built_in(%x: tensor<4xf32>) -> tensor<4xf32> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.mul %x, %0, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
