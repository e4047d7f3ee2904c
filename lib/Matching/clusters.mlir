// Spellings of unit kinds in simpler kinds, for all dialects. Each comment is the
// formula; where a kind has several spellings, front ends write all of them.
// Products and sums are found in any order, quotients by constants as products,
// and shapes may be adjusted between nodes (qprep.node).

//===----------------------------------------------------------------------===//
// Kinds inside clusters: found as nodes of those below, never as units.
//===----------------------------------------------------------------------===//

qprep.cluster @square is square inside {
  %x = qprep.operand input
  %0 = qprep.node mul(%x, %x)
}
qprep.cluster @greater is greater_equal inside {
  %x = qprep.operand input
  %y = qprep.operand input
  %0 = qprep.node greater(%x, %y)
}
qprep.cluster @rsqrt_reciprocal is rsqrt inside {
  %x = qprep.operand input
  %0 = qprep.node sqrt(%x)
  %1 = qprep.node reciprocal(%0)
}
qprep.cluster @masked_sum is masked inside {
  %x = qprep.operand input
  %mask = qprep.operand _ mask
  %0 = qprep.node add(%x, %mask)
}
qprep.cluster @div_sqrt_quotient is div_sqrt inside {
  %x = qprep.operand input
  %y = qprep.operand input
  %0 = qprep.node sqrt(%y)
  %1 = qprep.node div(%x, %0)
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

// x W + b. Matrix products of front ends take three dimensions, so that a linear
// layer is reshaped on its way in and out; the last dimension stays. Channels that
// come second to the layer come last to the product.
qprep.cluster @linear is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter unbatched
  %b = qprep.operand bias parameter vector
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
  %2 = qprep.node reshape(%1) optional keeps_trailing 1
  %3 = qprep.node add(%2, %b)
}
qprep.cluster @linear_transposed_in_and_out is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter unbatched
  %b = qprep.operand bias parameter vector
  %0 = qprep.node transpose(%x) permutation [0, 3, 1, 2]
  %1 = qprep.node reshape(%0) optional keeps_trailing 1
  %2 = qprep.node matmul(%1, %w)
  %3 = qprep.node reshape(%2) optional keeps_trailing 1
  %4 = qprep.node add(%3, %b)
  %5 = qprep.node transpose(%4) permutation [0, 2, 3, 1]
}

// x W, with W a parameter without doubt: an argument as it is might be an
// activation.
qprep.cluster @linear_reshaped is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 certain unbatched
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
  %2 = qprep.node reshape(%1) keeps_trailing 1
}
qprep.cluster @linear_without_bias is linear {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 certain unbatched
  %0 = qprep.node reshape(%x) optional keeps_trailing 1
  %1 = qprep.node matmul(%0, %w)
}

// W x + b, a product with the weight on the left.
qprep.cluster @linear_left is linear {
  %w = qprep.operand weight axis -2 certain unbatched
  %x = qprep.operand input
  %b = qprep.operand bias parameter channels
  %0 = qprep.node matmul(%w, %x)
  %1 = qprep.node add(%0, %b) optional
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

// A convolution of one dimension, as one of two of which one has size 1; channels
// may come first outside.
qprep.cluster @conv1d is conv1d {
  %x = qprep.operand input rank 3
  %0 = qprep.node reshape(%x) rank 4
  %1 = qprep.node transpose(%0) optional
  %2 = qprep.node conv2d(%1)
  %3 = qprep.node reshape(%2) keeps_trailing 1 rank 3
  %4 = qprep.node transpose(%3) optional permutation [0, 2, 1] anonymous
}

// A window, with what front ends and lowerings write around it: NCHW around an op
// that knows NHWC only, where transposes between two such ops may be gone; padding
// in an op of its own; and, where windows do not divide the input exactly, a slice
// that cuts the rest off.
qprep.cluster @conv2d is conv2d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) optional permutation [0, 2, 3, 1] anonymous
  %1 = qprep.node pad(%0) optional anonymous
  %2 = qprep.node slice(%1) optional trims
  %3 = qprep.node conv2d(%2)
  %4 = qprep.node transpose(%3) optional permutation [0, 3, 1, 2] anonymous
}
qprep.cluster @conv3d is conv3d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) optional permutation [0, 2, 3, 4, 1] anonymous
  %1 = qprep.node pad(%0) optional anonymous
  %2 = qprep.node slice(%1) optional trims
  %3 = qprep.node conv3d(%2)
  %4 = qprep.node transpose(%3) optional permutation [0, 4, 1, 2, 3] anonymous
}
qprep.cluster @max_pool2d is max_pool2d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) optional permutation [0, 2, 3, 1] anonymous
  %1 = qprep.node pad(%0) optional anonymous
  %2 = qprep.node slice(%1) optional trims
  %3 = qprep.node max_pool2d(%2)
  %4 = qprep.node transpose(%3) optional permutation [0, 3, 1, 2] anonymous
}
// An average may count the padding.
qprep.cluster @avg_pool2d is avg_pool2d {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) optional permutation [0, 2, 3, 1] anonymous
  %1 = qprep.node pad(%0) optional
  %2 = qprep.node slice(%1) optional trims
  %3 = qprep.node avg_pool2d(%2)
  %4 = qprep.node transpose(%3) optional permutation [0, 3, 1, 2] anonymous
}

