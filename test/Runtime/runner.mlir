// A lowered program, the runtime library, and stock mlir-runner.

// RUN: quant-prep-opt %s -qprep-lower-observers \
// RUN:   -convert-scf-to-cf -expand-strided-metadata -convert-to-llvm -reconcile-unrealized-casts -o %t.mlir
// RUN: mlir-runner %t.mlir -e main -entry-point-result=void \
// RUN:   -shared-libs=%mlir_libs/libmlir_c_runner_utils.so,%quantprep_libs/libQuantPrepRuntime.so \
// RUN:   | FileCheck %s
// RUN: env QPREP_RUNTIME_PRINT=1 mlir-runner %t.mlir -e observe_once -entry-point-result=void \
// RUN:   -shared-libs=%mlir_libs/libmlir_c_runner_utils.so,%quantprep_libs/libQuantPrepRuntime.so \
// RUN:   | FileCheck %s --check-prefix=EXIT
// RUN: mlir-runner %t.mlir -e observe_once -entry-point-result=void \
// RUN:   -shared-libs=%mlir_libs/libmlir_c_runner_utils.so,%quantprep_libs/libQuantPrepRuntime.so \
// RUN:   | count 0

qprep.observer private @whole {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @window {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @scalar {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @double {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @half {id = 4, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @brain {id = 5, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @empty {id = 6, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func private @qprep_runtime_print() attributes {llvm.emit_c_interface}
func.func private @qprep_runtime_reset() attributes {llvm.emit_c_interface}

memref.global "private" constant @values : memref<3x4xf32> =
  dense<[[9.0, 8.0, 7.0, 6.0], [0.1, 0x7fc00000, -0.5, 5.0], [0.2, 4.0, 0.3, 3.0]]>
memref.global "private" constant @one : memref<f32> = dense<-1.25>
memref.global "private" constant @doubles : memref<2xf64> = dense<[0.1, -1.0e300]>
memref.global "private" constant @halfs : memref<2xf16> = dense<[-65504.0, 0.25]>
memref.global "private" constant @brains : memref<2xbf16> = dense<[-3.140625, 1.0]>

func.func @observe_once() {
  // EXIT:     observer 2: min = -1.25, max = -1.25, count = 1, nan = 0
  // EXIT-NOT: observer
  %one = memref.get_global @one : memref<f32>
  qprep.observe %one by @scalar : memref<f32>
  return
}

func.func @main() {
  %values = memref.get_global @values : memref<3x4xf32>
  %window = memref.subview %values[1, 0] [2, 2] [1, 2] : memref<3x4xf32> to memref<2x2xf32, strided<[4, 2], offset: 4>>
  %one = memref.get_global @one : memref<f32>
  %doubles = memref.get_global @doubles : memref<2xf64>
  %halfs = memref.get_global @halfs : memref<2xf16>
  %brains = memref.get_global @brains : memref<2xbf16>
  %empty = memref.subview %values[0, 0] [0, 4] [1, 1] : memref<3x4xf32> to memref<0x4xf32, strided<[4, 1]>>
  qprep.observe %values by @scalar : memref<3x4xf32>
  call @qprep_runtime_reset() : () -> ()
  qprep.observe %values by @whole : memref<3x4xf32>
  qprep.observe %window by @window : memref<2x2xf32, strided<[4, 2], offset: 4>>
  qprep.observe %one by @scalar : memref<f32>
  qprep.observe %doubles by @double : memref<2xf64>
  qprep.observe %halfs by @half : memref<2xf16>
  qprep.observe %brains by @brain : memref<2xbf16>
  qprep.observe %empty by @empty : memref<0x4xf32, strided<[4, 1]>>
  // CHECK:      observer 0: min = -0.5, max = 9, count = 12, nan = 1
  // CHECK-NEXT: observer 1: min = -0.5, max = 0.30000001192092896, count = 4, nan = 0
  // CHECK-NEXT: observer 2: min = -1.25, max = -1.25, count = 1, nan = 0
  // CHECK-NEXT: observer 3: min = -1.0000000000000001e+300, max = 0.10000000000000001, count = 2, nan = 0
  // CHECK-NEXT: observer 4: min = -65504, max = 0.25, count = 2, nan = 0
  // CHECK-NEXT: observer 5: min = -3.140625, max = 1, count = 2, nan = 0
  // CHECK-NEXT: observer 6: min = inf, max = -inf, count = 0, nan = 0
  // CHECK-NOT:  observer
  call @qprep_runtime_print() : () -> ()
  return
}
