//===- Extremes.h - Smallest and largest values of a chunk ------*- C++ -*-===//
//
// Compares the bits of IEEE floats, mapped to integers of the same order. That
// vectorizes without any fast-math flag, tells -0.0 from 0.0, and finds
// infinities and NaNs at the ends of the order.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_STATISTICS_EXTREMES_H
#define QUANTPREP_LIB_STATISTICS_EXTREMES_H

#include "QuantPrep/Statistics/Histogram.h"

#include <cstring>
#include <limits>

namespace quantprep::statistics {

/// The integers that order as the values of a float type.
template <typename T> struct Ordered;
template <> struct Ordered<float> {
  using Int = int32_t;
  static constexpr Int infinity = 0x7f800000;
};
template <> struct Ordered<double> {
  using Int = int64_t;
  static constexpr Int infinity = 0x7ff0000000000000;
};

/// Its own inverse.
template <typename Int> Int flipNegative(Int bits) {
  return bits ^
         ((bits >> (sizeof(Int) * 8 - 1)) & std::numeric_limits<Int>::max());
}

template <typename T> typename Ordered<T>::Int toOrdered(T value) {
  typename Ordered<T>::Int bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return flipNegative(bits);
}

template <typename T> T fromOrdered(typename Ordered<T>::Int ordered) {
  T value;
  ordered = flipNegative(ordered);
  std::memcpy(&value, &ordered, sizeof(value));
  return value;
}

/// The smallest and the largest ordered integer; starts beyond all of them.
template <typename T> struct Extremes {
  using Int = typename Ordered<T>::Int;
  Int min = std::numeric_limits<Int>::max();
  Int max = std::numeric_limits<Int>::min();

  void add(Int ordered) {
    min = ordered < min ? ordered : min;
    max = ordered > max ? ordered : max;
  }
  void merge(const Extremes &other) {
    if (other.min > other.max)
      return;
    add(other.min);
    add(other.max);
  }
  bool isEmpty() const { return min > max; }
  /// Whether neither infinities nor NaNs are among the values.
  bool isFinite() const {
    constexpr Int infinity = Ordered<T>::infinity;
    return isEmpty() || (max < infinity && min > -infinity - 1);
  }
  Range toRange() const {
    return isEmpty() ? Range()
                     : Range(fromOrdered<T>(min), fromOrdered<T>(max));
  }
};

} // namespace quantprep::statistics

#endif // QUANTPREP_LIB_STATISTICS_EXTREMES_H
