// What is inside of an op that nobody knows is not observed: it may have symbols of its own, so
// that an observer of the module is not found from there.
// RUN: quant-prep-opt %s -allow-unregistered-dialect --qprep-prepare --qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s -allow-unregistered-dialect --qprep-prepare --qprep-report=format=text -o /dev/null 2>&1 | FileCheck %s --check-prefix=REPORT

// CHECK-LABEL: @unknown_region(
// CHECK: %[[X:.*]] = qprep.observe %{{.*}} by @obs_0
// CHECK: %[[Y:.*]] = tosa.add %[[X]], %[[X]]
// CHECK: qprep.observe %[[Y]] by @add_0 :
// CHECK: "foo.bar"
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @unknown_region(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = "foo.bar"() ({
    %2 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    "foo.yield"(%2) : (tensor<4xf32>) -> ()
  }) : () -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// REPORT: add {{.*}}observed
// REPORT-NOT: observed
