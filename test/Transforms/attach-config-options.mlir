// Options of the pass against configurations in files and in the module.

// RUN: split-file %s %t
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/file.mlir | FileCheck %s --check-prefix=FILE
// RUN: quant-prep-opt %t/file.mlir -emit-bytecode -o %t/file.mlirbc
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/file.mlirbc | FileCheck %s --check-prefix=FILE
// FILE: qprep.config private @qprep_config backend @mine
// FILE-NEXT: qprep.qconfig @"fbgemm-qat" <activation = <moving_average_minmax, {{.*}}fake_quant = true>
// FILE-NEXT: qprep.assign kind "linear" @"fbgemm-qat"
// FILE-NEXT: qprep.backend @mine
// FILE-NOT: qprep.backend

// Options beat what the configuration says about the same.
// RUN: quant-prep-opt %t/empty.mlir "-qprep-attach-config=config=%t/file.mlir qconfig=static-f16 backend=native_and_fp16" | FileCheck %s --check-prefix=OVER
// OVER: backend @native_and_fp16
// OVER: qprep.assign global @"static-f16"
// OVER-NEXT: qprep.assign kind "linear" @"fbgemm-qat"

// A saved preset is a configuration.
// RUN: quant-prep-opt /dev/null -qprep-print-preset=name=x86-qat -o /dev/null > %t/x86-qat.mlir
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/x86-qat.mlir > %t/saved
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=qconfig=x86-qat > %t/builtin
// RUN: diff %t/saved %t/builtin
// RUN: quant-prep-opt /dev/null -qprep-print-preset=name=tensorrt -o /dev/null > %t/tensorrt.mlir
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/tensorrt.mlir > %t/saved
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=backend=tensorrt > %t/builtin
// RUN: diff %t/saved %t/builtin

// So is what the pass printed, with nothing left to resolve.
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=qconfig=fbgemm > %t/resolved.mlir
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/resolved.mlir > %t/again
// RUN: diff %t/resolved.mlir %t/again

// A file may hold ops of any dialect beside its configuration.
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=config=%t/model.mlir | FileCheck %s --check-prefix=MODEL
// MODEL-NOT: func.func
// MODEL: qprep.assign global @onednn

// RUN: quant-prep-opt %t/two.mlir "-qprep-attach-config=config=@b inputs-quantized=1 outputs-quantized=0,1 entry=g" | FileCheck %s --check-prefix=SYMBOL
// SYMBOL: qprep.config private @qprep_config backend @native attributes {entry = "g", inputs_quantized = array<i64: 1>, outputs_quantized = array<i64: 0, 1>, qprep.generated}
// SYMBOL-NEXT: qprep.assign global none

// RUN: quant-prep-opt %t/two.mlir "-qprep-attach-config=config=@a qconfig=@pt backend=@here" | FileCheck %s --check-prefix=OWN
// OWN: qprep.config private @qprep_config backend @here
// OWN: qprep.assign global @pt
// OWN-NEXT: qprep.backend @here

// A second preparation is told anew, and forgets the first.
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=qconfig=qnnpack -qprep-attach-config=qconfig=none | FileCheck %s --check-prefix=AGAIN
// AGAIN: qprep.config private @qprep_config backend @native
// AGAIN-NEXT: qprep.assign global none
// AGAIN-NEXT: qprep.backend
// AGAIN-NOT: qprep.config

// placement=value begins with nothing where there is nothing.
// RUN: quant-prep-opt %t/empty.mlir -qprep-attach-config=placement=value | FileCheck %s --check-prefix=NOTHING
// NOTHING: qprep.config private @qprep_config backend @torchscript placement value attributes {qprep.generated}

//--- empty.mlir
module {}

//--- file.mlir
qprep.config @config backend @mine {
  qprep.assign kind "linear" "fbgemm-qat"
}
qprep.backend @mine {
  qprep.pattern @linear different weight bias dtypes [#qprep.dtypes<input = <ui8>, weight = <i8>>] {
    %0 = qprep.node linear
  }
}
qprep.backend @other {}

//--- model.mlir
qprep.config @mine {
  qprep.assign global "onednn"
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

//--- two.mlir
qprep.config @a {
  qprep.qconfig @pt <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.config @b {
  qprep.assign global none
}
qprep.backend @here {}
func.func private @f(tensor<f32>) -> tensor<f32>
func.func private @g(tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
