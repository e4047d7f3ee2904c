// F10: what is quantized outside is u8, as in PyTorch; on a backend that takes no u8, it is what that takes.
// RUN: quant-prep-opt %s -qprep-prepare='backend=tosa qconfig=tosa inputs-quantized=0 outputs-quantized=0' -qprep-verify-prepared | FileCheck %s --check-prefix=TOSA
// RUN: quant-prep-opt %s -qprep-prepare='inputs-quantized=0 outputs-quantized=0' -qprep-verify-prepared | FileCheck %s --check-prefix=NATIVE

// TOSA-LABEL: func.func @f10_listed(
// TOSA-NOT: qprep.observe %arg0
// TOSA: %[[MADE:.*]] = tosa.sigmoid %arg0
// TOSA-NEXT: %[[SEEN:.*]] = qprep.observe %[[MADE]]
// TOSA-NEXT: return {{.*}}%[[SEEN]] :
// NATIVE-LABEL: func.func @f10_listed(
// NATIVE-NOT: qprep.observe %arg0
// NATIVE: %[[MADE:.*]] = tosa.sigmoid %arg0
// NATIVE-NEXT: %[[SEEN:.*]] = qprep.observe %[[MADE]]
// NATIVE-NEXT: return {{.*}}%[[SEEN]] :
func.func @f10_listed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
