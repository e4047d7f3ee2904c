//===- tensorrt.mlir - Backend tensorrt -----------------------------------===//
//
// PyTorch's TensorRT: activations and weights of i8 (F6). The entries are those
// of functions and methods, over kinds of units.
//
//===----------------------------------------------------------------------===//

#i8_i8 = #qprep.dtypes<input = <i8>, output = <i8>, weight = <i8>, bias = <f32>>
#i8 = #qprep.dtypes<input = <i8>, output = <i8>>

qprep.backend @tensorrt {
  qprep.pattern @relu_conv1d different dtypes [#i8_i8] {
    %0 = qprep.node conv1d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv2d different dtypes [#i8_i8] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_conv3d different dtypes [#i8_i8] {
    %0 = qprep.node conv3d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_linear different dtypes [#i8_i8] {
    %0 = qprep.node linear
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_add by_operands dtypes [#i8_i8] {
    %0 = qprep.node add
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @relu_mul by_operands dtypes [#i8_i8] {
    %0 = qprep.node mul
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @conv1d different weight bias dtypes [#i8_i8] {
    %0 = qprep.node conv1d
  }
  qprep.pattern @conv2d different weight bias dtypes [#i8_i8] {
    %0 = qprep.node conv2d
  }
  qprep.pattern @conv3d different weight bias dtypes [#i8_i8] {
    %0 = qprep.node conv3d
  }
  qprep.pattern @cat shared dtypes [#i8] {
    %0 = qprep.node cat
  }
  qprep.pattern @linear different weight bias dtypes [#i8_i8] {
    %0 = qprep.node linear
  }
  qprep.pattern @add by_operands dtypes [#i8_i8] {
    %0 = qprep.node add
  }
  qprep.pattern @mul by_operands dtypes [#i8_i8] {
    %0 = qprep.node mul
  }
  qprep.pattern @matmul different dtypes [#i8_i8] {
    %0 = qprep.node matmul
  }
  qprep.pattern @avg_pool1d shared dtypes [#i8] {
    %0 = qprep.node avg_pool1d
  }
  qprep.pattern @avg_pool2d shared dtypes [#i8] {
    %0 = qprep.node avg_pool2d
  }
  qprep.pattern @avg_pool3d shared dtypes [#i8] {
    %0 = qprep.node avg_pool3d
  }
  qprep.pattern @clamp shared dtypes [#i8] {
    %0 = qprep.node clamp
  }
  qprep.pattern @interpolate shared dtypes [#i8] {
    %0 = qprep.node interpolate
  }
  qprep.pattern @max_pool1d shared dtypes [#i8] {
    %0 = qprep.node max_pool1d
  }
  qprep.pattern @max_pool2d shared dtypes [#i8] {
    %0 = qprep.node max_pool2d
  }
  qprep.pattern @max_pool3d shared dtypes [#i8] {
    %0 = qprep.node max_pool3d
  }
  qprep.pattern @relu shared dtypes [#i8] {
    %0 = qprep.node relu
  }
  qprep.pattern @relu6 shared dtypes [#i8] {
    %0 = qprep.node relu6
  }
  qprep.pattern @reshape shared dtypes [#i8] {
    %0 = qprep.node reshape
  }
  qprep.pattern @mean shared dtypes [#i8] {
    %0 = qprep.node mean
  }
  qprep.pattern @repeat shared dtypes [#i8] {
    %0 = qprep.node repeat
  }
  qprep.pattern @transpose shared dtypes [#i8] {
    %0 = qprep.node transpose
  }
  qprep.pattern @identity shared dtypes [#i8] {
    %0 = qprep.node identity
  }
}
