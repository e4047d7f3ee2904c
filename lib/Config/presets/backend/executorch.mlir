//===- executorch.mlir - Backend executorch -------------------------------===//
//
// PyTorch's executorch: few kinds, static and dynamic u8 (F6). The entries are those
// of functions and methods, over kinds of units.
// PyTorch 1.13 cannot build this one: its function never returns. The entries
// are those that its source lists.
//
//===----------------------------------------------------------------------===//

#ui8_i8 = #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <i8>, bias = <f32>>
#dynamic_ui8_i8 = #qprep.dtypes<input = <ui8>, output = <f32>, weight = <i8>, bias = <f32>, dynamic = true>
#dynamic_f16 = #qprep.dtypes<input = <f16>, output = <f32>, weight = <f16>, bias = <f32>, dynamic = true>
#ui8 = #qprep.dtypes<input = <ui8>, output = <ui8>>

qprep.backend @executorch {
  qprep.pattern @linear different weight bias dtypes [#ui8_i8, #dynamic_ui8_i8, #dynamic_f16] {
    %0 = qprep.node linear
  }
  qprep.pattern @conv2d different weight bias dtypes [#ui8_i8] {
    %0 = qprep.node conv2d
  }
  qprep.pattern @relu_conv2d different dtypes [#ui8_i8] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @add by_operands dtypes [#ui8_i8] {
    %0 = qprep.node add
  }
  qprep.pattern @avg_pool2d shared dtypes [#ui8] {
    %0 = qprep.node avg_pool2d
  }
  qprep.pattern @relu shared dtypes [#ui8] {
    %0 = qprep.node relu
  }
  qprep.pattern @relu6 shared dtypes [#ui8] {
    %0 = qprep.node relu6
  }
  qprep.pattern @reshape shared dtypes [#ui8] {
    %0 = qprep.node reshape
  }
  qprep.pattern @transpose shared dtypes [#ui8] {
    %0 = qprep.node transpose
  }
}
