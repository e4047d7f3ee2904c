// RUN: split-file %s %t
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/none.json 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams 2>&1 | FileCheck %s --check-prefix=UNNAMED
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/text.json 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/number.json 2>&1 | FileCheck %s --check-prefix=NUMBER
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/half.json 2>&1 | FileCheck %s --check-prefix=HALF
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/unknown.json 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/lengths.json 2>&1 | FileCheck %s --check-prefix=LENGTHS
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/tensor.json 2>&1 | FileCheck %s --check-prefix=TENSOR
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/channels.json 2>&1 | FileCheck %s --check-prefix=CHANNELS
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/unseen.json 2>&1 | FileCheck %s --check-prefix=UNSEEN
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/scale.json 2>&1 | FileCheck %s --check-prefix=SCALE
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/zero.json 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/float.json 2>&1 | FileCheck %s --check-prefix=FLOAT
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/twice.json 2>&1 | FileCheck %s --check-prefix=TWICE

// NONE: error: cannot open '{{.*}}none.json': No such file or directory
// UNNAMED: error: cannot open '': No such file or directory

// TEXT: error: '{{.*}}text.json' has no quantization parameters: [1:1, byte=1]: Invalid JSON value; it must be {"OBSERVER": {"scale": [..], "zero_point": [..]}}
// NUMBER: error: '{{.*}}number.json' has no quantization parameters: expected array at (root).x.scale; it must be
// HALF: error: '{{.*}}half.json' has no quantization parameters: missing value at (root).x.zero_point; it must be
// UNKNOWN: error: '{{.*}}unknown.json' names an observer 'y', which the module has not; names are those of the report
// LENGTHS: error: 'qprep.observer' op cannot take the parameters of '{{.*}}lengths.json': there are 1 scales and 2 zero points
// TENSOR: error: 'qprep.observer' op cannot take the parameters of '{{.*}}tensor.json': there are 2 scales, but the observer has one for the tensor
// CHANNELS: error: 'qprep.observer' op cannot take the parameters of '{{.*}}channels.json': there are 3 scales, but it saw 2 channels
// UNSEEN: error: 'qprep.observe' op observes 4 channels, but its observer has 3 scales
// UNSEEN: note: the observer is here
// SCALE: error: 'qprep.observer' op cannot take the parameters of '{{.*}}scale.json': scale must be positive and finite, got: 0
// ZERO: error: 'qprep.observer' op cannot take the parameters of '{{.*}}zero.json': zero point must be from 0 to 127, got: 128
// FLOAT: error: 'qprep.observer' op cannot take the parameters of '{{.*}}float.json': its spec (placeholder) has none
// TWICE: error: 'qprep.observer' op is named by '{{.*}}twice.json', and so is one of another module; import into one module at a time
// TWICE: note: the other is here

//--- text.json
scale

//--- number.json
{"x": {"scale": 1.0, "zero_point": 0}}

//--- half.json
{"x": {"scale": [1.0]}}

//--- unknown.json
{"y": {"scale": [1.0], "zero_point": [0]}}

//--- lengths.json
{"x": {"scale": [1.0], "zero_point": [0, 0]}}

//--- tensor.json
{"x": {"scale": [1.0, 1.0], "zero_point": [0, 0]}}

//--- channels.json
{"seen": {"scale": [1.0, 1.0, 1.0], "zero_point": [0, 0, 0]}}

//--- unseen.json
{"weight": {"scale": [1.0, 1.0, 1.0], "zero_point": [0, 0, 0]}}

//--- scale.json
{"x": {"scale": [0.0], "zero_point": [0]}}

//--- zero.json
{"x": {"scale": [1.0], "zero_point": [128]}}

//--- float.json
{"half": {"scale": [1.0], "zero_point": [128]}}

//--- twice.json
{"twice": {"scale": [1.0], "zero_point": [0]}}

//--- module.mlir
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>}
qprep.observer private @weight {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
qprep.observer private @seen {id = 2, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, 0.0], max = [1.0, 1.0], count = 64>}
qprep.observer private @half {id = 3, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @twice {id = 4, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @f(%w: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %0 = qprep.observe %w by @weight : tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}
module @other {
  qprep.observer private @twice {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
}
