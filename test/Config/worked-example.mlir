// The example of docs/configuration.md, cut out of it.
// RUN: sed -n '/^```mlir/,/^```$/{/^```/d;p}' %S/../../docs/configuration.md > %t.mlir
// RUN: quant-prep-opt %s -qprep-attach-config=config=%t.mlir | FileCheck %s

// CHECK: qprep.config private @qprep_config backend @mine attributes {inputs_quantized = array<i64: 0>, qprep.generated} {
// CHECK: qprep.qconfig @symmetric <
// CHECK: qprep.assign global @fbgemm
// CHECK: qprep.assign kind "matmul" none
// CHECK: qprep.assign name_regex "layer[34][.].*" @symmetric
// CHECK: qprep.assign name "head.fc" none
// CHECK: qprep.assign order "layer1" kind "conv2d" at 0 @symmetric
// CHECK: qprep.backend @mine {
// CHECK: qprep.pattern @max_pool2d shared
func.func @forward(%x: tensor<1x8x8x3xf32>) -> tensor<1x8x8x3xf32> {
  return %x : tensor<1x8x8x3xf32>
}
