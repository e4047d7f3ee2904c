// Elementwise graphs of one input are one unit of kind unary, where the backend has that kind.
// RUN: split-file %s %t
// RUN: cat %t/config.mlir %t/model.mlir > %t/both.mlir
// RUN: quant-prep-opt %t/both.mlir -pass-pipeline='builtin.module(qprep-attach-config{config=@mine},func.func(qprep-match-units))' | FileCheck %t/model.mlir
// RUN: quant-prep-opt %t/both.mlir --qprep-prepare=config=@mine --qprep-verify-prepared -o /dev/null
// RUN: quant-prep-opt %t/model.mlir -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %t/model.mlir --check-prefix=NONE

//--- config.mlir
#ui8 = #qprep.dtypes<input = <ui8>, output = <ui8>>
qprep.config @mine backend @with_tables {
  qprep.assign global "fbgemm"
  qprep.backend @with_tables {
    qprep.pattern @unary different dtypes [#ui8] {
      %0 = qprep.node unary
    }
    qprep.pattern @relu different dtypes [#ui8] {
      %0 = qprep.node relu
    }
    qprep.pattern @add different dtypes [#ui8] {
      %0 = qprep.node add
    }
    qprep.pattern @gelu different dtypes [#ui8] {
      %0 = qprep.node gelu
    }
  }
}

//--- model.mlir
#id = affine_map<(d0, d1) -> (d0, d1)>

// NONE-NOT: unit<unary

// An op, a chain, a diamond; what has an entry of its own is not in a chain.
// CHECK-LABEL: @graphs(
// CHECK: tosa.exp{{.*}}qprep.unit = #qprep.unit<unary [input]>
// CHECK: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu [input]>
// CHECK: tosa.sin{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.abs{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK: tosa.add{{.*}}unary [internal, input]
// CHECK: tosa.exp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.cos{{.*}}qprep.member = #qprep.member<[input]>
// CHECK: tosa.add{{.*}}unary [internal, internal]
func.func @graphs(%x: tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  %0 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.sin %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.abs %2 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.add %3, %1 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.exp %4 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %6 = tosa.cos %4 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %7 = tosa.add %5, %6 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %4, %7 : tensor<2x4xf32>, tensor<2x4xf32>
}

// A body of several ops, with a constant beside it.
// CHECK-LABEL: @body(
// CHECK: linalg.generic{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK: tosa.sub{{.*}}unary [_, internal]
func.func @body(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = "tosa.const"() <{values = dense<[[1.0, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %s = math.sin %a : f32
    %m = arith.mulf %s, %a : f32
    %c1 = math.cos %m : f32
    linalg.yield %c1 : f32
  } -> tensor<2x4xf32>
  %1 = tosa.sub %c, %0 : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// Two inputs, another reader, an index, another shape.
// CHECK-LABEL: @not_unary(
// CHECK: tosa.sub{{.*}}sub [input, input]
// CHECK: tosa.exp{{.*}}unary [input]
// CHECK: tosa.sin{{.*}}unary [input]
// CHECK: linalg.generic{{.*}}opaque [input, _]
// CHECK: tosa.pow{{.*}}pow [input, input]
func.func @not_unary(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>, %z: tensor<1x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>) {
  %two = "tosa.const"() <{values = dense<2.5> : tensor<2x1xf32>}> : () -> tensor<2x1xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = tosa.sub %x, %y : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.exp %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.sin %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %i = linalg.index 1 : index
    %n = arith.index_cast %i : index to i32
    %f = arith.sitofp %n : i32 to f32
    %m = arith.mulf %f, %a : f32
    %c = math.cos %m : f32
    linalg.yield %c : f32
  } -> tensor<2x4xf32>
  %4 = tosa.pow %z, %two : (tensor<1x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  return %1, %2, %3, %4 : tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>
}
