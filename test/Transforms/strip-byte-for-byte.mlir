// Stripping a prepared module gives the module it was made of, byte for byte,
// with locations, in generic form (B3).

// RUN: split-file %s %t
// RUN: quant-prep-opt %t/float.mlir --mlir-print-op-generic --mlir-print-debuginfo > %t/float.txt
// RUN: quant-prep-opt %t/prepared.mlir --qprep-strip --mlir-print-op-generic --mlir-print-debuginfo > %t/stripped.txt
// RUN: cmp %t/float.txt %t/stripped.txt
// RUN: FileCheck %s < %t/stripped.txt

// CHECK-LABEL: "func.func"() <{{.*}}sym_name = "b3_byte_for_byte"
// CHECK:         "tosa.sigmoid"
// CHECK:         loc("act")

//--- float.mlir
module {
  func.func @b3_byte_for_byte(%x: tensor<4xf32> loc("x")) -> tensor<4xf32> {
    %c = "tosa.const"() <{values = dense<2.0> : tensor<4xf32>}> : () -> tensor<4xf32> loc("w")
    %0 = tosa.add %x, %c {mine} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("sum")
    %1 = tosa.sigmoid %0 : (tensor<4xf32>) -> tensor<4xf32> loc("act")
    return %1 : tensor<4xf32> loc("output")
  } loc("forward")
} loc("model")

//--- prepared.mlir
module {
  qprep.config private @qprep_config backend @native attributes {qprep.generated} {
    qprep.backend @native {}
  }
  qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
  qprep.observer private @w {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
  func.func @b3_byte_for_byte(%x: tensor<4xf32> loc("x")) -> tensor<4xf32> {
    %o = qprep.observe %x by @x : tensor<4xf32> loc("x")
    %c = "tosa.const"() <{values = dense<2.0> : tensor<4xf32>}> : () -> tensor<4xf32> loc("w")
    %p = qprep.observe %c by @w : tensor<4xf32> loc("w")
    %0 = tosa.add %o, %p {mine, qprep.unit = #qprep.unit<add [input, input]>, qprep.fused,
      qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("sum")
    %1 = tosa.sigmoid %0 {qprep.unit = #qprep.unit<sigmoid [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32> loc("act")
    %q = qprep.observe %1 by @x : tensor<4xf32> loc("act")
    return %q : tensor<4xf32> loc("output")
  } loc("forward")
} loc("model")
