// Comparisons and selects of arith: ordered and unordered predicates differ in NaNs
// alone.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// CHECK-LABEL: @comparisons(
// CHECK: arith.cmpf ogt, {{.*}}unit<greater [input, input]>
// CHECK: arith.cmpf uge, {{.*}}unit<greater_equal [input, input]>
// CHECK: arith.cmpf ult, {{.*}}unit<less [input, input]>
// CHECK: arith.cmpf ole, {{.*}}unit<less_equal [input, input]>
// CHECK: arith.cmpf oeq, {{.*}}unit<equal [input, input]>
// CHECK: arith.cmpf one, {{.*}}unit<opaque [input, input]>
func.func @comparisons(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %0 = arith.cmpf ogt, %x, %y : tensor<4xf32>
  %1 = arith.cmpf uge, %x, %y : tensor<4xf32>
  %2 = arith.cmpf ult, %x, %y : tensor<4xf32>
  %3 = arith.cmpf ole, %x, %y : tensor<4xf32>
  %4 = arith.cmpf oeq, %x, %y : tensor<4xf32>
  %5 = arith.cmpf one, %x, %y : tensor<4xf32>
  return %0, %1, %2, %3, %4, %5 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// What chooses between the operands that it compares is their maximum or minimum,
// and has no mask to read; anything else chooses.
// CHECK-LABEL: @selects(
// CHECK: arith.select {{.*}}unit<maximum [_, input, input]>
// CHECK: arith.select {{.*}}unit<minimum [_, input, input]>
// CHECK: arith.select {{.*}}unit<minimum [_, input, input]>
// CHECK: arith.select {{.*}}unit<maximum [_, input, input]>
// CHECK: arith.select {{.*}}unit<select [_, input, input]>
// CHECK: arith.select {{.*}}unit<select [_, input, input]>
func.func @selects(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %ge = arith.cmpf oge, %x, %y : tensor<4xf32>
  %max = arith.select %ge, %x, %y : tensor<4xi1>, tensor<4xf32>
  %ge2 = arith.cmpf uge, %x, %y : tensor<4xf32>
  %min = arith.select %ge2, %y, %x : tensor<4xi1>, tensor<4xf32>
  %le = arith.cmpf ole, %x, %y : tensor<4xf32>
  %min2 = arith.select %le, %x, %y : tensor<4xi1>, tensor<4xf32>
  %le2 = arith.cmpf ule, %x, %y : tensor<4xf32>
  %max2 = arith.select %le2, %y, %x : tensor<4xi1>, tensor<4xf32>
  %gt = arith.cmpf ogt, %x, %y : tensor<4xf32>
  %other = arith.select %gt, %x, %z : tensor<4xi1>, tensor<4xf32>
  %eq = arith.cmpf ueq, %x, %y : tensor<4xf32>
  %equal = arith.select %eq, %x, %y : tensor<4xi1>, tensor<4xf32>
  return %max, %min, %min2, %max2, %other, %equal : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}