// Rows of a parameter.
qprep.cluster @embedding is embedding {
  %w = qprep.operand weight axis -2 parameter
  %0 = qprep.node gather(%w)
  %1 = qprep.node reshape(%0) optional keeps_trailing 1
}

//===----------------------------------------------------------------------===//
// Activation functions
//===----------------------------------------------------------------------===//

// One half of x times the sigmoid of the other.
qprep.cluster @glu is glu {
  %x = qprep.operand input
  %0 = qprep.node slice(%x)
  %1 = qprep.node slice(%x)
  %2 = qprep.node sigmoid(%1)
  %3 = qprep.node mul(%0, %2)
}

// x if x >= 0, else slope x, with a slope for each channel
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

// A sum that leaves its dimensions out, or puts them back.
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

// exp(x - max x) / sum, or without the maximum; of a sum with a mask, the mask
// belongs to it (B17). What is reduced may be transposed for it.
qprep.cluster @softmax is softmax {
  %x = qprep.operand input
  %s = qprep.node masked(%x) optional
  %0 = qprep.node transpose(%s) optional anonymous
  %1 = qprep.node reduce_max(%0)
  %2 = qprep.node transpose(%1) optional anonymous
  %3 = qprep.node sub(%s, %2) optional
  %4 = qprep.node exp(%3)
  %5 = qprep.node transpose(%4) optional anonymous
  %6 = qprep.node reduce_sum(%5)
  %7 = qprep.node transpose(%6) optional anonymous
  %8 = qprep.node div(%4, %7)
}
// exp(log_softmax x)
qprep.cluster @softmax_of_logarithm is softmax {
  %x = qprep.operand input
  %0 = qprep.node log_softmax(%x)
  %1 = qprep.node exp(%0)
}
// One op behind such a sum.
qprep.cluster @softmax_masked is softmax {
  %x = qprep.operand input
  %s = qprep.node masked(%x)
  %0 = qprep.node softmax(%s)
}

// x - max x - log(sum(exp(x - max x))), or without the maximum
qprep.cluster @log_softmax is log_softmax {
  %x = qprep.operand input
  %s = qprep.node masked(%x) optional
  %0 = qprep.node reduce_max(%s)
  %1 = qprep.node sub(%s, %0) optional
  %2 = qprep.node exp(%1)
  %3 = qprep.node reduce_sum(%2)
  %4 = qprep.node log(%3)
  %5 = qprep.node sub(%1, %4)
}
// x - (max x + log(sum))
qprep.cluster @log_softmax_of_sum is log_softmax {
  %x = qprep.operand input
  %s = qprep.node masked(%x) optional
  %0 = qprep.node reduce_max(%s)
  %1 = qprep.node sub(%s, %0)
  %2 = qprep.node exp(%1)
  %3 = qprep.node reduce_sum(%2)
  %4 = qprep.node log(%3)
  %5 = qprep.node add(%0, %4)
  %6 = qprep.node sub(%s, %5)
}

