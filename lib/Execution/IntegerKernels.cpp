//===- IntegerKernels.cpp - Products of i8 into i32 -----------------------===//
//
// Convolutions and matrix products as products of dense matrices: what rows and
// inner elements of them are is gathered where it is not dense already.
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <numeric>
#include <optional>
#include <vector>

using namespace quantprep::execution;
using llvm::ArrayRef;
using llvm::SmallVector;

namespace {
enum Operand { Lhs, Rhs, Dst };

/// A loop: how far it moves in each operand.
struct Loop {
  int64_t size;
  int64_t strides[3];
};

/// dst[batch, row, column] += lhs[batch, row, inner] rhs[batch, inner, column]
struct Loops {
  SmallVector<Loop, 4> batch, row, inner, column;
};

/// Elements next to each other.
struct Run {
  int64_t offset, length;
};

using Offsets = std::vector<int64_t>;
} // namespace

/// Of all iterations, the last loop the fastest.
static Offsets getOffsets(ArrayRef<Loop> loops, Operand operand) {
  Offsets offsets = {0};
  for (const Loop &loop : loops) {
    Offsets outer = std::move(offsets);
    offsets.clear();
    for (int64_t offset : outer)
      for (int64_t i = 0; i < loop.size; ++i)
        offsets.push_back(offset + i * loop.strides[operand]);
  }
  return offsets;
}

static std::vector<Run> getRuns(const Offsets &offsets) {
  std::vector<Run> runs;
  for (int64_t offset : offsets) {
    if (!runs.empty() && runs.back().offset + runs.back().length == offset)
      ++runs.back().length;
    else
      runs.push_back({offset, 1});
  }
  return runs;
}

/// How far they are apart, if all neighbours are equally far.
static std::optional<int64_t> getStride(const Offsets &offsets) {
  int64_t stride = offsets.size() > 1 ? offsets[1] - offsets[0] : 0;
  for (size_t i = 1; i < offsets.size(); ++i)
    if (offsets[i] - offsets[i - 1] != stride)
      return std::nullopt;
  return stride;
}

namespace {
/// Where the elements of one batch are; all batches have it in common.
struct Layout {
  explicit Layout(const Loops &loops);

  Offsets rows, dstRows, dstColumns;
  /// Of the inner elements of a row.
  std::vector<Run> runs;
  int64_t inner;
  /// Of rows that need not be gathered.
  std::optional<int64_t> stride;
  bool isGathered, isScattered;
};
} // namespace

Layout::Layout(const Loops &loops)
    : rows(getOffsets(loops.row, Lhs)), dstRows(getOffsets(loops.row, Dst)),
      dstColumns(getOffsets(loops.column, Dst)) {
  Offsets elements = getOffsets(loops.inner, Lhs);
  inner = elements.size();
  runs = getRuns(elements);
  if (runs.size() == 1)
    stride = getStride(rows);
  isGathered = !stride || (rows.size() > 1 && *stride < inner);
  isScattered =
      getRuns(dstColumns).size() != 1 ||
      (dstRows.size() > 1 && getStride(dstRows) != int64_t(dstColumns.size()));
}

namespace {
/// A matrix with dense rows, and what each column adds to the product.
struct PackedRhs {
  std::vector<int8_t> elements;
  std::vector<int32_t> offsets;
};

class IntegerKernel : public Kernel {
public:
  IntegerKernel(ZeroPoints zeroPoints, bool hasConstantRhs)
      : zeroPoints(zeroPoints), hasConstantRhs(hasConstantRhs) {}

  bool run(ArrayRef<KernelBuffer> operands) final;

protected:
  virtual Loops getLoops(ArrayRef<KernelBuffer> operands) const = 0;

private:
  PackedRhs pack(const int8_t *rhs, const Loops &loops) const;
  std::shared_ptr<const PackedRhs> getRhs(const int8_t *rhs, const Loops &loops,
                                          size_t batch);
  bool multiplyRows(const int8_t *lhs, const PackedRhs &rhs, int32_t *dst,
                    const Layout &layout) const;

  ZeroPoints zeroPoints;
  bool hasConstantRhs;
  std::mutex mutex;
  /// Of constants, for each batch.
  std::vector<std::shared_ptr<const PackedRhs>> packed;
};
} // namespace

