// Calls whose operands or results are not those of the function one for one.

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare="placement=value entry=main" --qprep-verify-prepared | FileCheck %s --check-prefix=VALUE

// It returns a tensor, but its call a task: the argument is observed by the call
// (T8), the result where it is made.
// CHECK-LABEL: async.func private @b15_task(
// CHECK-NEXT: %[[S:.*]] = tosa.add %arg0, %arg0
// CHECK-NEXT: %[[R:.*]] = qprep.observe %[[S]] by
// CHECK-NEXT: return %[[R]]
// CHECK-LABEL: func.func @main(
// CHECK-NEXT: %[[X:.*]] = qprep.observe %arg0 by
// CHECK-NEXT: async.call @b15_task(%[[X]])
// CHECK-NOT: qprep.observe %
// CHECK: return
// VALUE-LABEL: async.func private @b15_task(
// VALUE-NOT: qprep.observe %
// VALUE: return
async.func private @b15_task(%x: tensor<4xf32>) -> !async.value<tensor<4xf32>> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %t = async.call @b15_task(%x) : (tensor<4xf32>) -> !async.value<tensor<4xf32>>
  %0 = async.await %t : !async.value<tensor<4xf32>>
  return %0 : tensor<4xf32>
}

// -----

// It has more operands than the function has arguments: the function may be called
// by anybody, as far as we know, and the call is opaque.
// CHECK-LABEL: llvm.func @main(
// CHECK: llvm.call @b15_variadic(%arg0, %arg1)
// VALUE-LABEL: llvm.func @main(
// VALUE: llvm.call @b15_variadic(%arg0, %arg1)
llvm.func private @b15_variadic(%a: i32, ...) {
  llvm.return
}
llvm.func @main(%a: i32, %b: f64) {
  llvm.call @b15_variadic(%a, %b) vararg(!llvm.func<void (i32, ...)>) : (i32, f64) -> ()
  llvm.return
}
