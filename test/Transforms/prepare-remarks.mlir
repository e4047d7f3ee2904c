// Each decision is a remark at its op, named for the rule (B6).
// RUN: quant-prep-opt %s -qprep-prepare --remarks-filter=qprep --remark-format=emitRemark -o %t 2>&1 | FileCheck %s
// RUN: quant-prep-opt %s -qprep-prepare --remarks-filter-missed=qprep --remark-format=emitRemark -o %t 2>&1 | FileCheck %s --check-prefix=MISSED
// RUN: quant-prep-opt %s -qprep-prepare -o %t 2>&1 | count 0

// CHECK-DAG: prepare-remarks.mlir:[[#@LINE+11]]:8: remark: [Passed] F13 | Category:qprep | Function=b6_remarks | Remark="add_0: add is observed"
// CHECK-DAG: prepare-remarks.mlir:[[#@LINE+11]]:8: remark: [Passed] F23 | Category:qprep | Function=b6_remarks | Remark="clamp_0: clamp is shared"
// CHECK-DAG: prepare-remarks.mlir:[[#@LINE+11]]:8: remark: [Missed] F14 | Category:qprep | Function=b6_remarks | Remark="log_0: log is float, since the backend has no pattern for this kind"
// CHECK-DAG: prepare-remarks.mlir:[[#@LINE+11]]:8: remark: [Missed] F1 | Category:qprep | Function=b6_remarks | Remark="add_1: add is skipped, since it is assigned no qconfig"
// CHECK-DAG: prepare-remarks.mlir:[[#@LINE+6]]:{{[0-9]+}}: remark: [Analysis] F17 | Category:qprep | Function=b6_remarks | Remark="observed by histogram"
// CHECK-DAG: prepare-remarks.mlir:[[#@LINE+6]]:8: remark: [Analysis] F21 | Category:qprep | Function=b6_remarks | Remark="observed by histogram"
// MISSED-NOT: remark: [{{Passed|Analysis}}]
// MISSED: remark: [Missed] F14
// MISSED-NOT: remark: [{{Passed|Analysis}}]

func.func @b6_remarks(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.log %1 : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.add %2, %2 {qprep.qconfig = "none"} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}
