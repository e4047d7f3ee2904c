// RUN: split-file %s %t
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/none.json 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/text.json 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/field.json 2>&1 | FileCheck %s --check-prefix=FIELD
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/lists.json 2>&1 | FileCheck %s --check-prefix=LISTS
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/version.json 2>&1 | FileCheck %s --check-prefix=VERSION
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/id.json 2>&1 | FileCheck %s --check-prefix=ID
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/count.json 2>&1 | FileCheck %s --check-prefix=COUNT
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/range.json 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/ranges.json 2>&1 | FileCheck %s --check-prefix=RANGES
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/histogram.json 2>&1 | FileCheck %s --check-prefix=HISTOGRAM
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/passes.json 2>&1 | FileCheck %s --check-prefix=PASSES
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/bins.json 2>&1 | FileCheck %s --check-prefix=BINS
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/channels.json 2>&1 | FileCheck %s --check-prefix=CHANNELS
// RUN: not quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/observed.json 2>&1 | FileCheck %s --check-prefix=OBSERVED
// RUN: not quant-prep-opt %t/nested.mlir --qprep-import-statistics=%t/count.json 2>&1 | FileCheck %s --check-prefix=NESTED

// NESTED: error: 'qprep.observer' op has id 0, and so has one of another module; import into one module at a time
// NESTED: note: the other observer is here

// NONE: error: cannot open '{{.*}}none.json': No such file or directory

// TEXT: error: '{{.*}}text.json' is no file of statistics: [1:1, byte=1]: Invalid JSON value; name one that QPREP_RUNTIME_OUTPUT has written
// FIELD: error: '{{.*}}field.json' is no file of statistics: missing value at (root).observers[0].statistics.count; name one
// LISTS: error: '{{.*}}lists.json' is no file of statistics: min and max must have as many entries at (root).observers[0].statistics; name one
// VERSION: error: '{{.*}}version.json' has version 2, known is version 1
// ID: error: '{{.*}}id.json' has statistics of observer 9, but the module has no observer with that id; import into the module that qprep-lower-observers ran on
// COUNT: error: 'qprep.observer' op cannot take the statistics of '{{.*}}count.json': count must be at least 1 and include infinite and nan
// RANGE: error: 'qprep.observer' op cannot take the statistics of '{{.*}}range.json': min and max must be finite, min not the greater
// RANGES: error: 'qprep.observer' op cannot take the statistics of '{{.*}}ranges.json': there are 2 ranges, not one for the tensor
// HISTOGRAM: the observer collects no histogram
// PASSES: the observer collects no passes
// BINS: the histogram has an impossible number, width or place of bins
// CHANNELS: passes have another number of ranges
// OBSERVED: error: 'qprep.observe' op observes 4 channels, but its observer has 2 minima

//--- text.json
observer 0: min = 1

//--- field.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [0], "max": [1]}}]}

//--- lists.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [0], "max": [1, 2], "count": 4, "infinite": 0, "nan": 0, "runs": 1}}]}

//--- version.json
{"version": 2, "observers": []}

//--- id.json
{"version": 1, "observers": [{"id": 9, "statistics": {"min": [0], "max": [1], "count": 4, "infinite": 0, "nan": 0, "runs": 1}}]}

//--- count.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [0], "max": [1], "count": 4, "infinite": 0, "nan": 5, "runs": 1}}]}

//--- range.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [1], "max": [0], "count": 4, "infinite": 0, "nan": 0, "runs": 1}}]}

//--- ranges.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [0, 0], "max": [1, 1], "count": 4, "infinite": 0, "nan": 0, "runs": 1}}]}

//--- histogram.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [1], "max": [1], "count": 3, "infinite": 0, "nan": 0, "runs": 1, "histogram": {"exponent": -29, "first": 536870912, "counts": [3]}}}]}

//--- passes.json
{"version": 1, "observers": [{"id": 0, "statistics": {"min": [1], "max": [1], "count": 3, "infinite": 0, "nan": 0, "runs": 1, "passes": [{"run": 0, "min": [1], "max": [1]}]}}]}

//--- bins.json
{"version": 1, "observers": [{"id": 1, "statistics": {"min": [1], "max": [1], "count": 3, "infinite": 0, "nan": 0, "runs": 1, "histogram": {"exponent": -2000, "first": 0, "counts": [3]}}}]}

//--- channels.json
{"version": 1, "observers": [{"id": 2, "statistics": {"min": [1, 1], "max": [1, 1], "count": 3, "infinite": 0, "nan": 0, "runs": 1, "passes": [{"run": 0, "min": [1], "max": [1]}]}}]}

//--- observed.json
{"version": 1, "observers": [{"id": 2, "statistics": {"min": [1, 1], "max": [1, 1], "count": 3, "infinite": 0, "nan": 0, "runs": 1, "passes": [{"run": 0, "min": [1, 1], "max": [1, 1]}]}}]}

//--- module.mlir
qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @histogram {id = 1, spec = #qprep.observer<histogram, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 2, spec = #qprep.observer<moving_average_per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
func.func @f(%w: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %0 = qprep.observe %w by @channels : tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

//--- nested.mlir
qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
module @other {
  qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
}
