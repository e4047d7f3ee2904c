// RUN: rm -rf %t && split-file %s %t
// RUN: quant-prep-opt %t/model.mlir --qprep-prepare=qconfig=static-f16 -o /dev/null 2>&1 | FileCheck %s --check-prefix=F16
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare='qconfig=static-f16 strict=true' -o /dev/null 2>&1 | FileCheck %s --check-prefix=STRICT
// RUN: quant-prep-opt %t/model.mlir --qprep-prepare=qconfig=weight-only -o /dev/null 2>&1 | FileCheck %s --check-prefix=WEIGHTS
// RUN: quant-prep-opt %t/config.mlir --qprep-prepare -o /dev/null 2>&1 | FileCheck %s --check-prefix=ASSIGN
// RUN: quant-prep-opt %t/integers.mlir --qprep-prepare -o /dev/null 2>&1 | FileCheck %s --check-prefix=INTEGERS
// RUN: quant-prep-opt %t/constants.mlir --qprep-prepare -o /dev/null 2>&1 | FileCheck %s --check-prefix=CONSTANTS
// RUN: quant-prep-opt %t/unknown.mlir -allow-unregistered-dialect --qprep-prepare -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: quant-prep-opt %t/model.mlir --qprep-prepare=qconfig=none -o /dev/null 2>&1 | count 0
// RUN: quant-prep-opt %t/model.mlir --qprep-prepare='qconfig=static-f16 backend=native_and_fp16' -o /dev/null 2>&1 | count 0

// A preparation that observes nothing says so, why, and what would do.

// F16: warning: nothing is observed: none of the 2 units with a qconfig; most often ({{[12]}} times, first at {{.*}}) since the backend takes input dtype u8, the qconfig has f16 (F16); backend presets that take these dtypes for {{.*}}: native_and_fp16
// STRICT: error: nothing is observed: none of the 2 units
// WEIGHTS: warning: nothing is observed: none of the 1 units with a qconfig; most often (1 times, first at linear) since {{.*}} (F16); no backend preset takes these dtypes for any of these units
// ASSIGN: config.mlir:1:1: warning: nothing is observed: none of the 1 units has a qconfig; an assignment of level global gives one
// INTEGERS: integers.mlir:1:1: warning: nothing is observed: no op computes on float tensors; what is quantized already stays as it is
// CONSTANTS: constants.mlir:1:1: warning: nothing is observed: no op on float tensors is a unit, that is of a known kind (docs/kinds.md) and not computed from constants alone
// UNKNOWN: unknown.mlir:1:1: warning: nothing is observed: no op on float tensors is a unit

//--- model.mlir
func.func @f(%x: tensor<1x4x3xf32>, %y: tensor<1x3xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x4x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.sigmoid %0 : (tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}

//--- config.mlir
qprep.config @mine {
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

//--- integers.mlir
module {
  func.func @f(%x: tensor<4xi32>) -> tensor<4xi32> {
    %0 = tosa.abs %x : (tensor<4xi32>) -> tensor<4xi32>
    return %0 : tensor<4xi32>
  }
}

//--- constants.mlir
module {
  func.func @f() -> tensor<4xf32> {
    %c = "tosa.const"() <{values = dense<1.0> : tensor<4xf32>}> : () -> tensor<4xf32>
    %0 = tosa.sigmoid %c : (tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

//--- unknown.mlir
module {
  func.func @f(%x: tensor<4xf32>) {
    "foo.bar"(%x) : (tensor<4xf32>) -> ()
    %0 = "foo.baz"(%x) : (tensor<4xf32>) -> i32
    return
  }
}