// (x - mean) w / sqrt(variance + eps) + b, over the last dimensions, or over
// channels that come first. Front ends subtract the mean once, or once for the
// variance and once for the result.
qprep.cluster @layer_norm is layer_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter spans
  %b = qprep.operand bias parameter
  %eps = qprep.operand _ parameter
  %0 = qprep.node mean(%x) over last
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node square(%1)
  %3 = qprep.node mean(%2) over last
  %4 = qprep.node add(%3, %eps)
  %5 = qprep.node sub(%x, %0)
  %6 = qprep.node rsqrt(%4)
  %7 = qprep.node mul(%5, %6, %w)
  %8 = qprep.node add(%7, %b) optional
}
// The same without a weight.
qprep.cluster @layer_norm_without_weight is layer_norm {
  %x = qprep.operand input
  %eps = qprep.operand _ parameter
  %0 = qprep.node mean(%x) over last
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node square(%1)
  %3 = qprep.node mean(%2) over last
  %4 = qprep.node add(%3, %eps)
  %5 = qprep.node sub(%x, %0)
  %6 = qprep.node div_sqrt(%5, %4)
}
// x s + (b - mean s), with s = w / sqrt(variance + eps)
qprep.cluster @layer_norm_two_products is layer_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter spans
  %b = qprep.operand bias parameter
  %eps = qprep.operand _ parameter
  %0 = qprep.node mean(%x) over last
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node square(%1)
  %3 = qprep.node mean(%2) over last
  %4 = qprep.node add(%3, %eps)
  %5 = qprep.node rsqrt(%4)
  %6 = qprep.node mul(%5, %w)
  %7 = qprep.node mul(%x, %6)
  %8 = qprep.node mul(%0, %6)
  %9 = qprep.node sub(%b, %8)
  %10 = qprep.node add(%7, %9)
}
// (x - mean) w / sqrt(mean(x x) - mean mean + eps) + b, with no variance below 0
qprep.cluster @layer_norm_of_squares is layer_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter spans
  %b = qprep.operand bias parameter
  %eps = qprep.operand _ parameter
  %0 = qprep.node mean(%x) over last
  %1 = qprep.node square(%x)
  %2 = qprep.node mean(%1) over last
  %3 = qprep.node square(%0)
  %4 = qprep.node sub(%2, %3)
  %5 = qprep.node relu(%4) optional
  %6 = qprep.node add(%5, %eps)
  %7 = qprep.node sub(%x, %0)
  %8 = qprep.node rsqrt(%6)
  %9 = qprep.node mul(%7, %8, %w)
  %10 = qprep.node add(%9, %b) optional
}

// The same over the spatial dimensions of each channel, which is the last one
// or comes before them.
qprep.cluster @instance_norm is instance_norm {
  %x = qprep.operand input
  %w = qprep.operand weight parameter channels
  %b = qprep.operand bias parameter channels
  %eps = qprep.operand _ parameter
  %0 = qprep.node mean(%x) over spatial
  %1 = qprep.node sub(%x, %0)
  %2 = qprep.node square(%1)
  %3 = qprep.node mean(%2) over spatial
  %4 = qprep.node add(%3, %eps)
  %5 = qprep.node sub(%x, %0)
  %6 = qprep.node div_sqrt(%5, %4)
  %7 = qprep.node mul(%6, %w) optional
  %8 = qprep.node add(%7, %b) optional
}

