// RUN: quant-prep-opt %s -split-input-file -qprep-clear-annotations | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file -qprep-clear-annotations -qprep-clear-annotations | FileCheck %s

// Assignments have done their work. What the report and the next stage need stays, and
// of the configuration what that refers to (F31).
// CHECK-LABEL: module @f31_what_stays
// CHECK: tosa.exp {{.*}} {qprep.assigned = #qprep.assigned<@qprep_config::@used from global>, qprep.pattern = @qprep_config::@b::@exp, qprep.plan = #qprep.plan<observed [ui8] -> [ui8]>, qprep.unit = #qprep.unit<exp [input]>}
// CHECK: qprep.config private @qprep_config backend @b attributes {inputs_quantized = array<i64: 0>, qprep.generated} {
// CHECK-NEXT: qprep.qconfig @used
// CHECK-NEXT: qprep.backend @b {
// CHECK-NEXT: qprep.pattern @exp
// CHECK-NEXT: qprep.node exp
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: }
module @f31_what_stays {
  func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = tosa.exp %x {qprep.assigned = #qprep.assigned<@qprep_config::@used from global>, qprep.plan = #qprep.plan<observed [ui8] -> [ui8]>, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
  qprep.config private @qprep_config backend @b attributes {inputs_quantized = array<i64: 0>, qprep.generated} {
    qprep.qconfig @used <activation = <placeholder, f16>, weight = <placeholder, f16>>
    qprep.qconfig @unused <activation = <placeholder, f16>, weight = <placeholder, f16>>
    qprep.assign global @used
    qprep.backend @b {
      qprep.pattern @exp different dtypes [] {
        %0 = qprep.node exp
      }
      qprep.pattern @log different dtypes [] {
        %0 = qprep.node log
      }
    }
  }
}

// -----

// A module without units comes out as it went in; the user's configuration stays.
// CHECK-LABEL: module @b5_no_units
// CHECK-NEXT: qprep.config @mine {
// CHECK-NEXT: qprep.assign global "fbgemm"
// CHECK-NEXT: }
// CHECK-NEXT: func.func @f
// CHECK-NOT: qprep
module @b5_no_units {
  qprep.config @mine {
    qprep.assign global "fbgemm"
  }
  func.func @f(%x: tensor<4xi32>) -> tensor<4xi32> {
    return %x : tensor<4xi32>
  }
  qprep.config private @qprep_config backend @b attributes {qprep.generated} {
    qprep.backend @b {
    }
  }
}
