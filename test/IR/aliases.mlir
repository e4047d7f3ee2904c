// RUN: %quantprep_tool %s --qprep-prepare -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: %quantprep_tool %t.mlir | diff - %t.mlir
// RUN: %quantprep_tool %t.mlir --emit-bytecode | %quantprep_tool | diff - %t.mlir
// RUN: grep -E '^#|^ *(%%[0-9a-z]+ = )?qprep[.]' %t.mlir | awk 'length($0) > 160' | count 0
// RUN: %quantprep_tool %t.mlir --qprep-strip --mlir-print-op-generic | FileCheck %s --check-prefix=STRIPPED

// A prepared module repeats a few attributes by name. Aliases of ours are gone
// with what they stand for.

// CHECK-DAG: #conv2d = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>
// CHECK-DAG: #relu = #qprep.unit<relu [input]>
// CHECK-DAG: #fbgemm = #qprep.assigned<@qprep_config::@fbgemm from global>
// CHECK-DAG: #histogram = #qprep.observer<histogram, ui8, per_tensor_affine, reduce_range = true>
// CHECK-DAG: #relu_conv2d = @qprep_config::@native::@relu_conv2d

// CHECK: qprep.observer private @x_in {id = 0, spec = #histogram, generated}
// CHECK: tosa.conv2d {{.*}}qprep.assigned = #fbgemm, {{.*}}qprep.unit = #conv2d
// CHECK: tosa.clamp {{.*}}qprep.pattern = #relu_conv2d, {{.*}}qprep.unit = #relu
// STRIPPED-NOT: {{qprep|^#}}

func.func @f(%x: tensor<1x4x4x3xf32> loc("x"), %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>) -> tensor<1x4x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %r = tosa.clamp %c {min_val = 0.0 : f32, max_val = 3.4028235e38 : f32} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %r : tensor<1x4x4x3xf32>
}
