// Spellings that lowering to linalg leaves of units: what one op of a front end
// is becomes several, which here are one again. Padding and reshapes that carry a
// name of their own are units of the model, and are left out.

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

qprep.cluster @conv1d_padded is conv1d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) anonymous
  %1 = qprep.node conv1d(%0)
}
// Depthwise, with the channels in two dimensions.
qprep.cluster @conv1d_collapsed is conv1d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node conv1d(%0) rank 4
  %2 = qprep.node reshape(%1) rank 3 anonymous
}
// The bias behind.
qprep.cluster @conv1d_bias is conv1d {
  %x = qprep.operand input
  %w = qprep.operand weight
  %b = qprep.operand bias parameter channels
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node conv1d(%0, %w) complete
  %2 = qprep.node reshape(%1) optional rank 3 anonymous
  %3 = qprep.node add(%2, %b)
}
qprep.cluster @conv2d_collapsed is conv2d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node conv2d(%0) rank 5
  %2 = qprep.node reshape(%1) rank 4 anonymous
}
qprep.cluster @conv2d_bias is conv2d {
  %x = qprep.operand input
  %w = qprep.operand weight
  %b = qprep.operand bias parameter channels
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node conv2d(%0, %w) complete
  %2 = qprep.node reshape(%1) optional rank 4 anonymous
  %3 = qprep.node add(%2, %b)
}
// In groups, with the channels in two dimensions before and behind.
qprep.cluster @conv2d_grouped is conv2d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node reshape(%0) rank 5 anonymous
  %2 = qprep.node conv2d(%1) rank 5
  %3 = qprep.node reshape(%2) rank 4 anonymous
}
qprep.cluster @conv3d_collapsed is conv3d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node conv3d(%0) rank 6
  %2 = qprep.node reshape(%1) rank 5 anonymous
}
qprep.cluster @conv3d_bias is conv3d {
  %x = qprep.operand input
  %w = qprep.operand weight
  %b = qprep.operand bias parameter channels
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node conv3d(%0, %w) complete
  %2 = qprep.node reshape(%1) optional rank 5 anonymous
  %3 = qprep.node add(%2, %b)
}

//===----------------------------------------------------------------------===//
// Pools
//===----------------------------------------------------------------------===//

qprep.cluster @max_pool1d_padded is max_pool1d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) anonymous
  %1 = qprep.node max_pool1d(%0)
}
// A sum by the number of elements, which may differ at the border.
qprep.cluster @avg_pool1d_sum is avg_pool1d {
  %x = qprep.operand input
  %count = qprep.scalar splat
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node sum_pool1d(%0)
  %2 = qprep.node div(%1, %count)
}

// A sum by the number of elements, which may differ at the border.
qprep.cluster @avg_pool2d_sum is avg_pool2d {
  %x = qprep.operand input
  %count = qprep.scalar splat
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node sum_pool2d(%0)
  %2 = qprep.node div(%1, %count)
}

qprep.cluster @max_pool3d_padded is max_pool3d {
  %x = qprep.operand input
  %0 = qprep.node pad(%x) anonymous
  %1 = qprep.node max_pool3d(%0)
}
// A sum by the number of elements, which may differ at the border.
qprep.cluster @avg_pool3d_sum is avg_pool3d {
  %x = qprep.operand input
  %count = qprep.scalar splat
  %0 = qprep.node pad(%x) optional anonymous
  %1 = qprep.node sum_pool3d(%0)
  %2 = qprep.node div(%1, %count)
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

// A reduced dimension that comes back with size 1, or the other way round.
qprep.cluster @max_squeezed is reduce_max {
  %x = qprep.operand input
  %0 = qprep.node reduce_max(%x) repeated
  %1 = qprep.node reshape(%0) squeezes
}
qprep.cluster @min_squeezed is reduce_min {
  %x = qprep.operand input
  %0 = qprep.node reduce_min(%x) repeated
  %1 = qprep.node reshape(%0) squeezes
}
qprep.cluster @product_squeezed is reduce_product {
  %x = qprep.operand input
  %0 = qprep.node reduce_product(%x) repeated
  %1 = qprep.node reshape(%0) squeezes
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

// Slices that are written one after the other, the first into a new tensor, or
// into one that holds constants.
qprep.cluster @cat_slices is cat {
  %x = qprep.operand element
  %0 = qprep.node pad(%x)
  %1 = qprep.node slice_scatter(%0) repeated
}
qprep.cluster @cat_slices_constant is cat {
  %c = qprep.operand element constant
  %0 = qprep.node slice_scatter(%c) repeated
}
qprep.cluster @roll_slices is roll {
  %x = qprep.operand input
  %0 = qprep.node slice(%x)
  %1 = qprep.node slice(%x)
  %2 = qprep.node pad(%0)
  %3 = qprep.node slice_scatter(%2, %1)
}
qprep.cluster @repeat_collapsed is repeat {
  %x = qprep.operand input
  %0 = qprep.node repeat(%x)
  %1 = qprep.node reshape(%0) anonymous
}
// A reshape that first leaves out dimensions and then makes others.
qprep.cluster @reshape_twice is reshape {
  %x = qprep.operand input
  %0 = qprep.node reshape(%x) anonymous
  %1 = qprep.node reshape(%0)
}
