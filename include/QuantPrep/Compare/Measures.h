//===- Measures.h - How far two tensors are apart ---------------*- C++ -*-===//

#ifndef QUANTPREP_COMPARE_MEASURES_H
#define QUANTPREP_COMPARE_MEASURES_H

#include "QuantPrep/Execution/Program.h"

namespace quantprep::compare {

/// Makes real numbers of the elements of an array.
struct Decoder {
  /// 0: the elements are the numbers.
  double scale = 0;
  int64_t zeroPoint = 0;

  /// Those of the array from `begin` on; as many as fit.
  void decode(const execution::Array &array, size_t begin,
              llvm::MutableArrayRef<double> numbers) const;
};

int64_t getNumElements(const execution::Array &array);

/// Nothing is near to what is no number: says so of a result that has such
/// elements. `function` is what the result is of.
std::optional<execution::RunFailure>
checkNumbers(const execution::Array &result, size_t index,
             llvm::StringRef function);

/// Sums over pairs of numbers, from which the measures follow. They add up, so
/// that nothing of a run is kept.
struct Sums {
  int64_t count = 0;
  double reference = 0, other = 0, product = 0, difference = 0;
  double largest = 0;

  void add(const execution::Array &reference, const Decoder &decodeReference,
           const execution::Array &other, const Decoder &decodeOther);
  void merge(const Sums &sums);

  /// Signal to noise in dB: infinite where nothing differs, or where there is
  /// no signal.
  double getSqnr() const;
  double getCosine() const;
};

/// Which classes two results choose: the largest element along the last
/// dimension.
struct Choices {
  int64_t count = 0, same = 0;
  /// With labels.
  int64_t labelled = 0, referenceRight = 0, otherRight = 0;

  void add(const execution::Array &reference, const Decoder &decodeReference,
           const execution::Array &other, const Decoder &decodeOther,
           llvm::ArrayRef<int64_t> labels);
  void merge(const Choices &choices);
};

/// How far results are from those of the float model.
struct Distance {
  Sums sums;
  Choices choices;

  /// Of 0 to 100; 100 without classes.
  double getAgreement() const;
};

} // namespace quantprep::compare

#endif // QUANTPREP_COMPARE_MEASURES_H
