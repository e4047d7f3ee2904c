// RUN: quant-prep-opt %s --qprep-list-presets -o /dev/null | FileCheck %s

// CHECK-LABEL: qconfigs
// CHECK-NEXT:  dynamic-f16               PyTorch's float16_dynamic_qconfig (F4).
// CHECK:       fbgemm                    PyTorch's default mapping for static quantization on fbgemm (F4)
// CHECK-LABEL: backends
// CHECK:       native                    PyTorch's entries for functions and methods, over kinds of units (F6)
// CHECK:       torchscript               How kinds take part in placement=value, as PyTorch's TorchScript passes have it
