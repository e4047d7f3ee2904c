// A loop, a branch and a call, prepared and lowered by stock passes: what comes out
// is bit for bit what the float program computes, and each observer sees exactly the
// values that the rules name.

// RUN: quant-prep-opt %s -qprep-prepare -qprep-verify-prepared -o %t.prepared.mlir
// RUN: quant-prep-opt %t.prepared.mlir -qprep-lower-observers=callee=dump_observed -o %t.observed.mlir
// RUN: quant-prep-opt %s -qprep-strip -qprep-lower-observers -o %t.float.mlir
// RUN: %python %S/run_tensors.py %t.observed.mlir --libs %quantprep_libs --mlir-libs %mlir_libs > %t.observed
// RUN: %python %S/run_tensors.py %t.float.mlir --libs %quantprep_libs --mlir-libs %mlir_libs > %t.float
// RUN: FileCheck %s < %t.observed
// RUN: grep dump %t.observed > %t.results
// RUN: diff %t.float %t.results

// Three trips, the first branch. The initial value, then what each trip yields, are seen
// by the observer of the loop (0); then the branch that is taken (1), and what the
// call hands to the function that is only called (it is the branch's) and gets back (3).
// CHECK:      observer 0: 3f800000 c0000000
// CHECK-NEXT: observer 0: 40000000 c0800000
// CHECK-NEXT: observer 0: 40800000 c1000000
// CHECK-NEXT: observer 0: 41000000 c1800000
// CHECK-NEXT: observer 1: 41800000 c2000000
// CHECK-NEXT: observer 3: 42000000 c2800000
// CHECK-NEXT: dump 2: 42000000 c2800000
// No trip: the initial value is seen all the same. The other branch (2).
// CHECK-NEXT: observer 0: 3f800000 c0000000
// CHECK-NEXT: observer 2: 3f800000 40800000
// CHECK-NEXT: observer 3: 40000000 41000000
// CHECK-NEXT: dump 2: 40000000 41000000
// CHECK-NOT:  {{.}}

qprep.config @c {
  qprep.assign global "fbgemm"
  qprep.assign name "main" none
  qprep.assign name "model" "fbgemm"
}

func.func private @dump_f32(tensor<*xf32>) attributes {llvm.emit_c_interface}

func.func private @twice(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = tosa.add %x, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

func.func @model(%x: tensor<2xf32>, %n: index, %c: i1) -> tensor<2xf32> {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %loop = scf.for %i = %zero to %n step %one iter_args(%a = %x) -> tensor<2xf32> {
    %0 = tosa.add %a, %a : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    scf.yield %0 : tensor<2xf32>
  }
  %branch = scf.if %c -> tensor<2xf32> {
    %0 = tosa.add %loop, %loop : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    scf.yield %0 : tensor<2xf32>
  } else {
    %0 = tosa.mul %loop, %loop, %shift : (tensor<2xf32>, tensor<2xf32>, tensor<1xi8>) -> tensor<2xf32>
    scf.yield %0 : tensor<2xf32>
  }
  %result = call @twice(%branch) : (tensor<2xf32>) -> tensor<2xf32>
  return %result : tensor<2xf32>
}

func.func @main() {
  %x = "tosa.const"() <{values = dense<[1.0, -2.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %zero = arith.constant 0 : index
  %three = arith.constant 3 : index
  %true = arith.constant true
  %false = arith.constant false
  %0 = call @model(%x, %three, %true) : (tensor<2xf32>, index, i1) -> tensor<2xf32>
  %1 = tensor.cast %0 : tensor<2xf32> to tensor<*xf32>
  call @dump_f32(%1) : (tensor<*xf32>) -> ()
  %2 = call @model(%x, %zero, %false) : (tensor<2xf32>, index, i1) -> tensor<2xf32>
  %3 = tensor.cast %2 : tensor<2xf32> to tensor<*xf32>
  call @dump_f32(%3) : (tensor<*xf32>) -> ()
  return
}
