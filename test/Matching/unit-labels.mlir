// A unit is called by the name of its location, else by its kind and number (B19), in configurations, reports,
// remarks, pictures and observers' symbols, on tosa and on linalg.
//
// RUN: quant-prep-opt %s --qprep-prepare=config=@by_label --qprep-report='format=text' --mlir-print-debuginfo -o %t.mlir 2> %t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=WARN < %t.err
// RUN: FileCheck %s --check-prefix=SYMBOL < %t.mlir
// RUN: quant-prep-opt %s --qprep-prepare=config=@by_label --qprep-report=format=dot -o /dev/null 2> /dev/null | FileCheck %s --check-prefix=DOT
// RUN: quant-prep-opt %s --qprep-prepare=config=@by_label --remarks-filter=qprep -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// The number counts units with a name too, and begins anew in each function.
// CHECK-LABEL: function b19_tosa
// CHECK:       {{ }}abs_0 {{ *}}abs {{.*}} skipped
// CHECK:       {{ }}stem {{ *}}abs {{.*}} float
// CHECK:       {{ }}abs_2 {{ *}}abs {{.*}} skipped
// CHECK:       {{ }}sigmoid_0 {{ *}}sigmoid {{.*}} observed
// CHECK-LABEL: function b19_linalg
// CHECK:       {{ }}linear_0 {{ *}}linear {{.*}} observed
// CHECK:       {{ }}head {{ *}}linear {{.*}} skipped
// CHECK:       {{ }}linear_2 {{ *}}linear {{.*}} skipped

// What has a name is not called by its number as well.
// WARN: warning: matches no unit of the module; the nearest labels are {{.*}}'abs_0'
// WARN-NEXT: name "abs_1"
// SYMBOL-DAG: qprep.observer {{.*}}@sigmoid_0
// SYMBOL-DAG: qprep.observer {{.*}}@linear_0_w
// DOT-DAG: label="{{.*}}abs_2
// DOT-DAG: label="{{.*}}linear_0
// REMARK-DAG: Remark="abs_2: abs is skipped
// REMARK-DAG: Remark="head: linear is skipped
// REMARK-DAG: Remark="linear_0: linear is observed

qprep.config @by_label {
  qprep.assign global "fbgemm"
  qprep.assign name_regex "abs_[02]" none
  qprep.assign name "abs_1" none
  qprep.assign name "head" none
  qprep.assign name "linear_2" none
}

func.func @b19_tosa(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.abs %x : (tensor<1x4xf32>) -> tensor<1x4xf32> loc(unknown)
  %1 = tosa.abs %0 : (tensor<1x4xf32>) -> tensor<1x4xf32> loc("stem")
  %2 = tosa.abs %1 : (tensor<1x4xf32>) -> tensor<1x4xf32> loc(unknown)
  %3 = tosa.sigmoid %2 : (tensor<1x4xf32>) -> tensor<1x4xf32> loc(unknown)
  return %3 : tensor<1x4xf32>
}

func.func @b19_linalg(%x: tensor<1x4xf32>, %init: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %w = arith.constant dense<0.5> : tensor<4x4xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x4xf32>) outs(%init : tensor<1x4xf32>) -> tensor<1x4xf32> loc(unknown)
  %1 = linalg.matmul ins(%0, %w : tensor<1x4xf32>, tensor<4x4xf32>) outs(%init : tensor<1x4xf32>) -> tensor<1x4xf32> loc("head")
  %2 = linalg.matmul ins(%1, %w : tensor<1x4xf32>, tensor<4x4xf32>) outs(%init : tensor<1x4xf32>) -> tensor<1x4xf32> loc(unknown)
  return %2 : tensor<1x4xf32>
}
