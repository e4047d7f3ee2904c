// Spellings of unit kinds in simpler kinds, for all dialects. Each comment is the
// formula; where a kind has several spellings, front ends write all of them.

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

// x W + b. Matrix products of front ends take three dimensions, so that a linear
// layer is reshaped on its way in and out; the last dimension stays.
qprep.cluster @linear is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter unbatched
  %b = qprep.operand bias parameter vector
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
  %2 = qprep.node reshape(%1) optional keeps_trailing 1
  %3 = qprep.node add(%2, %b)
}

// x W, with W a constant, or brought by a transpose: an argument as it is might
// be an activation.
qprep.cluster @linear_constant_reshaped is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 constant unbatched
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
  %2 = qprep.node reshape(%1) keeps_trailing 1
}
qprep.cluster @linear_constant is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 constant unbatched
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
}
qprep.cluster @linear_transposed_reshaped is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 transposed unbatched
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
  %2 = qprep.node reshape(%1) keeps_trailing 1
}
qprep.cluster @linear_transposed is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 transposed unbatched
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
}

// A product of more than three dimensions.
qprep.cluster @matmul_batched is matmul {
  %x = qprep.operand input
  %y = qprep.operand input
  %0 = qprep.node reshape(%x) optional keeps_trailing 2
  %1 = qprep.node reshape(%y) optional keeps_trailing 2
  %2 = qprep.node matmul(%0, %1)
  %3 = qprep.node reshape(%2) keeps_trailing 2
}

// A convolution of one dimension, as one of two of which one has size 1.
qprep.cluster @conv1d is conv1d {
  %x = qprep.operand input rank 3
  %0 = qprep.node reshape(%x) rank 4
  %1 = qprep.node transpose(%0) optional
  %2 = qprep.node conv2d(%1)
  %3 = qprep.node reshape(%2) keeps_trailing 1 rank 3
}

// Windows that do not divide the input exactly: the rest is cut off first.
qprep.cluster @conv2d_trimmed is conv2d {
  %x = qprep.operand input
  %0 = qprep.node slice(%x) trims
  %1 = qprep.node conv2d(%0)
}
qprep.cluster @max_pool2d_trimmed is max_pool2d {
  %x = qprep.operand input
  %0 = qprep.node slice(%x) trims
  %1 = qprep.node max_pool2d(%0)
}
qprep.cluster @avg_pool2d_trimmed is avg_pool2d {
  %x = qprep.operand input
  %0 = qprep.node slice(%x) trims
  %1 = qprep.node avg_pool2d(%0)
}

// An average that counts the padding.
qprep.cluster @avg_pool2d_padded is avg_pool2d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x)
  %1 = qprep.node avg_pool2d(%0)
}

// NCHW around an op that knows NHWC only.
qprep.cluster @conv2d_nchw is conv2d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) permutation [0, 2, 3, 1]
  %s = qprep.node slice(%0) optional trims
  %1 = qprep.node conv2d(%s)
  %2 = qprep.node transpose(%1) permutation [0, 3, 1, 2]
}
qprep.cluster @max_pool2d_nchw is max_pool2d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) permutation [0, 2, 3, 1]
  %1 = qprep.node max_pool2d(%0)
  %2 = qprep.node transpose(%1) permutation [0, 3, 1, 2]
}
qprep.cluster @avg_pool2d_nchw is avg_pool2d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) permutation [0, 2, 3, 1]
  %1 = qprep.node avg_pool2d(%0)
  %2 = qprep.node transpose(%1) permutation [0, 3, 1, 2]
}

//===----------------------------------------------------------------------===//
// Activation functions
//===----------------------------------------------------------------------===//

// max(x, 0)
qprep.cluster @relu_maximum is relu {
  %x = qprep.operand input
  %0 = qprep.scalar 0.0 splat
  %1 = qprep.node maximum(%x, %0)
}

// min(max(x, 0), 6)
qprep.cluster @relu6_maximum is relu6 {
  %x = qprep.operand input
  %0 = qprep.scalar 0.0 splat
  %1 = qprep.scalar 6.0 splat
  %2 = qprep.node maximum(%x, %0)
  %3 = qprep.node minimum(%2, %1)
}
qprep.cluster @relu6_minimum is relu6 {
  %x = qprep.operand input
  %0 = qprep.scalar 6.0 splat
  %1 = qprep.node relu(%x)
  %2 = qprep.node minimum(%1, %0)
}

