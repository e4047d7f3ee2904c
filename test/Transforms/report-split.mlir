// Parts of a split file have a report each; on standard output one line each.
//
// RUN: rm -rf %t && mkdir %t
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-report='output=%t/report.txt format=text' -o /dev/null
// RUN: ls %t | FileCheck %s --check-prefix=FILES
// RUN: FileCheck %s --check-prefix=SECOND < %t/report.24.txt
// FILES:      report.1.txt
// FILES-NEXT: report.24.txt
// FILES-NOT:  report
// SECOND: function second

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-report='output=/dev/stdout format=json-lines' -o /dev/null | count 2

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-report=format=json-lines -o /dev/null > %t/lines
// RUN: count 2 < %t/lines
// RUN: %python -c 'import json, sys; [print(json.loads(line)["functions"][0]["name"]) for line in sys.stdin]' < %t/lines \
// RUN:   | FileCheck %s --check-prefix=LINES
// LINES:      first
// LINES-NEXT: second
func.func @first(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}
// -----
func.func @second(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}