PackedRhs IntegerKernel::pack(const int8_t *rhs, const Loops &loops) const {
  Offsets inner = getOffsets(loops.inner, Rhs);
  Offsets columns = getOffsets(loops.column, Rhs);
  PackedRhs packed;
  packed.elements.reserve(inner.size() * columns.size());
  // Unsigned: they wrap.
  std::vector<uint32_t> sums(columns.size(), 0);
  for (int64_t base : inner)
    for (auto [column, offset] : llvm::enumerate(columns)) {
      packed.elements.push_back(rhs[base + offset]);
      sums[column] += uint32_t(int32_t(packed.elements.back()));
    }
  auto lhsZero = uint32_t(zeroPoints.lhs), rhsZero = uint32_t(zeroPoints.rhs);
  for (uint32_t sum : sums)
    packed.offsets.push_back(
        int32_t(lhsZero * (uint32_t(inner.size()) * rhsZero - sum)));
  return packed;
}

std::shared_ptr<const PackedRhs>
IntegerKernel::getRhs(const int8_t *rhs, const Loops &loops, size_t batch) {
  if (!hasConstantRhs)
    return std::make_shared<PackedRhs>(pack(rhs, loops));
  std::lock_guard<std::mutex> lock(mutex);
  if (packed.size() <= batch)
    packed.resize(batch + 1);
  if (!packed[batch])
    packed[batch] = std::make_shared<PackedRhs>(pack(rhs, loops));
  return packed[batch];
}

/// Rows are gathered, multiplied and put in their place some at a time, so that
/// they stay in the cache.
bool IntegerKernel::multiplyRows(const int8_t *lhs, const PackedRhs &rhs,
                                 int32_t *dst, const Layout &layout) const {
  constexpr int64_t cached = 1 << 19;
  const auto &[rows, dstRows, dstColumns, runs, inner, stride, isGathered,
               isScattered] = layout;
  auto numColumns = int64_t(dstColumns.size());
  int64_t block = std::max<int64_t>(16, cached / inner);
  std::vector<int8_t> gathered(
      isGathered ? std::min<int64_t>(block, rows.size()) * inner : 0);
  std::vector<int32_t> product(
      isScattered ? std::min<int64_t>(block, rows.size()) * numColumns : 0);
  for (int64_t begin = 0; begin < int64_t(rows.size()); begin += block) {
    int64_t count = std::min<int64_t>(block, rows.size() - begin);
    IntegerGemm gemm = {count,
                        numColumns,
                        inner,
                        lhs + rows[begin],
                        rows.size() > 1 && !isGathered ? *stride : inner,
                        rhs.elements.data(),
                        rhs.offsets.data(),
                        isScattered ? product.data() : dst + dstRows[begin]};
    if (isGathered) {
      int8_t *to = gathered.data();
      for (int64_t row : ArrayRef(rows).slice(begin, count))
        for (const Run &run : runs) {
          std::memcpy(to, lhs + row + run.offset, run.length);
          to += run.length;
        }
      gemm.lhs = gathered.data();
    }
    if (!multiply(gemm))
      return false;
    for (int64_t row = 0; zeroPoints.rhs && row < count; ++row) {
      const int8_t *elements = gemm.lhs + row * gemm.stride;
      int64_t sum = std::accumulate(elements, elements + inner, int64_t(0));
      for (int64_t column = 0; column < numColumns; ++column) {
        int32_t &element = gemm.dst[row * numColumns + column];
        element = int32_t(uint32_t(element) - uint32_t(sum * zeroPoints.rhs));
      }
    }
    for (int64_t row = 0; isScattered && row < count; ++row)
      for (int64_t column = 0; column < numColumns; ++column)
        dst[dstRows[begin + row] + dstColumns[column]] =
            product[row * numColumns + column];
  }
  return true;
}

bool IntegerKernel::run(ArrayRef<KernelBuffer> operands) {
  Loops loops = getLoops(operands);
  auto *lhs = static_cast<const int8_t *>(operands[Lhs].data);
  auto *rhs = static_cast<const int8_t *>(operands[Rhs].data);
  auto *dst = static_cast<int32_t *>(operands[Dst].data);
  Offsets lhsBatches = getOffsets(loops.batch, Lhs);
  Offsets rhsBatches = getOffsets(loops.batch, Rhs);
  Offsets dstBatches = getOffsets(loops.batch, Dst);
  auto isEmpty = [](const Loop &loop) { return loop.size == 0; };
  if (llvm::any_of(loops.row, isEmpty) || llvm::any_of(loops.column, isEmpty))
    return true;
  if (llvm::any_of(loops.inner, isEmpty)) {
    // Sums of nothing.
    for (int64_t batch : dstBatches)
      for (int64_t row : getOffsets(loops.row, Dst))
        for (int64_t column : getOffsets(loops.column, Dst))
          dst[batch + row + column] = 0;
    return true;
  }
  Layout layout(loops);
  for (size_t batch = 0; batch < lhsBatches.size(); ++batch)
    if (!multiplyRows(lhs + lhsBatches[batch],
                      *getRhs(rhs + rhsBatches[batch], loops, batch),
                      dst + dstBatches[batch], layout))
      return false;
  return true;
}

