// What follows is quantized only where what it reads is quantized anyway (B16).
// RUN: quant-prep-opt %s '-qprep-prepare=backend=tosa qconfig=tosa' -qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s '-qprep-prepare=backend=tosa qconfig=tosa' '-qprep-report=format=json' -o /dev/null | FileCheck %s --check-prefix=REPORT
// REPORT: "rule": "B16",
// REPORT-NEXT: "reason": "it follows its input, which is float"

// PyTorch's presets quantize a value only to reshape it (F23).
// RUN: quant-prep-opt %s -qprep-prepare | FileCheck %s --check-prefix=NATIVE
// NATIVE-LABEL: func.func @b16_float_input(
// NATIVE-NEXT: qprep.observe %arg0

// CHECK-LABEL: func.func @b16_float_input(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b16_float_input(%x: tensor<4x4xf32>) -> tensor<16xf32> {
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  return %0 : tensor<16xf32>
}

// Reshapes, slices and pads before a unit that is quantized stay float.
// CHECK-LABEL: func.func @b16_before_unit(
// CHECK-NOT: qprep.observe
// CHECK: %[[PAD:.*]] = tosa.pad
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[PAD]]
// CHECK-NEXT: tosa.sigmoid %[[O]]
func.func @b16_before_unit(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %s = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %n = tosa.const_shape {values = dense<[3, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %p = tosa.const_shape {values = dense<[0, 1, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %v = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.slice %x, %s, %n : (tensor<4x4xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<3x4xf32>
  %1 = tosa.pad %0, %p, %v : (tensor<3x4xf32>, !tosa.shape<4>, tensor<1xf32>) -> tensor<4x4xf32>
  %2 = tosa.sigmoid %1 : (tensor<4x4xf32>) -> tensor<4x4xf32>
  return %2 : tensor<4x4xf32>
}

// Behind such a unit they share its observer.
// CHECK-LABEL: func.func @b16_after_unit(
// CHECK: tosa.sigmoid
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK-NEXT: tosa.slice
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
// CHECK-NEXT: tosa.pad
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b16_after_unit(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %s = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %n = tosa.const_shape {values = dense<[3, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %p = tosa.const_shape {values = dense<[0, 1, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %v = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.sigmoid %x : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = tosa.slice %0, %s, %n : (tensor<4x4xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<3x4xf32>
  %2 = tosa.pad %1, %p, %v : (tensor<3x4xf32>, !tosa.shape<4>, tensor<1xf32>) -> tensor<4x4xf32>
  return %2 : tensor<4x4xf32>
}

// The observer that another user requires will do, wherever that user is.
// CHECK-LABEL: func.func @b16_other_user_requires(
// CHECK-NEXT: %[[O:.*]] = qprep.observe %arg0 by @[[S:.*]] :
// CHECK-NEXT: %[[R:.*]] = tensor.collapse_shape %[[O]]
// CHECK-NEXT: qprep.observe %[[R]] by @[[S]] :
func.func @b16_other_user_requires(%x: tensor<4x4xf32>) -> (tensor<16xf32>, tensor<4x4xf32>) {
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  %1 = math.tanh %x : tensor<4x4xf32>
  return %0, %1 : tensor<16xf32>, tensor<4x4xf32>
}

// What follows requires nothing of others.
// CHECK-LABEL: func.func @b16_followers_only(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b16_followers_only(%x: tensor<4x4xf32>, %init: tensor<4x4xf32>) -> (tensor<16xf32>, tensor<4x4xf32>) {
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  %1 = linalg.transpose ins(%x : tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) permutation = [1, 0]
  return %0, %1 : tensor<16xf32>, tensor<4x4xf32>
}

// A list follows its first element, and has the others observed.
// CHECK-LABEL: func.func @b16_list_quantized(
// CHECK: %[[Y:.*]] = qprep.observe %arg1 by @[[S:.*]] :
// CHECK-NEXT: %[[T:.*]] = math.tanh
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[T]] by @[[S]] :
// CHECK-NEXT: tensor.concat dim(0) %[[O]], %[[Y]]
func.func @b16_list_quantized(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<8x4xf32> {
  %0 = math.tanh %x : tensor<4x4xf32>
  %1 = tensor.concat dim(0) %0, %y : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32>
  return %1 : tensor<8x4xf32>
}

// CHECK-LABEL: func.func @b16_list_float(
// CHECK: %[[T:.*]] = math.tanh
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[T]]
// CHECK-NEXT: %[[C:.*]] = tensor.concat dim(0) %arg1, %[[O]]
// CHECK-NEXT: return %[[C]]
func.func @b16_list_float(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<8x4xf32> {
  %0 = math.tanh %x : tensor<4x4xf32>
  %1 = tensor.concat dim(0) %y, %0 : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32>
  return %1 : tensor<8x4xf32>
}

// A select follows what it chooses from.
// CHECK-LABEL: func.func @b16_select(
// CHECK: %[[Y:.*]] = qprep.observe %arg2 by @[[S:.*]] :
// CHECK-NEXT: %[[T:.*]] = tosa.tanh
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[T]] by @[[S]] :
// CHECK-NEXT: tosa.select %arg0, %[[O]], %[[Y]]
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b16_select(%c: tensor<4x4xi1>, %x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %0 = tosa.tanh %x : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = tosa.select %c, %0, %y : (tensor<4x4xi1>, tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return %1 : tensor<4x4xf32>
}

// The nearest element is moved; between elements is computed.
// CHECK-LABEL: func.func @b16_interpolate(
// CHECK: %[[O:.*]] = qprep.observe %arg0
// CHECK: %[[N:.*]] = tosa.resize %arg1, {{.*}}mode = NEAREST_NEIGHBOR
// CHECK-NEXT: %[[B:.*]] = tosa.resize %[[O]], {{.*}}mode = BILINEAR
// CHECK-NEXT: %[[BO:.*]] = qprep.observe %[[B]]
// CHECK-NEXT: return %[[N]], %[[BO]]
func.func @b16_interpolate(%x: tensor<1x4x4x2xf32>, %y: tensor<1x4x4x2xf32>) -> (tensor<1x8x8x2xf32>, tensor<1x8x8x2xf32>) {
  %scale = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %offset = tosa.const_shape {values = dense<[-1, -1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %border = tosa.const_shape {values = dense<[1, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.resize %y, %scale, %offset, %border {mode = NEAREST_NEIGHBOR} : (tensor<1x4x4x2xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x8x8x2xf32>
  %1 = tosa.resize %x, %scale, %offset, %border {mode = BILINEAR} : (tensor<1x4x4x2xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x8x8x2xf32>
  return %0, %1 : tensor<1x8x8x2xf32>, tensor<1x8x8x2xf32>
}
