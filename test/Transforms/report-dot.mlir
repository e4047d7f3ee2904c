// RUN: quant-prep-opt %s --qprep-report='output=%t.dot format=dot' -o %t.mlir
// RUN: FileCheck %s < %t.dot

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @w {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @y {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// CHECK:      digraph report {
// CHECK:        subgraph cluster_0 {
// CHECK-NEXT:     label="regions_and_groups";
// Units, coloured by decision; those of one match with thicker frames.
// CHECK-NEXT:     [[ADD:f0_n[0-9]+]] [label="a \"quoted\"\nadd", fillcolor=palegreen, tooltip="abs \< add", penwidth=2];
// CHECK-NEXT:     [[ABS:f0_n[0-9]+]] [label="abs_0\nabs", fillcolor=palegreen, tooltip="abs \< add", penwidth=2];
// CHECK-NEXT:     [[FLIP:f0_n[0-9]+]] [label="flip_0\nflip", fillcolor=lightblue];
// CHECK-NEXT:     [[EXP:f0_n[0-9]+]] [label="exp_0\nexp\nF16: not supported", fillcolor=white];
// CHECK-NEXT:     [[SUM:f0_n[0-9]+]] [label="add_1\nadd\nF1: no qconfig", fillcolor=lightgray];
// CHECK-NEXT:     [[INT:f0_n[0-9]+]] [label="abs\nB5: computes on integers already", fillcolor=lightgray];

// Values; a constant only if somebody observes it.
// CHECK-NEXT:     [[X:f0_n[0-9]+]] [label="x", shape=ellipse, fillcolor=white];
// CHECK-NEXT:     [[X]] -> [[ADD]] [label="x"];
// CHECK-NEXT:     [[W:f0_n[0-9]+]] [label="tosa.const", shape=note, fillcolor=white];
// CHECK-NEXT:     [[W]] -> [[ADD]] [label="w"];
// CHECK-NEXT:     [[ADD]] -> [[ABS]];

// The sharing group of abs and flip has a colour.
// CHECK-NEXT:     [[ABS]] -> [[FLIP]] [label="y", color=red, fontcolor=red, penwidth=2];
// CHECK-NEXT:     [[FLIP]] -> [[EXP]] [label="y", color=red, fontcolor=red, penwidth=2];
// CHECK-NEXT:     [[EXP]] -> [[SUM]];
// CHECK-NEXT:     [[I:f0_n[0-9]+]] [label="argument", shape=ellipse, fillcolor=white];
// CHECK-NEXT:     [[I]] -> [[INT]];
// CHECK-NEXT:     [[RETURN:f0_n[0-9]+]] [label="return", shape=ellipse, fillcolor=white];
// CHECK-NEXT:     [[SUM]] -> [[RETURN]];
// CHECK-NEXT:     [[INT]] -> [[RETURN]];
// CHECK-NEXT:   }
// CHECK-NEXT:   legend [shape=plain, {{.*}}<td bgcolor="palegreen">observed</td><td bgcolor="lightblue">shared</td>
// CHECK-NEXT: }
func.func @regions_and_groups(%x: tensor<4xf32> loc("x"), %i: tensor<4xi8>) -> (tensor<4xf32>, tensor<4xi8>) {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  %c = "tosa.const"() <{values = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>}> : () -> tensor<4xf32>
  %1 = qprep.observe %c by @w : tensor<4xf32>
  %2 = tosa.add %0, %1 {qprep.unit = #qprep.unit<add [input, input]>, qprep.fused, qprep.plan = #qprep.plan<observed>}
    : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("a \22quoted\22")
  %3 = tosa.abs %2 {qprep.unit = #qprep.unit<abs [input]>, qprep.pattern = @abs_add, qprep.plan = #qprep.plan<observed>}
    : (tensor<4xf32>) -> tensor<4xf32>
  %4 = qprep.observe %3 by @y : tensor<4xf32>
  %5 = tosa.reverse %4 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<shared>}
    : (tensor<4xf32>) -> tensor<4xf32>
  %6 = qprep.observe %5 by @y : tensor<4xf32>
  %7 = tosa.exp %6 {qprep.unit = #qprep.unit<exp [input]>, qprep.plan = #qprep.plan<float by "F16" because "not supported">}
    : (tensor<4xf32>) -> tensor<4xf32>
  %unseen = "tosa.const"() <{values = dense<1.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %sum = tosa.add %7, %unseen {qprep.unit = #qprep.unit<add [input, input]>, qprep.plan = #qprep.plan<skipped by "F1" because "no qconfig">}
    : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %8 = tosa.abs %i : (tensor<4xi8>) -> tensor<4xi8>
  return %sum, %8 : tensor<4xf32>, tensor<4xi8>
}
