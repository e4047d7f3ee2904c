//===- tosa.mlir - Backend tosa -------------------------------------------===//
//
// What an integer accelerator with a TOSA front end does: kinds that have an
// observer of their own, and kinds that are quantized only where what they read
// is (follow, B16).
//
//===----------------------------------------------------------------------===//

#i8_i8 = #qprep.dtypes<input = <i8>, output = <i8>, weight = <i8>, bias = <f32>>
#i16_i8 = #qprep.dtypes<input = <i16>, output = <i16>, weight = <i8>, bias = <f32>>
#i8_f32 = #qprep.dtypes<input = <i8>, output = <i8>, weight = <f32>, bias = <f32>>
#i16_f32 = #qprep.dtypes<input = <i16>, output = <i16>, weight = <f32>, bias = <f32>>
#i8 = #qprep.dtypes<input = <i8>, output = <i8>>
#i16 = #qprep.dtypes<input = <i16>, output = <i16>>
#zero_to_one = #qprep.observer<fixed_qparams, i8, per_tensor_affine, quant_min = -128, quant_max = 127, scale = 0.00390625, zero_point = -128>
#minus_one_to_one = #qprep.observer<fixed_qparams, i8, per_tensor_affine, quant_min = -128, quant_max = 127, scale = 0.0078125, zero_point = 0>

