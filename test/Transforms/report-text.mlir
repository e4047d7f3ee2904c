// RUN: quant-prep-opt %s --qprep-report='output=%t.txt format=text' -o %t.mlir
// RUN: FileCheck %s --match-full-lines --strict-whitespace < %t.txt

//      CHECK:functions  2
// CHECK-NEXT:observers  1, 2 observations
// CHECK-NEXT:observed   33.3 % of 3 units, 75.0 % of 64 macs, of products with a parameter none
//CHECK-EMPTY:
// CHECK-NEXT:units    observed  shared  float  skipped
// CHECK-NEXT:all      1         1       1      0
// CHECK-NEXT:matmul   1         0       1      0
// CHECK-NEXT:reshape  0         1       0      0
//CHECK-EMPTY:
// CHECK-NEXT:units  not observed since
// CHECK-NEXT:1      F16: the backend has no such dtype
//CHECK-EMPTY:
// CHECK-NEXT:function b6_table
// CHECK-NEXT:index  label      kind     macs  line                 qconfig    decision  observers, or why not
// CHECK-NEXT:1      mm         matmul   48    -                    q (name)   observed  x
// CHECK-NEXT:2      reshape_0  reshape  0     report-text.mlir:{{[0-9]+}}  q (name)   shared    x; with mm
// CHECK-NEXT:3      matmul_1   matmul   16    report-text.mlir:{{[0-9]+}}  - (order)  float     F16: the backend has no such dtype
//CHECK-EMPTY:
// CHECK-NEXT:function no_units
// CHECK-NEXT:no units

// What is listed can be chosen; totals are those of all.
// RUN: quant-prep-opt %s --qprep-report='format=text function=b6_table only=float,observed sort=macs labels=m' -o /dev/null | FileCheck %s --check-prefix=CHOSEN
// CHOSEN:      all {{ *}}1 {{ *}}1 {{ *}}1 {{ *}}0
// CHOSEN:      function b6_table
// CHOSEN-NEXT: index
// CHOSEN-NEXT: 1 {{ *}}mm
// CHOSEN-NEXT: 3 {{ *}}matmul_1{{.*}}
// CHOSEN-NOT:  {{.}}
// RUN: quant-prep-opt %s --qprep-report='format=text sort=label' -o /dev/null | FileCheck %s --check-prefix=LABEL
// LABEL:      index
// LABEL-NEXT: 3 {{ *}}matmul_1
// LABEL-NEXT: 1 {{ *}}mm
// RUN: quant-prep-opt %s --qprep-report='format=text labels=conv' -o /dev/null | FileCheck %s --check-prefix=NONE
// NONE:      function b6_table
// NONE-NEXT: no such units
// RUN: quant-prep-opt %s --qprep-report='only=shared' -o /dev/null | FileCheck %s --check-prefix=JSON
// JSON:     "units": [
// JSON:       "label": "reshape_0"
// JSON-NOT:   "label"

// RUN: not quant-prep-opt %s --qprep-report='function=b6_tabel' -o /dev/null 2>&1 | FileCheck %s --check-prefix=FUNCTION
// FUNCTION: error: qprep-report: function 'b6_tabel' is no function of the module with a body; did you mean 'b6_table'?
// RUN: not quant-prep-opt %s --qprep-report='only=flaot' -o /dev/null 2>&1 | FileCheck %s --check-prefix=DECISION
// DECISION: error: qprep-report: only=flaot is no decision; known are observed, shared, float and skipped
// RUN: not quant-prep-opt %s --qprep-report='labels=[' -o /dev/null 2>&1 | FileCheck %s --check-prefix=REGEX
// REGEX: error: qprep-report: labels=[ does not compile:

qprep.config private @c backend @b attributes {qprep.generated} {
  qprep.backend @b {}
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}

func.func @b6_table(%x: tensor<1x4x3xf32>, %y: tensor<1x3x4xf32>, %z: tensor<1xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x16x1xf32> {
  %s = tosa.const_shape {values = dense<[1, 16, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.matmul %x, %y, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>, qprep.assigned = #qprep.assigned<@c::@q from name>,
    qprep.plan = #qprep.plan<observed>} : (tensor<1x4x3xf32>, tensor<1x3x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32> loc("mm")
  %1 = qprep.observe %0 by @x : tensor<1x4x4xf32>
  %2 = tosa.reshape %1, %s {qprep.unit = #qprep.unit<reshape [input, _]>, qprep.assigned = #qprep.assigned<@c::@q from name>,
    qprep.plan = #qprep.plan<shared>} : (tensor<1x4x4xf32>, !tosa.shape<3>) -> tensor<1x16x1xf32>
  %3 = qprep.observe %2 by @x : tensor<1x16x1xf32>
  %4 = tosa.matmul %3, %w, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>, qprep.assigned = #qprep.assigned<none from order>,
    qprep.plan = #qprep.plan<float by "F16" because "the backend has no such dtype">}
    : (tensor<1x16x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x16x1xf32>
  return %4 : tensor<1x16x1xf32>
}

func.func @no_units() {
  return
}
