//===- dynamic-f16.mlir - QConfigs dynamic-f16 ----------------------------===//
//
// PyTorch's float16_dynamic_qconfig (F4).
//
//===----------------------------------------------------------------------===//

qprep.config @"dynamic-f16" {
  qprep.qconfig @"dynamic-f16" <
      activation = <placeholder, f16, dynamic = true>,
      weight = <placeholder, f16>>
  qprep.assign global @"dynamic-f16"
}
