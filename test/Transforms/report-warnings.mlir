// What preparation warned of is in the report, as it was printed.

// RUN: quant-prep-opt %s --qprep-prepare=config=@mine --qprep-report=output=%t.json -o /dev/null 2> %t.err
// RUN: FileCheck %s --check-prefix=ERR < %t.err
// RUN: FileCheck %s --check-prefix=JSON < %t.json
// RUN: %python %S/../Report/validate.py %quantprep_src/docs/report.schema.json %t.json
// RUN: quant-prep-opt %s --qprep-prepare=config=@mine --qprep-report='output=%t.txt format=text' -o /dev/null 2> /dev/null
// RUN: FileCheck %s --check-prefix=TEXT < %t.txt

// RUN: quant-prep-opt %s --qprep-prepare=config=@quiet --qprep-report=output=%t.json -o /dev/null
// RUN: FileCheck %s --check-prefix=NONE < %t.json

// ERR:      report-warnings.mlir:33:3: warning: matches no unit of the module
// JSON:      "warnings": [
// JSON-NEXT:   {
// JSON-NEXT:     "message": "matches no unit of the module{{.*}}",
// JSON-NEXT:     "location": "{{.*}}report-warnings.mlir:33:3"
// JSON-NEXT:   }
// JSON-NEXT: ]
// TEXT: warning: {{.*}}report-warnings.mlir:33:3: matches no unit of the module
// NONE: "warnings": []

// A warning of which the tool leaves out the module is told once.
// RUN: quant-prep-opt %s --qprep-report=output=%t.json -o /dev/null 2> /dev/null
// RUN: FileCheck %s --check-prefix=ONCE < %t.json
// ONCE:      "warnings": [
// ONCE-NEXT:   {
// ONCE-NEXT:     "message": "has not been prepared
// ONCE-NEXT:     "location":
// ONCE-NEXT:   }
// ONCE-NEXT: ]
qprep.config @mine backend "native" {
  qprep.assign name "nowhere" none
  qprep.assign global "fbgemm"
}

qprep.config @quiet backend "native" {
  qprep.assign global "fbgemm"
}

func.func @forward(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
