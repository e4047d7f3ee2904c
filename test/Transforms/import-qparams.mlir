// RUN: split-file %s %t
// RUN: quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/qparams.json | FileCheck %s
// RUN: quant-prep-opt %t/module.mlir --qprep-import-qparams=file=%t/qparams.json | FileCheck %s
// RUN: quant-prep-opt %t/module.mlir --pass-pipeline='builtin.module(qprep-import-qparams{file=%t/qparams.json})' | FileCheck %s
// What was imported is not chosen again.
// RUN: quant-prep-opt %t/module.mlir --qprep-import-qparams=%t/qparams.json --qprep-choose-qparams | FileCheck %s

//--- qparams.json
{"x": {"scale": [0.25], "zero_point": [3]},
 "weight": {"scale": [0.5, 0.0625], "zero_point": [0, 0]},
 "edited": {"scale": [2], "zero_point": [255], "mse": 0.1}}

//--- module.mlir
// CHECK: @x {{.*}} qparams = #qprep.qparams<scale = [2.500000e-01], zero_point = [3]>}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 64, runs = 2>}
// CHECK: @weight {{.*}} qparams = #qprep.qparams<scale = [5.000000e-01, 6.250000e-02], zero_point = [0, 0]>}
qprep.observer private @weight {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
// CHECK: @edited {{.*}} qparams = #qprep.qparams<scale = [2.000000e+00], zero_point = [255]>}
qprep.observer private @edited {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  qparams = #qprep.qparams<scale = [0.5], zero_point = [7]>}
// CHECK: @kept {{.*}} qparams = #qprep.qparams<scale = [7.500000e-01], zero_point = [1]>}
qprep.observer private @kept {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  qparams = #qprep.qparams<scale = [0.75], zero_point = [1]>}