/// Appends loops over the dimensions of an operand, and of another one.
static void addLoops(ArrayRef<KernelBuffer> operands, Operand first,
                     ArrayRef<int64_t> dims, Operand second,
                     ArrayRef<int64_t> otherDims,
                     llvm::SmallVectorImpl<Loop> &loops) {
  for (auto [dim, other] : llvm::zip_equal(dims, otherDims)) {
    Loop loop = {operands[first].sizes[dim], {0, 0, 0}};
    loop.strides[first] = operands[first].strides[dim];
    loop.strides[second] = operands[second].strides[other];
    loops.push_back(loop);
  }
}

static Loops getLoops(const ConvolutionSpec &spec,
                      ArrayRef<KernelBuffer> operands) {
  Loops loops;
  addLoops(operands, Dst, spec.dst[0], Lhs, spec.src[0], loops.row);
  for (size_t i = 2; i < spec.dst.size(); ++i) {
    addLoops(operands, Dst, spec.dst[i], Lhs, spec.src[i], loops.row);
    loops.row.back().strides[Lhs] *= spec.strides[i - 2];
    addLoops(operands, Rhs, spec.weights[i], Lhs, spec.src[i], loops.inner);
    loops.inner.back().strides[Lhs] *= spec.dilations[i - 2];
  }
  addLoops(operands, Rhs, spec.weights[1], Lhs, spec.src[1], loops.inner);
  addLoops(operands, Dst, spec.dst[1], Rhs, spec.weights[0], loops.column);
  return loops;
}

static Loops getLoops(const MatmulSpec &spec, ArrayRef<KernelBuffer> operands) {
  Loops loops;
  addLoops(operands, Lhs, spec.lhs[0], Dst, spec.dst[0], loops.batch);
  for (auto [loop, dim] : llvm::zip_equal(loops.batch, spec.rhs[0]))
    loop.strides[Rhs] = operands[Rhs].strides[dim];
  addLoops(operands, Lhs, spec.lhs[1], Dst, spec.dst[1], loops.row);
  addLoops(operands, Lhs, spec.lhs[2], Rhs, spec.rhs[1], loops.inner);
  addLoops(operands, Rhs, spec.rhs[2], Dst, spec.dst[2], loops.column);
  return loops;
}

namespace {
/// Of a convolution or a matrix product.
template <typename Spec> class IntegerKernelOf : public IntegerKernel {
public:
  IntegerKernelOf(const Spec &spec, ZeroPoints zeroPoints, bool hasConstantRhs)
      : IntegerKernel(zeroPoints, hasConstantRhs), spec(spec) {}

private:
  Loops getLoops(ArrayRef<KernelBuffer> operands) const final {
    return ::getLoops(spec, operands);
  }

  Spec spec;
};
} // namespace

/// Without instructions for it, products of two neighbours are added in 16
/// bits, which saturates.
static bool isExact() {
  static const bool exact = [] {
    constexpr int64_t size = 64;
    std::vector<int8_t> lhs(size * size, 127), rhs(size * size, 127);
    std::fill_n(lhs.begin() + size, size, int8_t(-128));
    std::vector<int32_t> offsets(size), dst(size * size, 0);
    std::iota(offsets.begin(), offsets.end(), 0);
    if (!multiply({size, size, size, lhs.data(), size, rhs.data(),
                   offsets.data(), dst.data()}))
      return false;
    return llvm::all_of(llvm::seq<int64_t>(0, size * size), [&](int64_t i) {
      int64_t element = i / size == 1 ? -128 : 127;
      return dst[i] == element * 127 * size + i % size;
    });
  }();
  return exact;
}

template <typename Spec>
static std::unique_ptr<Kernel> create(const Spec &spec, ZeroPoints zeroPoints,
                                      bool hasConstantRhs) {
  if (!isExact())
    return nullptr;
  return std::make_unique<IntegerKernelOf<Spec>>(spec, zeroPoints,
                                                 hasConstantRhs);
}

std::unique_ptr<Kernel>
quantprep::execution::createIntegerKernel(const ConvolutionSpec &spec,
                                          ZeroPoints zeroPoints) {
  if (spec.isGrouped)
    return nullptr;
  return create(spec, zeroPoints, spec.hasConstantWeights);
}

std::unique_ptr<Kernel>
quantprep::execution::createIntegerKernel(const MatmulSpec &spec,
                                          ZeroPoints zeroPoints) {
  return create(spec, zeroPoints, spec.hasConstantRhs);
}
