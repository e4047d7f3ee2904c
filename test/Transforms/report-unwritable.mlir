// RUN: not quant-prep-opt %s --qprep-report=output=%t.missing/report.json 2>&1 | FileCheck %s

// A file that cannot be replaced (here: a folder) is left as it is, and no
// temporary file stays behind.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/report.json
// RUN: not quant-prep-opt %s --qprep-report=output=%t.dir/report.json 2>&1 | FileCheck %s
// RUN: ls -A %t.dir | FileCheck %s --check-prefix=LEFT

// A device is written as it is, and not replaced.
// RUN: not quant-prep-opt %s --qprep-report=output=/dev/full 2>&1 | FileCheck %s
// RUN: test -c /dev/full

// Standard output.
// RUN: quant-prep-opt %s --qprep-report -o %t.mlir | FileCheck %s --check-prefix=STDOUT

// CHECK: report-unwritable.mlir{{.*}}: error: cannot write the report to '{{.*}}': {{.+}}; name a file in a folder that exists and can be written to
// LEFT:     report.json
// LEFT-NOT: {{.}}
// STDOUT: "functions": []
module {
}
