// RUN: quant-prep-opt /dev/null -qprep-print-preset=name=native -o /dev/null | FileCheck %s --check-prefix=NATIVE
// NATIVE: //===- native.mlir - Backend native -
// NATIVE: qprep.backend @native {

// Where both classes have the name, it means the qconfigs.
// RUN: quant-prep-opt /dev/null -qprep-print-preset=name=qnnpack -o /dev/null | FileCheck %s --check-prefix=QCONFIG
// QCONFIG: qprep.config @qnnpack {
// RUN: quant-prep-opt /dev/null "-qprep-print-preset=name=qnnpack backend=true" -o /dev/null | FileCheck %s --check-prefix=BACKEND
// BACKEND: qprep.backend @qnnpack {

// RUN: not quant-prep-opt /dev/null -qprep-print-preset=name=foo -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: error: unknown preset 'foo'; known are qconfigs dynamic-f16, {{.*}}, x86-qat and backends executorch, fbgemm, native, native_and_fp16, qnnpack, tensorrt, torchscript, tosa, x86
// RUN: not quant-prep-opt /dev/null -qprep-print-preset -o /dev/null 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: unknown preset ''; known are
