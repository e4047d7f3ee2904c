// Every preset parses, verifies, and survives text and bytecode.
// RUN: for f in %S/../../lib/Config/presets/*/*.mlir; do quant-prep-opt $f -verify-roundtrip || exit 1; done | FileCheck %s

// CHECK: qprep.backend @executorch {
// CHECK: qprep.backend @x86 {
// CHECK: qprep.config @"dynamic-f16" {
// CHECK: qprep.qconfig @"dynamic-f16" <activation = <placeholder, f16, dynamic = true>, weight = <placeholder, f16>>
// CHECK: qprep.config @"x86-qat" {