// relu6(x + 3) / 6
qprep.cluster @hardsigmoid is hardsigmoid {
  %x = qprep.operand input
  %0 = qprep.scalar 3.0
  %1 = qprep.scalar 0.16666666666666666
  %2 = qprep.node add(%x, %0)
  %3 = qprep.node relu6(%2)
  %4 = qprep.node mul(%3, %1)
}

// x (relu6(x + 3) / 6)
qprep.cluster @hardswish is hardswish {
  %x = qprep.operand input
  %0 = qprep.scalar 3.0
  %1 = qprep.scalar 0.16666666666666666
  %2 = qprep.node add(%x, %0)
  %3 = qprep.node relu6(%2)
  %4 = qprep.node mul(%3, %1)
  %5 = qprep.node mul(%x, %4)
}
// (x relu6(x + 3)) / 6
qprep.cluster @hardswish_product_first is hardswish {
  %x = qprep.operand input
  %0 = qprep.scalar 3.0
  %1 = qprep.scalar 0.16666666666666666
  %2 = qprep.node add(%x, %0)
  %3 = qprep.node relu6(%2)
  %4 = qprep.node mul(%x, %3)
  %5 = qprep.node mul(%4, %1)
}

// x sigmoid(x)
qprep.cluster @silu is silu {
  %x = qprep.operand input
  %0 = qprep.node sigmoid(%x)
  %1 = qprep.node mul(%x, %0)
}

// x (0.5 (erf(x / sqrt 2) + 1))
qprep.cluster @gelu is gelu {
  %x = qprep.operand input
  %0 = qprep.scalar 0.70710678118654757 splat
  %1 = qprep.scalar 1.0 splat
  %2 = qprep.scalar 0.5 splat
  %3 = qprep.node mul(%x, %0)
  %4 = qprep.node erf(%3)
  %5 = qprep.node add(%4, %1)
  %6 = qprep.node mul(%5, %2)
  %7 = qprep.node mul(%x, %6)
}
// (0.5 x) (erf(x / sqrt 2) + 1)
qprep.cluster @gelu_half_first is gelu {
  %x = qprep.operand input
  %0 = qprep.scalar 0.70710678118654757 splat
  %1 = qprep.scalar 1.0 splat
  %2 = qprep.scalar 0.5 splat
  %3 = qprep.node mul(%x, %0)
  %4 = qprep.node erf(%3)
  %5 = qprep.node add(%4, %1)
  %6 = qprep.node mul(%x, %2)
  %7 = qprep.node mul(%6, %5)
}

// x (0.5 (tanh(sqrt(2 / pi) (x + 0.044715 x x x)) + 1))
qprep.cluster @gelu_tanh is gelu {
  %x = qprep.operand input
  %c0 = qprep.scalar 0.044715 splat
  %c1 = qprep.scalar 0.79788456080286541 splat
  %one = qprep.scalar 1.0 splat
  %half = qprep.scalar 0.5 splat
  %0 = qprep.node mul(%x, %x)
  %1 = qprep.node mul(%0, %x)
  %2 = qprep.node mul(%1, %c0)
  %3 = qprep.node add(%x, %2)
  %4 = qprep.node mul(%3, %c1)
  %5 = qprep.node tanh(%4)
  %6 = qprep.node add(%5, %one)
  %7 = qprep.node mul(%6, %half)
  %8 = qprep.node mul(%x, %7)
}
// (0.5 x) (tanh(sqrt(2 / pi) (x + 0.044715 x x x)) + 1)
qprep.cluster @gelu_tanh_half_first is gelu {
  %x = qprep.operand input
  %c0 = qprep.scalar 0.044715 splat
  %c1 = qprep.scalar 0.79788456080286541 splat
  %one = qprep.scalar 1.0 splat
  %half = qprep.scalar 0.5 splat
  %0 = qprep.node mul(%x, %x)
  %1 = qprep.node mul(%0, %x)
  %2 = qprep.node mul(%1, %c0)
  %3 = qprep.node add(%x, %2)
  %4 = qprep.node mul(%3, %c1)
  %5 = qprep.node tanh(%4)
  %6 = qprep.node add(%5, %one)
  %7 = qprep.node mul(%x, %half)
  %8 = qprep.node mul(%7, %6)
}
// x (0.5 (tanh(sqrt(2 / pi) (x + 0.044715 x^3)) + 1))
qprep.cluster @gelu_tanh_pow is gelu {
  %x = qprep.operand input
  %c0 = qprep.scalar 0.044715 splat
  %c1 = qprep.scalar 0.79788456080286541 splat
  %one = qprep.scalar 1.0 splat
  %half = qprep.scalar 0.5 splat
  %three = qprep.scalar 3.0 splat
  %1 = qprep.node pow(%x, %three)
  %2 = qprep.node mul(%1, %c0)
  %3 = qprep.node add(%x, %2)
  %4 = qprep.node mul(%3, %c1)
  %5 = qprep.node tanh(%4)
  %6 = qprep.node add(%5, %one)
  %7 = qprep.node mul(%6, %half)
  %8 = qprep.node mul(%x, %7)
}
// (0.5 x) (tanh(sqrt(2 / pi) (x + 0.044715 x^3)) + 1)
qprep.cluster @gelu_tanh_half_first_pow is gelu {
  %x = qprep.operand input
  %c0 = qprep.scalar 0.044715 splat
  %c1 = qprep.scalar 0.79788456080286541 splat
  %one = qprep.scalar 1.0 splat
  %half = qprep.scalar 0.5 splat
  %three = qprep.scalar 3.0 splat
  %1 = qprep.node pow(%x, %three)
  %2 = qprep.node mul(%1, %c0)
  %3 = qprep.node add(%x, %2)
  %4 = qprep.node mul(%3, %c1)
  %5 = qprep.node tanh(%4)
  %6 = qprep.node add(%5, %one)
  %7 = qprep.node mul(%x, %half)
  %8 = qprep.node mul(%7, %6)
}

