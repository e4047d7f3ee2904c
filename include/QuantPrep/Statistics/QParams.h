//===- QParams.h - Scale and zero point from statistics ---------*- C++ -*-===//
//
// The formulas of PyTorch's observers, to the bit, and the searches for a range
// on a histogram.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_STATISTICS_QPARAMS_H
#define QUANTPREP_STATISTICS_QPARAMS_H

#include "QuantPrep/Statistics/Statistics.h"

#include <cstdint>

namespace quantprep::statistics {

/// Which integers values become.
struct Quantization {
  /// Limits of codes.
  int64_t quantMin = 0;
  int64_t quantMax = 255;
  bool isSymmetric = false;
  /// Of a symmetric scheme.
  int64_t symmetricZeroPoint = 0;
  /// Smallest scale.
  float eps = 1.1920928955078125e-7f;
};

struct QParams {
  double scale = 1;
  int64_t zeroPoint = 0;
};

/// Scale and zero point of a range, which is made to contain 0, in float32. An
/// empty range gives scale 1.
QParams chooseFromRange(Range range, const Quantization &quantization);

/// A histogram to search, and the range of its values.
struct Distribution {
  const Histogram &histogram;
  Range range;
};

/// The range whose quantization has the least mean squared error, clipped
/// values at their real distance. Never worse than the range of all values.
Range searchLeastError(const Distribution &values,
                       const Quantization &quantization);

/// The range without the (100 - percentile) / 2 percent at each end.
Range searchPercentile(const Distribution &values, double percentile);

/// The range whose codes keep most of the information: least Kullback-Leibler
/// divergence of the values from their quantized distribution.
Range searchEntropy(const Distribution &values,
                    const Quantization &quantization);

/// The mean squared error that quantizing makes.
double computeError(const Distribution &values, const QParams &qparams,
                    const Quantization &quantization);

/// The share of values whose nearest code is beyond the limits.
double computeSaturation(const Distribution &values, const QParams &qparams,
                         const Quantization &quantization);

} // namespace quantprep::statistics

#endif // QUANTPREP_STATISTICS_QPARAMS_H
