//===- torchscript.mlir - Backend torchscript -----------------------------===//
//
// For placement=value: how kinds take part in PyTorch's TorchScript passes (T4,
// T5, T10, T11). The words of a pattern say it:
//
//   * different: results and operands are observed (T5); with dynamic dtypes in
//     mode=dynamic as well. A weight that is wanted in f32 is left alone;
//   * by_operands: two or more tensors make an observed result if they are
//     observed (T11), one hands on that it is (T10);
//   * shared: hands on that its first operand, or all its list, is observed
//     (T10);
//   * two units: what is between them is not observed, what comes out is (T4).
//
// Dtypes say no more than that here: specs are taken as they are (T18).
//
//===----------------------------------------------------------------------===//

#any = #qprep.dtypes<input = <ui8>, output = <ui8>>
#any_dynamic = #qprep.dtypes<input = <ui8>, dynamic = true>
#float_weight = #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <f32>, bias = <f32>>

qprep.backend @torchscript {
  qprep.pattern @relu_conv1d different dtypes [#any] {
    %0 = qprep.node conv1d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv2d different dtypes [#any] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv3d different dtypes [#any] {
    %0 = qprep.node conv3d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_linear different dtypes [#any] {
    %0 = qprep.node linear
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_batch_norm different dtypes [#any] {
    %0 = qprep.node batch_norm
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_add by_operands dtypes [#any] {
    %0 = qprep.node add
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_mul by_operands dtypes [#any] {
    %0 = qprep.node mul
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @conv1d different weight bias dtypes [#any] {
    %0 = qprep.node conv1d
  }
  qprep.pattern @conv2d different weight bias dtypes [#any] {
    %0 = qprep.node conv2d
  }
  qprep.pattern @conv3d different weight bias dtypes [#any] {
    %0 = qprep.node conv3d
  }
  qprep.pattern @conv_transpose1d different weight bias dtypes [#any] {
    %0 = qprep.node conv_transpose1d
  }
  qprep.pattern @conv_transpose2d different weight bias dtypes [#any] {
    %0 = qprep.node conv_transpose2d
  }
  qprep.pattern @linear different weight bias dtypes [#any, #any_dynamic] {
    %0 = qprep.node linear
  }
  qprep.pattern @embedding different weight unobserved dtypes [#any] {
    %0 = qprep.node embedding
  }
  qprep.pattern @hardswish different dtypes [#any] {
    %0 = qprep.node hardswish
  }
  qprep.pattern @elu different dtypes [#any] {
    %0 = qprep.node elu
  }
  qprep.pattern @celu different dtypes [#any] {
    %0 = qprep.node celu
  }
  qprep.pattern @layer_norm different dtypes [#any] {
    %0 = qprep.node layer_norm
  }
  qprep.pattern @group_norm different dtypes [#any] {
    %0 = qprep.node group_norm
  }
  qprep.pattern @instance_norm different dtypes [#any] {
    %0 = qprep.node instance_norm
  }
  qprep.pattern @batch_norm different weight bias dtypes [#float_weight] {
    %0 = qprep.node batch_norm
  }
  qprep.pattern @add by_operands dtypes [#any] {
    %0 = qprep.node add
  }
  qprep.pattern @mul by_operands dtypes [#any] {
    %0 = qprep.node mul
  }
  qprep.pattern @cat by_operands dtypes [#any] {
    %0 = qprep.node cat
  }
  qprep.pattern @max_pool1d shared dtypes [#any] {
    %0 = qprep.node max_pool1d
  }
  qprep.pattern @max_pool2d shared dtypes [#any] {
    %0 = qprep.node max_pool2d
  }
  qprep.pattern @max_pool3d shared dtypes [#any] {
    %0 = qprep.node max_pool3d
  }
  qprep.pattern @avg_pool1d shared dtypes [#any] {
    %0 = qprep.node avg_pool1d
  }
  qprep.pattern @avg_pool2d shared dtypes [#any] {
    %0 = qprep.node avg_pool2d
  }
  qprep.pattern @avg_pool3d shared dtypes [#any] {
    %0 = qprep.node avg_pool3d
  }
  qprep.pattern @reshape shared dtypes [#any] {
    %0 = qprep.node reshape
  }
  qprep.pattern @transpose shared dtypes [#any] {
    %0 = qprep.node transpose
  }
  qprep.pattern @slice shared dtypes [#any] {
    %0 = qprep.node slice
  }
  qprep.pattern @repeat shared dtypes [#any] {
    %0 = qprep.node repeat
  }
  qprep.pattern @identity shared dtypes [#any] {
    %0 = qprep.node identity
  }
  qprep.pattern @mean shared dtypes [#any] {
    %0 = qprep.node mean
  }
  qprep.pattern @interpolate shared dtypes [#any] {
    %0 = qprep.node interpolate
  }
  qprep.pattern @relu shared dtypes [#any] {
    %0 = qprep.node relu
  }
  qprep.pattern @relu6 shared dtypes [#any] {
    %0 = qprep.node relu6
  }
  qprep.pattern @clamp shared dtypes [#any] {
    %0 = qprep.node clamp
  }
  qprep.pattern @leaky_relu shared dtypes [#any] {
    %0 = qprep.node leaky_relu
  }
  qprep.pattern @sigmoid shared dtypes [#any] {
    %0 = qprep.node sigmoid
  }
  qprep.pattern @hardsigmoid shared dtypes [#any] {
    %0 = qprep.node hardsigmoid
  }
  qprep.pattern @tanh shared dtypes [#any] {
    %0 = qprep.node tanh
  }
  qprep.pattern @reduce_max shared dtypes [#any] {
    %0 = qprep.node reduce_max
  }
  qprep.pattern @reduce_min shared dtypes [#any] {
    %0 = qprep.node reduce_min
  }
  qprep.pattern @maximum shared dtypes [#any] {
    %0 = qprep.node maximum
  }
  qprep.pattern @minimum shared dtypes [#any] {
    %0 = qprep.node minimum
  }
}