// log(exp(x) + 1)
qprep.cluster @softplus is softplus {
  %x = qprep.operand input
  %one = qprep.scalar 1.0 splat
  %0 = qprep.node exp(%x)
  %1 = qprep.node add(%0, %one)
  %2 = qprep.node log(%1)
}

// x tanh(softplus x)
qprep.cluster @mish is mish {
  %x = qprep.operand input
  %one = qprep.scalar 1.0 splat
  %0 = qprep.node exp(%x)
  %1 = qprep.node add(%0, %one)
  %2 = qprep.node log(%1)
  %3 = qprep.node tanh(%2)
  %4 = qprep.node mul(%x, %3)
}

// log(sigmoid x)
qprep.cluster @logsigmoid is logsigmoid {
  %x = qprep.operand input
  %0 = qprep.node sigmoid(%x)
  %1 = qprep.node log(%0)
}

// x - tanh x
qprep.cluster @tanhshrink is tanhshrink {
  %x = qprep.operand input
  %0 = qprep.node tanh(%x)
  %1 = qprep.node sub(%x, %0)
}

// x / (|x| + 1)
qprep.cluster @softsign is softsign {
  %x = qprep.operand input
  %one = qprep.scalar 1.0 splat
  %0 = qprep.node abs(%x)
  %1 = qprep.node add(%0, %one)
  %2 = qprep.node reciprocal(%1)
  %3 = qprep.node mul(%x, %2)
}

// One half of x times the sigmoid of the other.
qprep.cluster @glu is glu {
  %x = qprep.operand input
  %0 = qprep.node slice(%x)
  %1 = qprep.node slice(%x)
  %2 = qprep.node sigmoid(%1)
  %3 = qprep.node mul(%0, %2)
}

// x if x >= 0, else alpha (exp(x) - 1)
qprep.cluster @elu is elu {
  %x = qprep.operand input
  %zero = qprep.scalar 0.0
  %one = qprep.scalar 1.0
  %alpha = qprep.scalar
  %0 = qprep.node greater_equal(%x, %zero)
  %1 = qprep.node exp(%x)
  %2 = qprep.node sub(%1, %one)
  %3 = qprep.node mul(%2, %alpha)
  %4 = qprep.node select(%0, %x, %3)
}

// x if x >= 0, else alpha (exp(x / alpha) - 1)
qprep.cluster @celu is celu {
  %x = qprep.operand input
  %zero = qprep.scalar 0.0
  %one = qprep.scalar 1.0
  %alpha = qprep.scalar
  %inverse = qprep.scalar
  %0 = qprep.node greater_equal(%x, %zero)
  %1 = qprep.node mul(%x, %inverse)
  %2 = qprep.node exp(%1)
  %3 = qprep.node sub(%2, %one)
  %4 = qprep.node mul(%3, %alpha)
  %5 = qprep.node select(%0, %x, %4)
}

// scale (x if x >= 0, else alpha (exp(x) - 1))
qprep.cluster @selu is selu {
  %x = qprep.operand input
  %zero = qprep.scalar 0.0
  %one = qprep.scalar 1.0
  %alpha = qprep.scalar 1.6732632423543772
  %scale = qprep.scalar 1.0507009873554805
  %0 = qprep.node greater_equal(%x, %zero)
  %1 = qprep.node exp(%x)
  %2 = qprep.node sub(%1, %one)
  %3 = qprep.node mul(%2, %alpha)
  %4 = qprep.node select(%0, %x, %3)
  %5 = qprep.node mul(%4, %scale)
}

