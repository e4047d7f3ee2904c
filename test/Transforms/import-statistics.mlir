// RUN: split-file %s %t
// RUN: quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/statistics.json | FileCheck %s
// RUN: quant-prep-opt %t/module.mlir --pass-pipeline='builtin.module(qprep-import-statistics{file=%t/statistics.json})' | FileCheck %s
// What is there is added to.
// RUN: quant-prep-opt %t/module.mlir --qprep-import-statistics=%t/statistics.json --qprep-import-statistics=%t/more.json | FileCheck %s --check-prefix=MORE

// CHECK: @range {{.*}} statistics = #qprep.statistics<min = [-1.500000e+00], max = [2.500000e+00], count = 10, runs = 2, infinite = 1, nan = 2>}
// MORE: @range {{.*}} statistics = #qprep.statistics<min = [-1.500000e+00], max = [4.500000e+00], count = 15, runs = 3, infinite = 1, nan = 2>}
// CHECK: @unseen {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// CHECK: @channels {{.*}} statistics = #qprep.statistics<min = [0.000000e+00, 0x7FF0000000000000], max = [1.000000e+00, 0xFFF0000000000000], count = 4, nan = 2>}
// CHECK: @average {{.*}} passes = <runs = dense_resource<statistics_{{.*}}> : tensor<2xi64>, ranges = dense_resource<statistics_{{.*}}> : tensor<2x1x2xf64>>>}
// CHECK: @histogram {{.*}} histogram = <exponent = -29, first = 536870912, counts = dense_resource<statistics_{{.*}}> : tensor<1xi64>>>}
// An observer that collects nothing takes nothing.
// CHECK: @placeholder {id = 5, spec = #qprep.observer<placeholder, f16>}

//--- statistics.json
{"version": 1, "observers": [
  {"id": 0, "statistics": {"min": [-1.5], "max": [2.5], "count": 10, "infinite": 1, "nan": 2, "runs": 2}},
  {"id": 1, "statistics": {"min": [null], "max": [null], "count": 0, "infinite": 0, "nan": 0, "runs": 0}},
  {"id": 2, "statistics": {"min": [0, null], "max": [1, null], "count": 4, "infinite": 0, "nan": 2, "runs": 0}},
  {"id": 3, "statistics": {"min": [0], "max": [255], "count": 20, "infinite": 0, "nan": 0, "runs": 2,
    "passes": [{"run": 3, "min": [0], "max": [129]}, {"run": 4, "min": [0], "max": [255]}]}},
  {"id": 4, "statistics": {"min": [1], "max": [1], "count": 3, "infinite": 0, "nan": 0, "runs": 1,
    "histogram": {"exponent": -29, "first": 536870912, "counts": [3]}}},
  {"id": 5, "statistics": {"min": [1], "max": [1], "count": 3, "infinite": 0, "nan": 0, "runs": 1}}
]}

//--- more.json
{"version": 1, "observers": [
  {"id": 0, "statistics": {"min": [0.5], "max": [4.5], "count": 5, "infinite": 0, "nan": 0, "runs": 1}}
]}

//--- module.mlir
qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @unseen {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 2, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
qprep.observer private @average {id = 3, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @histogram {id = 4, spec = #qprep.observer<histogram, ui8, per_tensor_affine>}
qprep.observer private @placeholder {id = 5, spec = #qprep.observer<placeholder, f16>}
