// RUN: split-file %s %t
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/text.mlir 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/less.mlir 2>&1 | FileCheck %s --check-prefix=LESS
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/more.mlir 2>&1 | FileCheck %s --check-prefix=MORE
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/spec.mlir 2>&1 | FileCheck %s --check-prefix=SPEC
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/channels.mlir 2>&1 | FileCheck %s --check-prefix=CHANNELS
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/runs.mlir 2>&1 | FileCheck %s --check-prefix=RUNS
// RUN: not quant-prep-opt %t/module.mlir --qprep-merge-statistics=from=%t/broken.mlir 2>&1 | FileCheck %s --check-prefix=BROKEN
// RUN: quant-prep-opt %t/chosen.mlir --qprep-merge-statistics=from=%t/module.mlir 2>&1 | FileCheck %s --check-prefix=CHOSEN

// NOTHING: error: nothing to merge; name calibrated parts with from=a.mlir,b.mlir
// NONE: error: cannot open '{{.*}}none.mlir': No such file or directory

// TEXT: text.mlir:1:1: error: custom op 'hello' is unknown
// LESS: module.mlir:1:1: error: observer 'average' is not in '{{.*}}less.mlir'; merge parts of one prepared module
// MORE: error: '{{.*}}more.mlir' has an observer 'z', which the module has not; merge parts of one prepared module
// SPEC: error: 'qprep.observer' op has spec #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>, but in '{{.*}}spec.mlir' it has #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>; merge parts of one prepared module
// CHANNELS: error: 'qprep.observer' op cannot take the statistics of '{{.*}}channels.mlir': one part has 2 ranges, the other 1
// A part that is merged twice.
// RUNS: error: 'qprep.observer' op cannot take the statistics of '{{.*}}runs.mlir': both parts have run 0
// BROKEN: broken.mlir:2:1: error: 'qprep.observer' op has statistics that do not hang together: there is a range exactly if there is a finite value; calibrate again
// CHOSEN: chosen.mlir:2:1: warning: observer 'channels' has qparams, which stay as they are; remove them to have them chosen from all statistics
// CHOSEN: qparams = #qprep.qparams<scale = [1.000000e+00, 2.000000e+00], zero_point = [0, 0]>

//--- text.mlir
hello

//--- less.mlir
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

//--- more.mlir
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
qprep.observer private @z {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

//--- spec.mlir
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>}

//--- channels.mlir
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 64>}

//--- runs.mlir
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 10, runs = 1,
    passes = <runs = dense_resource<zero> : tensor<1xi64>, ranges = dense_resource<first> : tensor<1x1x2xf64>>>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
{-#
  dialect_resources: {
    builtin: { zero: "0x080000000000000000000000", first: "0x0800000000000000000000000000000000E06F40" }
  }
#-}

//--- broken.mlir

qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 10, nan = 10>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}

//--- module.mlir
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 10, runs = 1,
    passes = <runs = dense_resource<zero> : tensor<1xi64>, ranges = dense_resource<first> : tensor<1x1x2xf64>>>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0.0, 0.0], max = [1.0, 1.0], count = 64>}
{-#
  dialect_resources: {
    builtin: { zero: "0x080000000000000000000000", first: "0x0800000000000000000000000000000000E06F40" }
  }
#-}

//--- chosen.mlir
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  qparams = #qprep.qparams<scale = [1.0, 2.0], zero_point = [0, 0]>}
