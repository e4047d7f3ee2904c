// RUN: quant-prep-opt %s --split-input-file --qprep-attach-config | FileCheck %s

// A backend that extends another has its patterns: those of its own name or
// body are replaced, removed ones left out, new ones go first.

qprep.config @mine backend @mine {
  qprep.assign global "fbgemm"
  qprep.backend @mine extends @common {
    qprep.pattern @relu shared dtypes [#qprep.dtypes<input = <i8>, output = <i8>>] { %0 = qprep.node relu }
    qprep.remove @softmax
    qprep.pattern @sine different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node sin }
    qprep.pattern @mine_tanh different dtypes [#qprep.dtypes<input = <i8>, output = <i8>>] { %0 = qprep.node tanh }
  }
  qprep.backend @common {
    qprep.pattern @relu different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node relu }
    qprep.pattern @softmax different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node softmax }
    qprep.pattern @tanh different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node tanh }
    qprep.pattern @abs different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node abs }
  }
}

// CHECK:      qprep.config private @qprep_config backend @mine
// CHECK:      qprep.backend @mine {
// CHECK-NEXT: qprep.pattern @sine different
// CHECK:      qprep.pattern @relu shared dtypes [#qprep.dtypes<input = <i8>, output = <i8>>]
// CHECK:      qprep.pattern @mine_tanh
// CHECK-NOT:  @softmax
// CHECK-NOT:  @tanh
// CHECK:      qprep.pattern @abs

// -----

// From a preset, in two steps, with an observation type for each number of
// tensor operands.

qprep.config @two_steps backend @second {
  qprep.assign global "fbgemm"
}
qprep.backend @first extends "native" {
  qprep.remove @max_pool2d
}
qprep.backend @second extends @first {
  qprep.pattern @add by_operands {0 different, 1 shared, 2 shared} dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] { %0 = qprep.node add }
}

// CHECK:     qprep.backend @second {
// CHECK-NOT: @max_pool2d
// CHECK:     qprep.pattern @add by_operands {0 different, 1 shared, 2 shared} dtypes
