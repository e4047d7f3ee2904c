//===- QParams.cpp - Scale and zero point of a range ----------------------===//

#include "QuantPrep/Statistics/QParams.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace quantprep::statistics;

using Float = std::numeric_limits<float>;

/// The nearest finite float.
static float toFloat(double value) {
  return static_cast<float>(
      std::clamp<double>(value, -Float::max(), Float::max()));
}

/// `length / steps` in float32, as long as the length is a float.
static float toScale(float low, float high, double steps, float eps) {
  float scale = (high - low) / static_cast<float>(steps);
  if (!std::isfinite(scale))
    scale = toFloat((static_cast<double>(high) - low) / steps);
  return std::max({scale, eps, Float::denorm_min()});
}

// UniformQuantizationObserverBase._calculate_qparams, each step rounded to
// float32 as there.
QParams
quantprep::statistics::chooseFromRange(Range range,
                                       const Quantization &quantization) {
  const int64_t quantMin = quantization.quantMin;
  const int64_t quantMax = quantization.quantMax;
  const int64_t zeroPoint =
      quantization.isSymmetric ? quantization.symmetricZeroPoint : 0;
  if (range.isEmpty())
    return {1.0, std::clamp(zeroPoint, quantMin, quantMax)};

  const float low = std::min(toFloat(range.min), 0.0f);
  const float high = std::max(toFloat(range.max), 0.0f);
  const double steps = static_cast<double>(quantMax - quantMin);
  if (quantization.isSymmetric)
    return {toScale(0, std::max(-low, high), steps / 2, quantization.eps),
            zeroPoint};
  const float scale = toScale(low, high, steps, quantization.eps);
  auto offset = static_cast<int64_t>(std::nearbyint(low / scale));
  return {scale, std::clamp(quantMin - offset, quantMin, quantMax)};
}
