// RUN: quant-prep-opt %s --qprep-prepare=qconfig=static-f16 -o /dev/null 2>&1 | FileCheck %s --check-prefix=F16
// RUN: not quant-prep-opt %s --qprep-prepare='qconfig=static-f16 strict=true' -o /dev/null 2>&1 | FileCheck %s --check-prefix=STRICT
// RUN: quant-prep-opt %s --qprep-prepare=qconfig=weight-only -o /dev/null 2>&1 | FileCheck %s --check-prefix=WEIGHTS
// RUN: quant-prep-opt %s --qprep-prepare=qconfig=none -o /dev/null 2>&1 | count 0
// RUN: quant-prep-opt %s --qprep-prepare='qconfig=static-f16 backend=native_and_fp16' -o /dev/null 2>&1 | count 0

// A preparation that observes nothing says so, why, and what would do.

// F16: warning: nothing is observed: none of the 2 units with a qconfig; most often ({{[12]}} times, first at {{.*}}) since the backend takes input dtype u8, the qconfig has f16 (F16); backend presets that take these dtypes for {{.*}}: native_and_fp16
// STRICT: error: nothing is observed: none of the 2 units
// WEIGHTS: warning: nothing is observed: none of the 1 units with a qconfig; most often (1 times, first at linear) since {{.*}} (F16); no backend preset takes these dtypes for any of these units

func.func @f(%x: tensor<1x4x3xf32>, %y: tensor<1x3xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x4x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.sigmoid %0 : (tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}
