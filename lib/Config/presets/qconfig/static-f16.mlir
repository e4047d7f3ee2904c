//===- static-f16.mlir - QConfigs static-f16 ------------------------------===//
//
// PyTorch's float16_static_qconfig (F4). The backend native_and_fp16 supports it.
//
//===----------------------------------------------------------------------===//

qprep.config @"static-f16" {
  qprep.qconfig @"static-f16" <
      activation = <placeholder, f16>,
      weight = <placeholder, f16>>
  qprep.assign global @"static-f16"
}
