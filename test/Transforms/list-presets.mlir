// RUN: quant-prep-opt %s --qprep-list-presets -o /dev/null | FileCheck %s

// CHECK-LABEL: qconfigs
// CHECK-NEXT:  dynamic-f16               PyTorch's float16_dynamic_qconfig (F4){{$}}
// CHECK:       fbgemm                    PyTorch's default mapping for static quantization on fbgemm (F4)
// CHECK-LABEL: backends
// CHECK:       native                    PyTorch's native backend, all its CPU kernels together: static u8, dynamic u8 and f16 (F6)
// CHECK:       torchscript               For placement=value: how kinds take part in PyTorch's TorchScript passes (T4, T5, T10, T11){{$}}
