// RUN: split-file %s %t
// RUN: %quantprep_tool %t/prepared.mlir --qprep-merge-statistics='from=%t/a.mlir,%t/b.mlir' -o %t/ab.mlir
// RUN: FileCheck %s --input-file=%t/ab.mlir
// The order does not matter, nor which part is the module itself.
// RUN: %quantprep_tool %t/prepared.mlir --qprep-merge-statistics='from=%t/b.mlir,%t/a.mlir' | diff %t/ab.mlir -
// RUN: %quantprep_tool %t/b.mlir --qprep-merge-statistics='from=%t/a.mlir' | diff %t/ab.mlir -
// Bytecode has the resources, too.
// RUN: %quantprep_tool %t/a.mlir --emit-bytecode -o %t/a.mlirbc
// RUN: %quantprep_tool %t/b.mlir --qprep-merge-statistics='from=%t/a.mlirbc' | diff %t/ab.mlir -

// CHECK: @range {id = 0, {{.*}} statistics = #qprep.statistics<min = [-2.000000e+00], max = [3.000000e+00], count = 30, runs = 3, infinite = 1, nan = 3>}
// CHECK: @one_part {id = 1, {{.*}} statistics = #qprep.statistics<min = [0.000000e+00], max = [1.000000e+00], count = 10, runs = 1>}
// CHECK: @unseen {id = 2, spec = #minmax{{[0-9]*}}}
// CHECK: @channels {{.*}} statistics = #qprep.statistics<min = [-1.000000e+00, 0x7FF0000000000000, -3.000000e+00], max = [2.000000e+00, 0xFFF0000000000000, 1.000000e+00], count = 24, nan = 8>}
// CHECK: @average {{.*}} statistics = #qprep.statistics<min = [0.000000e+00], max = [2.550000e+02], count = 20, runs = 2, passes = <runs = dense_resource<statistics_{{[0-9a-f]+}}> : tensor<2xi64>, ranges = dense_resource<statistics_{{[0-9a-f]+}}> : tensor<2x1x2xf64>>>}
// 1.0 three times, 2.0 twice: 2049 bins of 2^-11.
// CHECK: @histogram {{.*}} statistics = #qprep.statistics<min = [1.000000e+00], max = [2.000000e+00], count = 5, runs = 2, histogram = <exponent = -11, first = 2048, counts = dense_resource<[[COUNTS:statistics_[0-9a-f]+]]> : tensor<2049xi64>>>}
// CHECK: [[COUNTS]]: "0x080000000300000000000000{{(0{16})+}}0200000000000000"

//--- prepared.mlir
qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @one_part {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @unseen {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
module @nested {
  qprep.observer private @channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
}
qprep.observer private @average {id = 3, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @histogram {id = 4, spec = #qprep.observer<histogram, ui8, per_tensor_affine>}

//--- a.mlir
qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [-1.0], max = [3.0], count = 10, runs = 1, nan = 1>}
qprep.observer private @one_part {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [1.0], count = 10, runs = 1>}
qprep.observer private @unseen {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
module @nested {
  qprep.observer private @channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
    statistics = #qprep.statistics<min = [-1.0, 0x7FF0000000000000, 1.0], max = [1.0, 0xFFF0000000000000, 1.0], count = 12, nan = 4>}
}
qprep.observer private @average {id = 3, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 10, runs = 1,
    passes = <runs = dense_resource<zero> : tensor<1xi64>, ranges = dense_resource<first> : tensor<1x1x2xf64>>>}
qprep.observer private @histogram {id = 4, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3, runs = 1,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<three> : tensor<1xi64>>>}
{-#
  dialect_resources: {
    builtin: {
      zero: "0x080000000000000000000000",
      first: "0x0800000000000000000000000000000000E06F40",
      three: "0x080000000300000000000000"
    }
  }
#-}

//--- b.mlir
qprep.observer private @range {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [-2.0], max = [2.0], count = 20, runs = 2, infinite = 1, nan = 2>}
qprep.observer private @one_part {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @unseen {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
module @nested {
  qprep.observer private @channels {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
    statistics = #qprep.statistics<min = [0.0, 0x7FF0000000000000, -3.0], max = [2.0, 0xFFF0000000000000, 1.0], count = 12, nan = 4>}
}
qprep.observer private @average {id = 3, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [129.0], count = 10, runs = 1,
    passes = <runs = dense_resource<one> : tensor<1xi64>, ranges = dense_resource<second> : tensor<1x1x2xf64>>>}
qprep.observer private @histogram {id = 4, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [2.0], max = [2.0], count = 2, runs = 1,
    histogram = <exponent = -28, first = 536870912, counts = dense_resource<two> : tensor<1xi64>>>}
{-#
  dialect_resources: {
    builtin: {
      one: "0x080000000100000000000000",
      second: "0x0800000000000000000000000000000000206040",
      two: "0x080000000200000000000000"
    }
  }
#-}
