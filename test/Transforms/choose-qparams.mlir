// RUN: quant-prep-opt %s -split-input-file --qprep-choose-qparams -verify-diagnostics | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file --qprep-choose-qparams=method=minmax | FileCheck %s --check-prefix=MINMAX

// PyTorch's formulas.
// CHECK: @affine {{.*}} qparams = #qprep.qparams<scale = [0.011522968299686{{[0-9]*}}], zero_point = [62]>}
qprep.observer private @affine {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>,
  statistics = #qprep.statistics<min = [-0.712267995], max = [0.751148939], count = 64, runs = 2>}
// CHECK: @channels {{.*}} qparams = #qprep.qparams<scale = [0.0051018027588{{[0-9]*}}, 1.1920928955078125E-7], zero_point = [0, 0]>}
qprep.observer private @channels {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [-0.42686078, 0.0], max = [0.650479853, 0.0], count = 64>}
// CHECK: @unsigned_symmetric {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [128]>}
qprep.observer private @unsigned_symmetric {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_symmetric>,
  statistics = #qprep.statistics<min = [-1.0], max = [127.5], count = 64, runs = 2>}
// The middle of limits of one's own.
// CHECK: @unsigned_limits {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [100]>}
qprep.observer private @unsigned_limits {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_symmetric, quant_min = 0, quant_max = 200>,
  statistics = #qprep.statistics<min = [-1.0], max = [100.0], count = 64, runs = 2>}
// Half of the dtype's codes.
// CHECK: @reduced {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [0]>}
qprep.observer private @reduced {id = 4, spec = #qprep.observer<minmax, ui8, per_tensor_affine, reduce_range = true>,
  statistics = #qprep.statistics<min = [0.0], max = [127.0], count = 64, runs = 2>}
// Other limits are halved, the default ones are already.
// CHECK: @reduced_limits {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [100]>}
qprep.observer private @reduced_limits {id = 11, spec = #qprep.observer<minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 200, reduce_range = true>,
  statistics = #qprep.statistics<min = [-100.0], max = [0.0], count = 64, runs = 2>}
// CHECK: @limits_within {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [-64]>}
qprep.observer private @limits_within {id = 12, spec = #qprep.observer<minmax, i8, per_tensor_affine, quant_min = -64, quant_max = 63, reduce_range = true>,
  statistics = #qprep.statistics<min = [0.0], max = [127.0], count = 64, runs = 2>}
// CHECK: @small_limits {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [3]>}
qprep.observer private @small_limits {id = 24, spec = #qprep.observer<minmax, i8, per_tensor_affine, quant_min = -8, quant_max = 7, reduce_range = true>,
  statistics = #qprep.statistics<min = [-7.0], max = [0.0], count = 64, runs = 2>}
// What is wider than floats, and what is below them: scales are floats.
// CHECK: @widest {{.*}} qparams = #qprep.qparams<scale = [2.{{[0-9]*}}E+36], zero_point = [128]>}
qprep.observer private @widest {id = 25, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [-1.0E+300], max = [1.0E+300], count = 64, runs = 2>}
// CHECK: @coarsest {{.*}} qparams = #qprep.qparams<scale = [3.4{{[0-9]*}}E+38], zero_point = [0]>}
qprep.observer private @coarsest {id = 26, spec = #qprep.observer<minmax, i8, per_tensor_symmetric, quant_min = 0, quant_max = 1>,
  statistics = #qprep.statistics<min = [0.0], max = [3.4E+38], count = 64, runs = 2>}
// CHECK: @finest {{.*}} qparams = #qprep.qparams<scale = [1.4{{[0-9]*}}E-45], zero_point = [0]>}
qprep.observer private @finest {id = 27, spec = #qprep.observer<minmax, ui8, per_tensor_affine, eps = 1.0E-60>,
  statistics = #qprep.statistics<min = [0.0], max = [0.0], count = 64, runs = 2>}
// CHECK: @eps {{.*}} qparams = #qprep.qparams<scale = [2.500000e-01], zero_point = [0]>}
qprep.observer private @eps {id = 5, spec = #qprep.observer<minmax, ui8, per_tensor_affine, eps = 0.25>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 64, runs = 2>}
// CHECK: @fixed {{.*}} qparams = #qprep.qparams<scale = [7.812500e-03], zero_point = [128]>}
qprep.observer private @fixed {id = 6, spec = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 0.0078125, zero_point = 128>}
// What was edited by hand wins.
// CHECK: @edited {{.*}} qparams = #qprep.qparams<scale = [5.000000e-01], zero_point = [7]>}
qprep.observer private @edited {id = 7, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 64, runs = 2>,
  qparams = #qprep.qparams<scale = [0.5], zero_point = [7]>}
// CHECK: @placeholder {id = 8, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @placeholder {id = 8, spec = #qprep.observer<placeholder, f16>}
// CHECK: @dynamic {id = 9, spec = #qprep.observer<minmax, ui8, per_tensor_affine, dynamic = true>}
qprep.observer private @dynamic {id = 9, spec = #qprep.observer<minmax, ui8, per_tensor_affine, dynamic = true>}
// CHECK: @equalization {id = 10, spec = #qprep.observer<input_equalization, ui8, per_tensor_affine, axis = 1>}
qprep.observer private @equalization {id = 10, spec = #qprep.observer<input_equalization, ui8, per_tensor_affine, axis = 1>}

// -----

// The first pass starts the average, the second moves it by a half: 0 to 191.25.
// CHECK: @average {{.*}} qparams = #qprep.qparams<scale = [7.500000e-01], zero_point = [0]>}
// MINMAX: @average {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [0]>}
qprep.observer private @average {id = 0, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, averaging_constant = 0.5>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 64, runs = 2,
    passes = <runs = dense_resource<runs> : tensor<2xi64>, ranges = dense_resource<ranges> : tensor<2x1x2xf64>>>}

// One value, and the range from 0 to it.
// CHECK: @histogram {{.*}} qparams = #qprep.qparams<scale = [0.0039215688593685{{[0-9]*}}], zero_point = [0]>}
// MINMAX: @histogram {{.*}} qparams = #qprep.qparams<scale = [0.0039215688593685{{[0-9]*}}], zero_point = [0]>}
qprep.observer private @histogram {id = 1, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3, runs = 1,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<counts> : tensor<1xi64>>>}

{-#
  dialect_resources: {
    builtin: {
      runs: "0x0800000000000000000000000100000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000E05F40",
      counts: "0x080000000300000000000000"
    }
  }
#-}

// -----

// expected-warning @below {{observer 'unseen' never saw a value; what it observes stays float}}
qprep.observer private @unseen {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// expected-warning @below {{observer 'b18_no_number' saw no finite value; what it observes stays float}}
qprep.observer private @b18_no_number {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0x7FF0000000000000], max = [0xFFF0000000000000], count = 4, runs = 1, infinite = 1, nan = 3>}
// expected-warning @below {{observer 'b18_some' saw 2 infinite values and 1 NaNs, which are not in its range (B18)}}
qprep.observer private @b18_some {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 40, runs = 1, infinite = 2, nan = 1>}
// CHECK: @unseen {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// CHECK: @b18_no_number {{.*}}nan = 3>}
// CHECK: @b18_some {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00], zero_point = [0]>}
// A channel without a value is no reason to refuse the others.
// CHECK: @b18_channel {{.*}} qparams = #qprep.qparams<scale = [1.000000e+00, 1.000000e+00], zero_point = [0, 0]>}
// expected-warning @below {{observer 'b18_channel' saw 0 infinite values and 4 NaNs}}
qprep.observer private @b18_channel {id = 3, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [0x7FF0000000000000, 0.0], max = [0xFFF0000000000000, 127.5], count = 8, nan = 4>}
