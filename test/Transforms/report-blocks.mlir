// Many units are drawn as blocks of their names, or if there are none in runs.
//
// RUN: quant-prep-opt %s --qprep-prepare --qprep-report='format=dot blocks=2 function=named' -o /dev/null | FileCheck %s --check-prefix=NAMED
// RUN: quant-prep-opt %s --qprep-prepare --qprep-report='format=dot blocks=2 function=nameless' -o /dev/null | FileCheck %s --check-prefix=RUNS
// RUN: quant-prep-opt %s --qprep-prepare --qprep-report='format=dot blocks=0 function=nameless' -o /dev/null | FileCheck %s --check-prefix=EACH
// RUN: quant-prep-opt %s --qprep-prepare --qprep-report='format=dot only=float function=nameless' -o /dev/null | FileCheck %s --check-prefix=FLOAT
// RUN: not quant-prep-opt %s --qprep-prepare --qprep-report='format=dot sort=macs' -o /dev/null 2>&1 | FileCheck %s --check-prefix=SORT

// NAMED:      [[A:f0_n[0-9]+]] [label="block0\n3 units: 3 observed", tooltip="block0.add: observed\nblock0.mul: observed\nadd_1: observed\n", shape=box3d, fillcolor=palegreen];
// NAMED-NEXT: [[B:f0_n[0-9]+]] [label="block1\n2 units: 1 observed, 1 float", tooltip="block1.add: observed\nblock1.erf: float, F14\n", shape=box3d, fillcolor=khaki];
// Edges are those between blocks, each once; constants are left out.
// NAMED-NEXT: [[X:f0_n[0-9]+]] [label="argument"
// NAMED-NEXT: [[X]] -> [[A]]
// NAMED-NEXT: [[A]] -> [[B]]
// NAMED-NEXT: [[R:f0_n[0-9]+]] [label="return"
// NAMED-NEXT: [[B]] -> [[R]]
// NAMED-NEXT: }
// NAMED-NEXT: legend

// RUNS:      [label="add_0 to erf_0\n2 units: 1 observed, 1 float"
// RUNS-NEXT: [label="add_1 to add_2\n2 units: 2 observed"

// EACH: [label="add_0\nadd", fillcolor=palegreen];
// EACH: [label="add_2\nadd", fillcolor=palegreen];

// The float unit and its neighbours.
// FLOAT: [label="add_0\nadd"
// FLOAT: [label="erf_0\nerf\nF14: the backend has no pattern for this kind"
// FLOAT: [label="add_1\nadd"
// FLOAT-NOT: add_2

// SORT: error: qprep-report: format=dot has an order of its own; leave sort out, or choose another format

func.func @named(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32> loc("block0.add")
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %0, %shift : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32> loc("block0.mul")
  %2 = tosa.add %1, %0 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %3 = tosa.add %2, %2 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32> loc("block1.add")
  %4 = tosa.erf %3 : (tensor<1x4xf32>) -> tensor<1x4xf32> loc("block1.erf")
  return %4 : tensor<1x4xf32>
}

func.func @nameless(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %1 = tosa.erf %0 : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = tosa.add %1, %1 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %3 = tosa.add %2, %2 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %3 : tensor<1x4xf32>
}
