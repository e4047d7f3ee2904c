// RUN: quant-prep-opt %s -split-input-file -qprep-attach-config | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file -qprep-attach-config -qprep-attach-config | FileCheck %s

// Nothing given: fbgemm on native. The configuration is the last op.
// CHECK-LABEL: module @nothing_given
// CHECK: func.func private @f
// CHECK-NEXT: qprep.config private @qprep_config backend @native attributes {qprep.generated} {
// CHECK-DAG: qprep.qconfig @fbgemm <activation = <histogram, ui8, per_tensor_affine, reduce_range = true>
// CHECK: qprep.assign global @fbgemm
// CHECK: qprep.assign kind "conv_transpose2d" @fbgemm_conv_transpose
// CHECK: qprep.assign kind "sigmoid" @fbgemm_sigmoid
// CHECK: qprep.backend @native {
// CHECK: qprep.pattern @relu_conv2d different dtypes
// CHECK-NEXT: %[[CONV:.*]] = qprep.node conv2d
// CHECK-NEXT: qprep.node relu(%[[CONV]])
// CHECK-NOT: qprep.config
module @nothing_given {
  func.func private @f()
}

// -----

// The user's configuration stays as it is. Its own entries beat those of the
// preset wherever they stand, and the later of two with one key counts, in the
// place of the first.
// CHECK-LABEL: module @f2_precedence
// CHECK: qprep.config @mine
// CHECK: qprep.assign global "qnnpack"
// CHECK: qprep.config private @qprep_config backend @native
// CHECK-DAG: qprep.qconfig @f16
// CHECK-DAG: qprep.qconfig @qnnpack <
// CHECK-DAG: qprep.qconfig @onednn <
// CHECK: qprep.assign global @qnnpack
// CHECK-NEXT: qprep.assign kind "sigmoid" none
// CHECK-NEXT: qprep.assign kind "linear" @onednn
// CHECK-NOT: qprep.assign kind "sigmoid"
// CHECK-NOT: kind "linear"
// CHECK: qprep.assign kind "tanh" @qnnpack_tanh
// CHECK: qprep.assign name_regex "a.*" @f16
// CHECK-NEXT: qprep.assign name_regex "b.*" none
// CHECK-NEXT: qprep.assign name "fc" none
// CHECK-NEXT: qprep.assign order "layer1" kind "conv2d" at 0 @f16
// CHECK-NEXT: qprep.backend @native
module @f2_precedence {
  qprep.config @mine {
    qprep.qconfig @f16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
    qprep.assign order "layer1" kind "conv2d" at 0 @f16
    qprep.assign name "fc" none
    qprep.assign name_regex "a.*" none
    qprep.assign name_regex "b.*" none
    qprep.assign name_regex "a.*" @f16
    qprep.assign kind "sigmoid" none
    qprep.assign kind "linear" none
    qprep.assign global "qnnpack"
    qprep.assign kind "linear" "onednn"
  }
}

// -----

// A preset brings its kinds along at level global only.
// CHECK-LABEL: module @f4_preset_by_name
// CHECK: qprep.config private @qprep_config
// CHECK: qprep.assign name "fc" @fbgemm
// CHECK-NEXT: qprep.backend
module @f4_preset_by_name {
  qprep.config @mine {
    qprep.assign name "fc" "fbgemm"
  }
}

// -----

// CHECK-LABEL: module @f1_global_none
// CHECK: qprep.config private @qprep_config
// CHECK-NEXT: qprep.assign global none
// CHECK-NEXT: qprep.backend @mine {
// CHECK-NEXT: qprep.pattern @add by_operands
// CHECK-NOT: qprep.backend
module @f1_global_none {
  qprep.config @mine backend @mine {
    qprep.assign global none
    qprep.backend @other {}
    qprep.backend @mine {
      qprep.pattern @add by_operands dtypes [#qprep.dtypes<input = <ui8>>] {
        %0 = qprep.node add
      }
    }
  }
}

// -----

// A backend beside the configuration; names that are taken.
// CHECK-LABEL: module @f6_backend_beside
// CHECK: qprep.config private @qprep_config_0 backend @fbgemm_backend
// CHECK: qprep.qconfig @fbgemm <
// CHECK: qprep.backend @fbgemm_backend {
// CHECK-NEXT: }
module @f6_backend_beside {
  func.func private @qprep_config()
  qprep.backend @fbgemm {}
  qprep.config @mine backend @fbgemm {
    qprep.assign global "fbgemm"
  }
}

// -----

// CHECK-LABEL: module @f7_options
// CHECK: qprep.config private @qprep_config backend @native attributes {entry = "f", inputs_quantized = array<i64: 0, 2>, outputs_quantized = array<i64: 0>, qprep.generated}
module @f7_options {
  func.func private @f(tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  qprep.config @mine attributes {entry = "f", inputs_quantized = array<i64: 0, 2>, outputs_quantized = array<i64: 0>} {
  }
}

// -----

// What ops and functions ask for is there under the preset's name, and the
// attributes stay.
// CHECK-LABEL: module @f2_attributes
// CHECK: func.func @f{{.*}} attributes {qprep.qconfig = "qnnpack"}
// CHECK: tosa.sigmoid{{.*}} {qprep.qconfig = "dynamic-int8"}
// CHECK: tosa.tanh{{.*}} {qprep.qconfig = "none"}
// CHECK: tosa.exp{{.*}} {qprep.qconfig = @pt}
// CHECK: qprep.config private
// CHECK-NEXT: qprep.qconfig @pt <
// CHECK-NEXT: qprep.qconfig @qnnpack <
// CHECK-NEXT: qprep.qconfig @"dynamic-int8" <
// CHECK-NEXT: qprep.backend @native
module @f2_attributes {
  qprep.config @mine {
    qprep.qconfig @pt <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  }
  func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> attributes {qprep.qconfig = "qnnpack"} {
    %0 = tosa.sigmoid %x {qprep.qconfig = "dynamic-int8"} : (tensor<4xf32>) -> tensor<4xf32>
    %1 = tosa.tanh %0 {qprep.qconfig = "none"} : (tensor<4xf32>) -> tensor<4xf32>
    %2 = tosa.exp %1 {qprep.qconfig = @pt} : (tensor<4xf32>) -> tensor<4xf32>
    return %2 : tensor<4xf32>
  }
}
