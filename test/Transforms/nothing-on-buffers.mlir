// B6: what computes on buffers is not prepared, and somebody is told.
// RUN: quant-prep-opt %s --qprep-prepare --verify-diagnostics -o /dev/null
// RUN: not quant-prep-opt %s --qprep-prepare=strict=true -o /dev/null 2>&1 | FileCheck %s

// CHECK: error: nothing is observed: this computes on buffers
func.func @b6_bufferized(%x: memref<2x8xf32>, %w: memref<8x4xf32>, %o: memref<2x4xf32>) {
  // expected-warning @below {{nothing is observed: this computes on buffers, and only tensors are observed; prepare before bufferization}}
  linalg.matmul ins(%x, %w : memref<2x8xf32>, memref<8x4xf32>) outs(%o : memref<2x4xf32>)
  return
}