qprep.backend @tosa {
  qprep.pattern @relu_conv1d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv1d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv2d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv3d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv3d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv_transpose2d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv_transpose2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_linear different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node linear
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_matmul different dtypes [#i8, #i16] {
    %0 = qprep.node matmul
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_add different dtypes [#i8, #i16] {
    %0 = qprep.node add
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu6_conv1d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv1d
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @relu6_conv2d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @relu6_conv3d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv3d
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @relu6_conv_transpose2d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv_transpose2d
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @relu6_linear different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node linear
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @relu6_matmul different dtypes [#i8, #i16] {
    %0 = qprep.node matmul
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @relu6_add different dtypes [#i8, #i16] {
    %0 = qprep.node add
    %1 = qprep.node relu6(%0)
  }
  qprep.pattern @clamp_conv1d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv1d
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @clamp_conv2d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv2d
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @clamp_conv3d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv3d
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @clamp_conv_transpose2d different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv_transpose2d
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @clamp_linear different dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node linear
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @clamp_matmul different dtypes [#i8, #i16] {
    %0 = qprep.node matmul
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @clamp_add different dtypes [#i8, #i16] {
    %0 = qprep.node add
    %1 = qprep.node clamp(%0)
  }
  qprep.pattern @conv1d different weight bias dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv1d
  }
  qprep.pattern @conv2d different weight bias dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv2d
  }
  qprep.pattern @conv3d different weight bias dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv3d
  }
  qprep.pattern @conv_transpose2d different weight bias dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node conv_transpose2d
  }
  qprep.pattern @linear different weight bias dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node linear
  }
  qprep.pattern @matmul different dtypes [#i8, #i16] {
    %0 = qprep.node matmul
  }
  qprep.pattern @add different dtypes [#i8, #i16] {
    %0 = qprep.node add
  }
  qprep.pattern @sub different dtypes [#i8, #i16] {
    %0 = qprep.node sub
  }
  qprep.pattern @mul different dtypes [#i8, #i16] {
    %0 = qprep.node mul
  }
  qprep.pattern @maximum different dtypes [#i8, #i16] {
    %0 = qprep.node maximum
  }
  qprep.pattern @minimum different dtypes [#i8, #i16] {
    %0 = qprep.node minimum
  }
  qprep.pattern @div different dtypes [#i8, #i16] {
    %0 = qprep.operand input
    %1 = qprep.operand input constant
    %2 = qprep.node div(%0, %1)
  }
  qprep.pattern @div_scalar different dtypes [#i8, #i16] {
    %0 = qprep.operand input
    %1 = qprep.node div(%0) complete
  }

  // Activations, scaled and shifted by numbers: one table has it all, and rounds
  // once.
  qprep.pattern @scaled_hardswish different dtypes [#i8, #i16] {
    %0 = qprep.node hardswish
    %1 = qprep.node mul(%0) optional complete
    %2 = qprep.node add(%1) complete
  }
  qprep.pattern @scaled_silu different dtypes [#i8, #i16] {
    %0 = qprep.node silu
    %1 = qprep.node mul(%0) optional complete
    %2 = qprep.node add(%1) complete
  }
  qprep.pattern @scaled_gelu different dtypes [#i8, #i16] {
    %0 = qprep.node gelu
    %1 = qprep.node mul(%0) optional complete
    %2 = qprep.node add(%1) complete
  }
  qprep.pattern @scaled_elu different dtypes [#i8, #i16] {
    %0 = qprep.node elu
    %1 = qprep.node mul(%0) optional complete
    %2 = qprep.node add(%1) complete
  }
  qprep.pattern @scaled_leaky_relu different dtypes [#i8, #i16] {
    %0 = qprep.node leaky_relu
    %1 = qprep.node mul(%0) optional complete
    %2 = qprep.node add(%1) complete
  }
  qprep.pattern @scaled_mish different dtypes [#i8, #i16] {
    %0 = qprep.node mish
    %1 = qprep.node mul(%0) optional complete
    %2 = qprep.node add(%1) complete
  }

  // Kinds that a table computes.
  qprep.pattern @sigmoid different dtypes [#i8, #i16] output #zero_to_one {
    %0 = qprep.node sigmoid
  }
  qprep.pattern @tanh different dtypes [#i8, #i16] output #minus_one_to_one {
    %0 = qprep.node tanh
  }
  qprep.pattern @hardsigmoid different dtypes [#i8, #i16] {
    %0 = qprep.node hardsigmoid
  }
  qprep.pattern @hardswish different dtypes [#i8, #i16] {
    %0 = qprep.node hardswish
  }
  qprep.pattern @silu different dtypes [#i8, #i16] {
    %0 = qprep.node silu
  }
  qprep.pattern @gelu different dtypes [#i8, #i16] {
    %0 = qprep.node gelu
  }
  qprep.pattern @elu different dtypes [#i8, #i16] {
    %0 = qprep.node elu
  }
  qprep.pattern @celu different dtypes [#i8, #i16] {
    %0 = qprep.node celu
  }
  qprep.pattern @selu different dtypes [#i8, #i16] {
    %0 = qprep.node selu
  }
  qprep.pattern @leaky_relu different dtypes [#i8, #i16] {
    %0 = qprep.node leaky_relu
  }
  qprep.pattern @softplus different dtypes [#i8, #i16] {
    %0 = qprep.node softplus
  }
  qprep.pattern @mish different dtypes [#i8, #i16] {
    %0 = qprep.node mish
  }
  qprep.pattern @softsign different dtypes [#i8, #i16] {
    %0 = qprep.node softsign
  }
  qprep.pattern @logsigmoid different dtypes [#i8, #i16] {
    %0 = qprep.node logsigmoid
  }
  qprep.pattern @tanhshrink different dtypes [#i8, #i16] {
    %0 = qprep.node tanhshrink
  }
  qprep.pattern @exp different dtypes [#i8, #i16] {
    %0 = qprep.node exp
  }
  qprep.pattern @log different dtypes [#i8, #i16] {
    %0 = qprep.node log
  }
  qprep.pattern @sqrt different dtypes [#i8, #i16] {
    %0 = qprep.node sqrt
  }
  qprep.pattern @rsqrt different dtypes [#i8, #i16] {
    %0 = qprep.node rsqrt
  }
  qprep.pattern @reciprocal different dtypes [#i8, #i16] {
    %0 = qprep.node reciprocal
  }
  qprep.pattern @abs different dtypes [#i8, #i16] {
    %0 = qprep.node abs
  }
  qprep.pattern @neg different dtypes [#i8, #i16] {
    %0 = qprep.node neg
  }
  qprep.pattern @sin different dtypes [#i8, #i16] {
    %0 = qprep.node sin
  }
  qprep.pattern @cos different dtypes [#i8, #i16] {
    %0 = qprep.node cos
  }
  qprep.pattern @erf different dtypes [#i8, #i16] {
    %0 = qprep.node erf
  }
  qprep.pattern @floor different dtypes [#i8, #i16] {
    %0 = qprep.node floor
  }
  qprep.pattern @ceil different dtypes [#i8, #i16] {
    %0 = qprep.node ceil
  }
  // Any other function of one value.
  qprep.pattern @unary different dtypes [#i8, #i16] {
    %0 = qprep.node unary
  }
  qprep.pattern @pow different dtypes [#i8, #i16] {
    %0 = qprep.operand input
    %1 = qprep.node pow(%0) complete
  }

  qprep.pattern @softmax different dtypes [#i8, #i16] output #zero_to_one {
    %0 = qprep.node softmax
  }
  qprep.pattern @mean different dtypes [#i8, #i16] {
    %0 = qprep.node mean
  }
  qprep.pattern @reduce_sum different dtypes [#i8, #i16] {
    %0 = qprep.node reduce_sum
  }
  qprep.pattern @layer_norm different weight bias dtypes [#i8_f32, #i16_f32] {
    %0 = qprep.node layer_norm
  }
  qprep.pattern @rms_norm different weight bias dtypes [#i8_f32, #i16_f32] {
    %0 = qprep.node rms_norm
  }
  qprep.pattern @group_norm different weight bias dtypes [#i8_f32, #i16_f32] {
    %0 = qprep.node group_norm
  }
  qprep.pattern @instance_norm different weight bias dtypes [#i8_f32, #i16_f32] {
    %0 = qprep.node instance_norm
  }
  qprep.pattern @prelu different weight dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node prelu
  }
  qprep.pattern @embedding different weight dtypes [#i8_i8, #i16_i8] {
    %0 = qprep.node embedding
  }

  // What only moves, chooses or bounds elements (B16).
  qprep.pattern @interpolate_nearest shared follow dtypes [#i8, #i16] {
    %0 = qprep.operand input
    %1 = qprep.node interpolate(%0) moves
  }
  qprep.pattern @interpolate different dtypes [#i8, #i16] {
    %0 = qprep.node interpolate
  }
  qprep.pattern @max_pool1d shared follow dtypes [#i8, #i16] {
    %0 = qprep.node max_pool1d
  }
  qprep.pattern @max_pool2d shared follow dtypes [#i8, #i16] {
    %0 = qprep.node max_pool2d
  }
  qprep.pattern @max_pool3d shared follow dtypes [#i8, #i16] {
    %0 = qprep.node max_pool3d
  }
  qprep.pattern @avg_pool1d shared follow dtypes [#i8, #i16] {
    %0 = qprep.node avg_pool1d
  }
  qprep.pattern @avg_pool2d shared follow dtypes [#i8, #i16] {
    %0 = qprep.node avg_pool2d
  }
  qprep.pattern @avg_pool3d shared follow dtypes [#i8, #i16] {
    %0 = qprep.node avg_pool3d
  }
  qprep.pattern @reshape shared follow dtypes [#i8, #i16] {
    %0 = qprep.node reshape
  }
  qprep.pattern @transpose shared follow dtypes [#i8, #i16] {
    %0 = qprep.node transpose
  }
  qprep.pattern @slice shared follow dtypes [#i8, #i16] {
    %0 = qprep.node slice
  }
  qprep.pattern @pad shared follow dtypes [#i8, #i16] {
    %0 = qprep.node pad
  }
  qprep.pattern @cat shared follow dtypes [#i8, #i16] {
    %0 = qprep.node cat
  }
  qprep.pattern @repeat shared follow dtypes [#i8, #i16] {
    %0 = qprep.node repeat
  }
  qprep.pattern @flip shared follow dtypes [#i8, #i16] {
    %0 = qprep.node flip
  }
  qprep.pattern @roll shared follow dtypes [#i8, #i16] {
    %0 = qprep.node roll
  }
  qprep.pattern @gather shared follow dtypes [#i8, #i16] {
    %0 = qprep.node gather
  }
  qprep.pattern @select shared follow dtypes [#i8, #i16] {
    %0 = qprep.node select
  }
  qprep.pattern @reduce_max shared follow dtypes [#i8, #i16] {
    %0 = qprep.node reduce_max
  }
  qprep.pattern @reduce_min shared follow dtypes [#i8, #i16] {
    %0 = qprep.node reduce_min
  }
  qprep.pattern @relu shared follow dtypes [#i8, #i16] {
    %0 = qprep.node relu
  }
  qprep.pattern @relu6 shared follow dtypes [#i8, #i16] {
    %0 = qprep.node relu6
  }
  qprep.pattern @clamp shared follow dtypes [#i8, #i16] {
    %0 = qprep.node clamp
  }
  qprep.pattern @identity shared follow dtypes [#i8, #i16] {
    %0 = qprep.node identity
  }
}