// x if x >= 0, else slope x
qprep.cluster @leaky_relu is leaky_relu {
  %x = qprep.operand input
  %zero = qprep.scalar 0.0
  %slope = qprep.scalar
  %0 = qprep.node greater_equal(%x, %zero)
  %1 = qprep.node mul(%x, %slope)
  %2 = qprep.node select(%0, %x, %1)
}
qprep.cluster @leaky_relu_greater is leaky_relu {
  %x = qprep.operand input
  %zero = qprep.scalar 0.0
  %slope = qprep.scalar
  %0 = qprep.node greater(%x, %zero)
  %1 = qprep.node mul(%x, %slope)
  %2 = qprep.node select(%0, %x, %1)
}
qprep.cluster @prelu is prelu {
  %x = qprep.operand input
  %zero = qprep.scalar 0.0
  %slope = qprep.operand weight axis -1 parameter vector
  %0 = qprep.node greater_equal(%x, %zero)
  %1 = qprep.node mul(%x, %slope)
  %2 = qprep.node select(%0, %x, %1)
}

//===----------------------------------------------------------------------===//
// Reductions and normalizations
//===----------------------------------------------------------------------===//

// A sum that leaves its dimensions out.
qprep.cluster @sum_squeezed is reduce_sum {
  %x = qprep.operand input
  %0 = qprep.node reduce_sum(%x) repeated
  %1 = qprep.node reshape(%0) squeezes
}

// sum(x) / n
qprep.cluster @mean is mean {
  %x = qprep.operand input
  %0 = qprep.node reduce_sum(%x) repeated
  %n = qprep.reciprocal_count %0 of %x
  %1 = qprep.node mul(%0, %n)
}

// exp(x - max x) / sum
qprep.cluster @softmax is softmax {
  %x = qprep.operand input
  %0 = qprep.node reduce_max(%x)
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node exp(%1)
  %3 = qprep.node reduce_sum(%2)
  %4 = qprep.node reciprocal(%3)
  %5 = qprep.node mul(%2, %4)
}
qprep.cluster @softmax_divided is softmax {
  %x = qprep.operand input
  %0 = qprep.node reduce_max(%x)
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node exp(%1)
  %3 = qprep.node reduce_sum(%2)
  %4 = qprep.node div(%2, %3)
}
qprep.cluster @softmax_unshifted is softmax {
  %x = qprep.operand input
  %0 = qprep.node exp(%x)
  %1 = qprep.node reduce_sum(%0)
  %2 = qprep.node reciprocal(%1)
  %3 = qprep.node mul(%0, %2)
}

// x - max x - log(sum(exp(x - max x)))
qprep.cluster @log_softmax is log_softmax {
  %x = qprep.operand input
  %0 = qprep.node reduce_max(%x)
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node exp(%1)
  %3 = qprep.node reduce_sum(%2)
  %4 = qprep.node log(%3)
  %5 = qprep.node sub(%1, %4)
}

// (x - mean) / sqrt(variance + eps) w + b, over the last dimensions
qprep.cluster @layer_norm is layer_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter
  %b = qprep.operand bias parameter
  %eps = qprep.scalar splat
  %0 = qprep.node reduce_sum(%x) repeated over last
  %n = qprep.reciprocal_count %0 of %x
  %1 = qprep.node mul(%0, %n)
  %2 = qprep.node sub(%x, %1)
  %3 = qprep.node mul(%2, %2)
  %4 = qprep.node reduce_sum(%3) repeated over last
  %m = qprep.reciprocal_count %4 of %3
  %5 = qprep.node mul(%4, %m)
  %6 = qprep.node add(%5, %eps)
  %7 = qprep.node rsqrt(%6)
  %8 = qprep.node mul(%2, %7)
  %9 = qprep.node mul(%8, %w)
  %10 = qprep.node add(%9, %b)
}
// Without w and b.
qprep.cluster @layer_norm_plain is layer_norm {
  %x = qprep.operand input
  %eps = qprep.scalar splat
  %0 = qprep.node reduce_sum(%x) repeated over last
  %n = qprep.reciprocal_count %0 of %x
  %1 = qprep.node mul(%0, %n)
  %2 = qprep.node sub(%x, %1)
  %3 = qprep.node mul(%2, %2)
  %4 = qprep.node reduce_sum(%3) repeated over last
  %m = qprep.reciprocal_count %4 of %3
  %5 = qprep.node mul(%4, %m)
  %6 = qprep.node add(%5, %eps)
  %7 = qprep.node rsqrt(%6)
  %8 = qprep.node mul(%2, %7)
}

