// B17: scores are observed, masks are not, as front ends write attention: BERT's
// mask of an argument, GPT's causal choice, and the filled upper triangle of a
// text encoder; tosa and linalg, f32 and f16. A bias on scores is no mask.
// RUN: quant-prep-opt %s -qprep-prepare='backend=tosa qconfig=tosa' -qprep-verify-prepared | FileCheck %s

#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#keys = affine_map<(d0, d1, d2) -> (d0, d2)>
#square = affine_map<(d0, d1, d2) -> (d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>

// CHECK-LABEL: func.func @b17_bert_tosa(
// CHECK: %[[SCORES:.*]] = tosa.mul {{.*}}qprep.unit = #qprep.unit<mul
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SCORES]] by
// CHECK-NOT: qprep.observe
// CHECK: tosa.add %[[SEEN]], %{{.*}}qprep.member
// CHECK-NOT: qprep.observe
// CHECK: %[[SOFTMAX:.*]] = tosa.mul {{.*}}softmax
// CHECK-NEXT: qprep.observe %[[SOFTMAX]] by
// CHECK-NEXT: return
func.func @b17_bert_tosa(%q: tensor<2x4x8xf32>, %k: tensor<2x8x4xf32>, %keep: tensor<1x4xi32>) -> tensor<2x4x4xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %scale = "tosa.const"() <{values = dense<0.35> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %low = "tosa.const"() <{values = dense<-1.0e4> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %shape = tosa.const_shape {values = dense<[1, 1, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.cast %keep : (tensor<1x4xi32>) -> tensor<1x4xf32>
  %1 = tosa.reshape %0, %shape : (tensor<1x4xf32>, !tosa.shape<3>) -> tensor<1x1x4xf32>
  %2 = tosa.sub %one, %1 : (tensor<1x1x1xf32>, tensor<1x1x4xf32>) -> tensor<1x1x4xf32>
  %mask = tosa.mul %2, %low, %shift : (tensor<1x1x4xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x4xf32>
  %3 = tosa.matmul %q, %k, %z, %z : (tensor<2x4x8xf32>, tensor<2x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4x4xf32>
  %4 = tosa.mul %3, %scale, %shift : (tensor<2x4x4xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x4x4xf32>
  %5 = tosa.add %4, %mask : (tensor<2x4x4xf32>, tensor<1x1x4xf32>) -> tensor<2x4x4xf32>
  %6 = tosa.reduce_max %5 {axis = 2 : i32} : (tensor<2x4x4xf32>) -> tensor<2x4x1xf32>
  %7 = tosa.sub %5, %6 : (tensor<2x4x4xf32>, tensor<2x4x1xf32>) -> tensor<2x4x4xf32>
  %8 = tosa.exp %7 : (tensor<2x4x4xf32>) -> tensor<2x4x4xf32>
  %9 = tosa.reduce_sum %8 {axis = 2 : i32} : (tensor<2x4x4xf32>) -> tensor<2x4x1xf32>
  %10 = tosa.reciprocal %9 : (tensor<2x4x1xf32>) -> tensor<2x4x1xf32>
  %11 = tosa.mul %8, %10, %shift : (tensor<2x4x4xf32>, tensor<2x4x1xf32>, tensor<1xi8>) -> tensor<2x4x4xf32>
  return %11 : tensor<2x4x4xf32>
}

// The same in generics of f16, whose lowest number is -65504.
// CHECK-LABEL: func.func @b17_bert_linalg_f16(
// CHECK: %[[SCORES:.*]] = linalg.batch_matmul
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SCORES]] by
// CHECK-NOT: qprep.observe
// CHECK: linalg.generic {{.*}}ins(%[[SEEN]], %{{.*}}qprep.member
// CHECK-NOT: qprep.observe
// CHECK: %[[SOFTMAX:.*]] = linalg.softmax {{.*}}
// CHECK-NEXT: qprep.observe %[[SOFTMAX]] by
// CHECK-NEXT: return
func.func @b17_bert_linalg_f16(%q: tensor<2x4x8xf16>, %k: tensor<2x8x4xf16>, %keep: tensor<2x4xi64>) -> tensor<2x4x4xf16> {
  %zero = arith.constant 0.0 : f16
  %one = arith.constant 1.0 : f16
  %low = arith.constant 0xFBFF : f16
  %e = tensor.empty() : tensor<2x4xf16>
  %mask = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%keep : tensor<2x4xi64>) outs(%e : tensor<2x4xf16>) {
  ^bb0(%in: i64, %out: f16):
    %a = arith.sitofp %in : i64 to f16
    %b = arith.subf %one, %a : f16
    %c = arith.mulf %b, %low : f16
    linalg.yield %c : f16
  } -> tensor<2x4xf16>
  %e3 = tensor.empty() : tensor<2x4x4xf16>
  %fill = linalg.fill ins(%zero : f16) outs(%e3 : tensor<2x4x4xf16>) -> tensor<2x4x4xf16>
  %scores = linalg.batch_matmul ins(%q, %k : tensor<2x4x8xf16>, tensor<2x8x4xf16>) outs(%fill : tensor<2x4x4xf16>) -> tensor<2x4x4xf16>
  %sum = linalg.generic {indexing_maps = [#id3, #keys, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%scores, %mask : tensor<2x4x4xf16>, tensor<2x4xf16>) outs(%e3 : tensor<2x4x4xf16>) {
  ^bb0(%s: f16, %m: f16, %out: f16):
    %a = arith.addf %s, %m : f16
    linalg.yield %a : f16
  } -> tensor<2x4x4xf16>
  %r = linalg.softmax dimension(2) ins(%sum : tensor<2x4x4xf16>) outs(%e3 : tensor<2x4x4xf16>) -> tensor<2x4x4xf16>
  return %r : tensor<2x4x4xf16>
}

// A slice of a larger triangle chooses between scores and the lowest number.
// CHECK-LABEL: func.func @b17_gpt_tosa(
// CHECK: %[[SCORES:.*]] = tosa.matmul
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SCORES]] by
// CHECK-NOT: qprep.observe
// CHECK: tosa.select %{{.*}}, %[[SEEN]], %{{.*}}qprep.member
// CHECK-NOT: qprep.observe
// CHECK: %[[SOFTMAX:.*]] = tosa.mul {{.*}}softmax
// CHECK-NEXT: qprep.observe %[[SOFTMAX]] by
// CHECK-NEXT: return
func.func @b17_gpt_tosa(%q: tensor<1x3x8xf32>, %k: tensor<1x8x3xf32>) -> tensor<1x3x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %causal = "tosa.const"() <{values = dense<[[[true, false, false, false], [true, true, false, false], [true, true, true, false], [true, true, true, true]]]> : tensor<1x4x4xi1>}> : () -> tensor<1x4x4xi1>
  %low = "tosa.const"() <{values = dense<-3.40282347E+38> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %start = tosa.const_shape {values = dense<[0, 0, 0]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %size = tosa.const_shape {values = dense<[1, 3, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %now = tosa.slice %causal, %start, %size : (tensor<1x4x4xi1>, !tosa.shape<3>, !tosa.shape<3>) -> tensor<1x3x3xi1>
  %0 = tosa.matmul %q, %k, %z, %z : (tensor<1x3x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3xf32>
  %1 = tosa.select %now, %0, %low : (tensor<1x3x3xi1>, tensor<1x3x3xf32>, tensor<1x1x1xf32>) -> tensor<1x3x3xf32>
  %2 = tosa.reduce_max %1 {axis = 2 : i32} : (tensor<1x3x3xf32>) -> tensor<1x3x1xf32>
  %3 = tosa.sub %1, %2 : (tensor<1x3x3xf32>, tensor<1x3x1xf32>) -> tensor<1x3x3xf32>
  %4 = tosa.exp %3 : (tensor<1x3x3xf32>) -> tensor<1x3x3xf32>
  %5 = tosa.reduce_sum %4 {axis = 2 : i32} : (tensor<1x3x3xf32>) -> tensor<1x3x1xf32>
  %6 = tosa.reciprocal %5 : (tensor<1x3x1xf32>) -> tensor<1x3x1xf32>
  %7 = tosa.mul %4, %6, %shift : (tensor<1x3x3xf32>, tensor<1x3x1xf32>, tensor<1xi8>) -> tensor<1x3x3xf32>
  return %7 : tensor<1x3x3xf32>
}

// Positions are compared in the body that chooses.
// CHECK-LABEL: func.func @b17_gpt_linalg(
// CHECK: %[[SCORES:.*]] = linalg.batch_matmul
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SCORES]] by
// CHECK-NEXT: linalg.generic {{.*}}ins(%[[SEEN]] :{{.*}}qprep.member
// CHECK-NOT: qprep.observe
// CHECK: %[[SOFTMAX:.*]] = linalg.softmax {{.*}}
// CHECK-NEXT: qprep.observe %[[SOFTMAX]] by
// CHECK-NEXT: return
func.func @b17_gpt_linalg(%q: tensor<1x4x8xf32>, %k: tensor<1x8x4xf32>) -> tensor<1x4x4xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %e = tensor.empty() : tensor<1x4x4xf32>
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %scores = linalg.batch_matmul ins(%q, %k : tensor<1x4x8xf32>, tensor<1x8x4xf32>) outs(%fill : tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %chosen = linalg.generic {indexing_maps = [#id3, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%scores : tensor<1x4x4xf32>) outs(%e : tensor<1x4x4xf32>) {
  ^bb0(%s: f32, %out: f32):
    %i = linalg.index 1 : index
    %j = linalg.index 2 : index
    %c = arith.cmpi sle, %j, %i : index
    %r = arith.select %c, %s, %low : f32
    linalg.yield %r : f32
  } -> tensor<1x4x4xf32>
  %r = linalg.softmax dimension(2) ins(%chosen : tensor<1x4x4xf32>) outs(%e : tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %r : tensor<1x4x4xf32>
}

// A text encoder's mask: filled, the lower triangle set to zero, repeated for all
// heads, and added.
// CHECK-LABEL: func.func @b17_text_encoder_linalg(
// CHECK-NOT: qprep.observe %{{.*}} : tensor<4x4xf32>
// CHECK: %[[SCORES:.*]] = linalg.batch_matmul
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SCORES]] by
// CHECK-NEXT: linalg.generic {{.*}}ins(%[[SEEN]], %{{.*}}qprep.member
// CHECK-NOT: qprep.observe
// CHECK: %[[SOFTMAX:.*]] = linalg.softmax {{.*}}
// CHECK-NEXT: qprep.observe %[[SOFTMAX]] by
// CHECK-NEXT: return
func.func @b17_text_encoder_linalg(%q: tensor<2x4x8xf32>, %k: tensor<2x8x4xf32>) -> tensor<2x4x4xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant -3.40282347E+38 : f32
  %e2 = tensor.empty() : tensor<4x4xf32>
  %all = linalg.fill ins(%low : f32) outs(%e2 : tensor<4x4xf32>) -> tensor<4x4xf32>
  %mask = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%all : tensor<4x4xf32>) outs(%e2 : tensor<4x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %c = arith.cmpi sgt, %j, %i : index
    %r = arith.select %c, %in, %zero : f32
    linalg.yield %r : f32
  } -> tensor<4x4xf32>
  %e = tensor.empty() : tensor<2x4x4xf32>
  %heads = linalg.broadcast ins(%mask : tensor<4x4xf32>) outs(%e : tensor<2x4x4xf32>) dimensions = [0]
  %fill = linalg.fill ins(%zero : f32) outs(%e : tensor<2x4x4xf32>) -> tensor<2x4x4xf32>
  %scores = linalg.batch_matmul ins(%q, %k : tensor<2x4x8xf32>, tensor<2x8x4xf32>) outs(%fill : tensor<2x4x4xf32>) -> tensor<2x4x4xf32>
  %sum = linalg.generic {indexing_maps = [#id3, #id3, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%scores, %heads : tensor<2x4x4xf32>, tensor<2x4x4xf32>) outs(%e : tensor<2x4x4xf32>) {
  ^bb0(%s: f32, %m: f32, %out: f32):
    %a = arith.addf %s, %m : f32
    linalg.yield %a : f32
  } -> tensor<2x4x4xf32>
  %r = linalg.softmax dimension(2) ins(%sum : tensor<2x4x4xf32>) outs(%e : tensor<2x4x4xf32>) -> tensor<2x4x4xf32>
  return %r : tensor<2x4x4xf32>
}

// A mask in a blob, as large ones are written.
// CHECK-LABEL: func.func @b17_text_encoder_tosa(
// CHECK: %[[SCORES:.*]] = tosa.matmul
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SCORES]] by
// CHECK-NOT: qprep.observe
// CHECK: tosa.add %[[SEEN]], %{{.*}}qprep.member
// CHECK-NOT: qprep.observe
// CHECK: %[[SOFTMAX:.*]] = linalg.softmax {{.*}}
// CHECK-NEXT: qprep.observe %[[SOFTMAX]] by
func.func @b17_text_encoder_tosa(%q: tensor<1x2x8xf32>, %k: tensor<1x8x2xf32>) -> tensor<1x2x2xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %mask = "tosa.const"() <{values = dense_resource<causal> : tensor<1x2x2xf32>}> : () -> tensor<1x2x2xf32>
  %e = tensor.empty() : tensor<1x2x2xf32>
  %0 = tosa.matmul %q, %k, %z, %z : (tensor<1x2x8xf32>, tensor<1x8x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %1 = tosa.add %0, %mask : (tensor<1x2x2xf32>, tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %2 = linalg.softmax dimension(2) ins(%1 : tensor<1x2x2xf32>) outs(%e : tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  return %2 : tensor<1x2x2xf32>
}

// The bias of positions (T5, ALiBi) is data: the sum has its own observer.
// CHECK-LABEL: func.func @b17_position_bias(
// CHECK: %[[SUM:.*]] = tosa.add {{.*}}qprep.unit = #qprep.unit<add
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %[[SUM]] by
// CHECK-NEXT: linalg.softmax {{.*}}ins(%[[SEEN]] :
func.func @b17_position_bias(%q: tensor<1x2x8xf32>, %k: tensor<1x8x2xf32>) -> tensor<1x2x2xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %bias = "tosa.const"() <{values = dense<[[[0.0, -0.5], [-0.5, 0.0]]]> : tensor<1x2x2xf32>}> : () -> tensor<1x2x2xf32>
  %e = tensor.empty() : tensor<1x2x2xf32>
  %0 = tosa.matmul %q, %k, %z, %z : (tensor<1x2x8xf32>, tensor<1x8x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %1 = tosa.add %0, %bias : (tensor<1x2x2xf32>, tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %2 = linalg.softmax dimension(2) ins(%1 : tensor<1x2x2xf32>) outs(%e : tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  return %2 : tensor<1x2x2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      causal: "0x0400000000000000FFFF7FFF0000000000000000"
    }
  }
#-}
