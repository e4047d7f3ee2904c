// If a pass before the report fails, the report says why, in each format, and
// the tool fails as it does without a report.

// RUN: split-file %s %t
// RUN: not quant-prep-opt %t/stale.mlir --qprep-verify-prepared --qprep-report=output=%t/a.json 2>&1 | FileCheck %s --check-prefix=STDERR
// RUN: FileCheck %s < %t/a.json
// RUN: not quant-prep-opt %t/stale.mlir --qprep-verify-prepared --qprep-report='output=%t/a.txt format=text' 2> %t/stderr
// RUN: FileCheck %s --check-prefix=TEXT < %t/a.txt
// RUN: not quant-prep-opt %t/stale.mlir --qprep-verify-prepared --qprep-report='output=%t/a.dot format=dot' 2> %t/stderr
// RUN: FileCheck %s --check-prefix=DOT < %t/a.dot

// So it is if the report itself fails. What was there before is replaced.
// RUN: echo old > %t/b.json
// RUN: not quant-prep-opt %t/stale.mlir --qprep-report=output=%t/b.json 2>&1 | FileCheck %s --check-prefix=STDERR
// RUN: FileCheck %s < %t/b.json

// Errors that a test expects still reach the one who expects them.
// RUN: sed -e 's|// error|// expected-error@+2 {{2 roles}}|' -e 's|// note|// expected-note@+1 {{stale}}|' %t/stale.mlir > %t/expected.mlir
// RUN: quant-prep-opt %t/expected.mlir --verify-diagnostics --qprep-verify-prepared --qprep-report=output=%t/c.json
// RUN: FileCheck %s --check-prefix=ERROR < %t/c.json

// A pass that fails behind the report does not take it back.
// RUN: not quant-prep-opt %t/lost.mlir --pass-pipeline='builtin.module(qprep-report{output=%t/d.json},qprep-verify-prepared)' 2> %t/stderr
// RUN: FileCheck %s --check-prefix=GOOD < %t/d.json

// If no report can be written either, that is an error too.
// RUN: not quant-prep-opt %t/stale.mlir --qprep-verify-prepared --qprep-report=output=%t/missing/a.json 2>&1 | FileCheck %s --check-prefix=UNWRITABLE

// STDERR:     stale.mlir:4:8: error: 'tosa.abs' op has 1 operands, but its annotation has 2 roles
// STDERR-NOT: error:

// CHECK:      {
// CHECK-NEXT:   "version": 1,
// CHECK-NEXT:   "error": "'tosa.abs' op has 1 operands, but its annotation has 2 roles",
// CHECK-NEXT:   "location": "{{.*}}stale.mlir:4:8"
// CHECK-NEXT: }

// ERROR:        "error": "'tosa.abs' op has 1 operands

// TEXT:       preparation failed
// TEXT-NEXT:  {{.*}}stale.mlir:4:8: 'tosa.abs' op has 1 operands

// DOT:        digraph report {
// DOT-NEXT:     error [label="preparation failed\n{{.*}}stale.mlir:4:8: 'tosa.abs' op has 1 operands
// DOT-NEXT:   }

// GOOD-NOT:   "error"
// GOOD:       "functions": [
// GOOD-NOT:   "error"

// UNWRITABLE: error: 'tosa.abs' op has 1 operands
// UNWRITABLE: error: cannot write the report to '{{.*}}missing/a.json'

//--- stale.mlir
func.func @stale_annotations(%x: tensor<4xf32>) -> tensor<4xf32> {
  // error
  // note
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

//--- lost.mlir
qprep.observer private @lost {id = 0, spec = #qprep.observer<placeholder, f16>} attributes {qprep.generated}
func.func @nothing_observed() {
  return
}
