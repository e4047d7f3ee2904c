//===- qnnpack.mlir - Backend qnnpack -------------------------------------===//
//
// PyTorch's kernels for phones: as fbgemm, and i8 with scales of 2^-12 and more
// (F6). The entries are those of functions and methods, over kinds of units.
//
//===----------------------------------------------------------------------===//

#scaled_i8_i8 = #qprep.dtypes<input = <i8, scale_min = 0.000244140625>, output = <i8, scale_min = 0.000244140625>, weight = <i8, quant_min = -127, quant_max = 127, scale_min = 0.000244140625>, bias = <f32>>
#ui8_i8 = #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <i8>, bias = <f32>>
#dynamic_ui8_i8 = #qprep.dtypes<input = <ui8>, output = <f32>, weight = <i8>, bias = <f32>, dynamic = true>
#dynamic_f16 = #qprep.dtypes<input = <f16>, output = <f32>, weight = <f16>, bias = <f32>, dynamic = true>
#scaled_i8 = #qprep.dtypes<input = <i8, scale_min = 0.000244140625>, output = <i8, scale_min = 0.000244140625>>
#ui8 = #qprep.dtypes<input = <ui8>, output = <ui8>>
#zero_to_one = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, quant_min = 0, quant_max = 255, scale = 0.00390625, zero_point = 0>
#minus_one_to_one = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, quant_min = 0, quant_max = 255, scale = 0.0078125, zero_point = 128>

qprep.backend @qnnpack {
  qprep.pattern @relu_conv1d different dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node conv1d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv2d different dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv3d different dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node conv3d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_linear different dtypes [#scaled_i8_i8, #ui8_i8, #dynamic_ui8_i8, #dynamic_f16] {
    %0 = qprep.node linear
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_add by_operands dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node add
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_mul by_operands dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node mul
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @conv1d different weight bias dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node conv1d
  }
  qprep.pattern @conv2d different weight bias dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node conv2d
  }
  qprep.pattern @conv3d different weight bias dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node conv3d
  }
  qprep.pattern @linear different weight bias dtypes [#scaled_i8_i8, #ui8_i8, #dynamic_ui8_i8, #dynamic_f16] {
    %0 = qprep.node linear
  }
  qprep.pattern @add by_operands dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node add
  }
  qprep.pattern @mul by_operands dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node mul
  }
  qprep.pattern @matmul different dtypes [#scaled_i8_i8, #ui8_i8] {
    %0 = qprep.node matmul
  }
  qprep.pattern @cat shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node cat
  }
  qprep.pattern @elu different dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node elu
  }
  qprep.pattern @hardswish different dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node hardswish
  }
  qprep.pattern @leaky_relu different dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node leaky_relu
  }
  qprep.pattern @group_norm different weight bias dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node group_norm
  }
  qprep.pattern @instance_norm different weight bias dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node instance_norm
  }
  qprep.pattern @hardsigmoid different dtypes [#scaled_i8_i8, #ui8_i8] output #zero_to_one {
    %0 = qprep.node hardsigmoid
  }
  qprep.pattern @sigmoid different dtypes [#scaled_i8_i8, #ui8_i8] output #zero_to_one {
    %0 = qprep.node sigmoid
  }
  qprep.pattern @tanh different dtypes [#scaled_i8_i8, #ui8_i8] output #minus_one_to_one {
    %0 = qprep.node tanh
  }
  qprep.pattern @avg_pool1d shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node avg_pool1d
  }
  qprep.pattern @avg_pool2d shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node avg_pool2d
  }
  qprep.pattern @avg_pool3d shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node avg_pool3d
  }
  qprep.pattern @clamp shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node clamp
  }
  qprep.pattern @interpolate shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node interpolate
  }
  qprep.pattern @max_pool1d shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node max_pool1d
  }
  qprep.pattern @max_pool2d shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node max_pool2d
  }
  qprep.pattern @max_pool3d shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node max_pool3d
  }
  qprep.pattern @relu shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node relu
  }
  qprep.pattern @relu6 shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node relu6
  }
  qprep.pattern @reshape shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node reshape
  }
  qprep.pattern @mean shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node mean
  }
  qprep.pattern @repeat shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node repeat
  }
  qprep.pattern @transpose shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node transpose
  }
  qprep.pattern @identity shared dtypes [#scaled_i8, #ui8] {
    %0 = qprep.node identity
  }
}