// The same over groups of channels, which a reshape makes.
qprep.cluster @group_norm is group_norm {
  %x = qprep.operand input
  %w = qprep.operand weight parameter channels
  %b = qprep.operand bias parameter channels
  %eps = qprep.operand _ parameter
  %g = qprep.node reshape(%x)
  %0 = qprep.node mean(%g)
  %1 = qprep.node sub(%g, %0)
  %2 = qprep.node square(%1)
  %3 = qprep.node mean(%2)
  %4 = qprep.node add(%3, %eps)
  %5 = qprep.node sub(%g, %0)
  %6 = qprep.node div_sqrt(%5, %4)
  %7 = qprep.node reshape(%6)
  %8 = qprep.node mul(%7, %w) optional
  %9 = qprep.node add(%8, %b) optional
}
// Weights and shifts in groups as well.
qprep.cluster @group_norm_in_groups is group_norm {
  %x = qprep.operand input
  %w = qprep.operand weight parameter
  %b = qprep.operand bias parameter
  %eps = qprep.operand _ parameter
  %g = qprep.node reshape(%x)
  %0 = qprep.node mean(%g)
  %1 = qprep.node sub(%g, %0)
  %2 = qprep.node square(%1)
  %3 = qprep.node mean(%2)
  %4 = qprep.node add(%3, %eps)
  %5 = qprep.node sub(%g, %0)
  %6 = qprep.node div_sqrt(%5, %4)
  %7 = qprep.node mul(%6, %w)
  %8 = qprep.node add(%7, %b) optional
  %9 = qprep.node reshape(%8)
  %10 = qprep.node reshape(%9) optional anonymous
}

// (x - mean) / sqrt(variance + eps) w + b, with parameters for all of them.
qprep.cluster @batch_norm is batch_norm {
  %x = qprep.operand input
  %mean = qprep.operand _ parameter
  %inverse = qprep.operand _ parameter
  %w = qprep.operand weight axis -1 parameter
  %b = qprep.operand bias parameter
  %0 = qprep.node sub(%x, %mean)
  %1 = qprep.node mul(%0, %inverse, %w)
  %2 = qprep.node add(%1, %b)
}
qprep.cluster @batch_norm_variance is batch_norm {
  %x = qprep.operand input
  %mean = qprep.operand _ parameter
  %variance = qprep.operand _ parameter
  %eps = qprep.operand _ parameter
  %w = qprep.operand weight axis -1 parameter
  %b = qprep.operand bias parameter
  %0 = qprep.node sub(%x, %mean)
  %1 = qprep.node add(%variance, %eps)
  %2 = qprep.node div_sqrt(%0, %1)
  %3 = qprep.node mul(%2, %w)
  %4 = qprep.node add(%3, %b)
}
// x s + (b - mean s), with s = w / sqrt(variance + eps)
qprep.cluster @batch_norm_two_products is batch_norm {
  %x = qprep.operand input
  %mean = qprep.operand _ parameter
  %variance = qprep.operand _ parameter
  %eps = qprep.operand _ parameter
  %w = qprep.operand weight axis -1 parameter
  %b = qprep.operand bias parameter
  %0 = qprep.node add(%variance, %eps)
  %1 = qprep.node rsqrt(%0)
  %2 = qprep.node mul(%1, %w)
  %3 = qprep.node mul(%x, %2)
  %4 = qprep.node mul(%mean, %2)
  %5 = qprep.node sub(%b, %4)
  %6 = qprep.node add(%3, %5)
}

// x w / sqrt(mean(x x) + eps), or without a weight
qprep.cluster @rms_norm is rms_norm {
  %x = qprep.operand input
  %w = qprep.operand weight axis -1 parameter
  %eps = qprep.operand _ parameter
  %0 = qprep.node square(%x)
  %1 = qprep.node mean(%0) over last
  %2 = qprep.node add(%1, %eps)
  %3 = qprep.node rsqrt(%2)
  %4 = qprep.node mul(%x, %3, %w)
}
qprep.cluster @rms_norm_without_weight is rms_norm {
  %x = qprep.operand input
  %eps = qprep.operand _ parameter
  %0 = qprep.node square(%x)
  %1 = qprep.node mean(%0) over last
  %2 = qprep.node add(%1, %eps)
  %3 = qprep.node div_sqrt(%x, %2)
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

// One after the other; so that there is one after the canonicalizer, too.
qprep.cluster @transpose_twice is transpose {
  %x = qprep.operand input
  %0 = qprep.node transpose(%x) anonymous
  %1 = qprep.node transpose(%0)
}

// Two slices of one value, in the other order.
qprep.cluster @roll is roll {
  %x = qprep.operand input
  %0 = qprep.node slice(%x)
  %1 = qprep.node slice(%x)
  %2 = qprep.node cat(%0, %1)
}