// With x - mean computed once for the variance and once more for the result, as
// torch.compile decomposes it.
qprep.cluster @layer_norm_recomputed is layer_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter
  %b = qprep.operand bias parameter
  %eps = qprep.scalar splat
  %0 = qprep.node reduce_sum(%x) repeated over last
  %n = qprep.reciprocal_count %0 of %x
  %1 = qprep.node mul(%0, %n)
  %2 = qprep.node sub(%x, %1)
  %3 = qprep.node mul(%2, %2)
  %4 = qprep.node reduce_sum(%3) repeated over last
  %m = qprep.reciprocal_count %4 of %3
  %5 = qprep.node mul(%4, %m)
  %6 = qprep.node add(%5, %eps)
  %7 = qprep.node rsqrt(%6)
  %8 = qprep.node sub(%x, %1)
  %9 = qprep.node mul(%8, %7)
  %10 = qprep.node mul(%9, %w)
  %11 = qprep.node add(%10, %b)
}

// The same over the spatial dimensions of each channel.
qprep.cluster @instance_norm is instance_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter vector
  %b = qprep.operand bias parameter vector
  %eps = qprep.scalar splat
  %0 = qprep.node reduce_sum(%x) repeated over spatial
  %n = qprep.reciprocal_count %0 of %x
  %1 = qprep.node mul(%0, %n)
  %2 = qprep.node sub(%x, %1)
  %3 = qprep.node mul(%2, %2)
  %4 = qprep.node reduce_sum(%3) repeated over spatial
  %m = qprep.reciprocal_count %4 of %3
  %5 = qprep.node mul(%4, %m)
  %6 = qprep.node add(%5, %eps)
  %7 = qprep.node rsqrt(%6)
  %8 = qprep.node mul(%2, %7)
  %9 = qprep.node mul(%8, %w)
  %10 = qprep.node add(%9, %b)
}

// The same over groups of channels, which a reshape makes.
qprep.cluster @group_norm is group_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter vector
  %b = qprep.operand bias parameter vector
  %eps = qprep.scalar splat
  %g = qprep.node reshape(%x)
  %0 = qprep.node reduce_sum(%g) repeated
  %n = qprep.reciprocal_count %0 of %g
  %1 = qprep.node mul(%0, %n)
  %2 = qprep.node sub(%g, %1)
  %3 = qprep.node mul(%2, %2)
  %4 = qprep.node reduce_sum(%3) repeated
  %m = qprep.reciprocal_count %4 of %3
  %5 = qprep.node mul(%4, %m)
  %6 = qprep.node add(%5, %eps)
  %7 = qprep.node rsqrt(%6)
  %8 = qprep.node mul(%2, %7)
  %9 = qprep.node reshape(%8)
  %10 = qprep.node mul(%9, %w)
  %11 = qprep.node add(%10, %b)
}

// (x - mean) / sqrt(variance + eps) w + b, with constants for all of them
qprep.cluster @batch_norm is batch_norm {
  %x = qprep.operand input
  %mean = qprep.operand _ parameter
  %inverse = qprep.operand _ parameter
  %w = qprep.operand weight axis -1 parameter
  %b = qprep.operand bias parameter
  %0 = qprep.node sub(%x, %mean)
  %1 = qprep.node mul(%0, %inverse)
  %2 = qprep.node mul(%1, %w)
  %3 = qprep.node add(%2, %b)
}

// x / sqrt(mean(x x) + eps) w
qprep.cluster @rms_norm is rms_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter
  %eps = qprep.scalar splat
  %0 = qprep.node mul(%x, %x)
  %1 = qprep.node reduce_sum(%0) repeated over last
  %n = qprep.reciprocal_count %1 of %0
  %2 = qprep.node mul(%1, %n)
  %3 = qprep.node add(%2, %eps)
  %4 = qprep.node rsqrt(%3)
  %5 = qprep.node mul(%x, %4)
  %6 = qprep.node mul(%5, %w)
}

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

// One element of a dimension.
qprep.cluster @select is slice {
  %x = qprep.operand input
  %0 = qprep.node slice(%x)
  %1 = qprep.node reshape(%0) squeezes
}

// Two slices of one value, in the other order.
qprep.cluster @roll is roll {
  %x = qprep.operand input
  %0 = qprep.node slice(%x)
  %1 = qprep.node slice(%x)
  %2 = qprep.node cat(%0, %1)
}
