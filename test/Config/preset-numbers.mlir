// Every number of every preset is PyTorch's (F4, F6).
// REQUIRES: quantprep-shared
// RUN: /usr/bin/python3 %S/compare_presets.py quant-prep-opt %S/../../lib/Config/presets | FileCheck %s

// CHECK: 15 qconfig presets and 6 backend presets equal
