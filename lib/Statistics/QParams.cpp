//===- QParams.cpp - Scale and zero point of a range ----------------------===//

#include "QuantPrep/Statistics/QParams.h"

#include <algorithm>
#include <cmath>

using namespace quantprep::statistics;

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

  const float low = std::min(static_cast<float>(range.min), 0.0f);
  const float high = std::max(static_cast<float>(range.max), 0.0f);
  const double steps = static_cast<double>(quantMax - quantMin);
  if (quantization.isSymmetric) {
    float scale = std::max(-low, high) / static_cast<float>(steps / 2);
    return {std::max(scale, quantization.eps), zeroPoint};
  }
  float scale = (high - low) / static_cast<float>(steps);
  scale = std::max(scale, quantization.eps);
  auto offset = static_cast<int64_t>(std::nearbyint(low / scale));
  return {scale, std::clamp(quantMin - offset, quantMin, quantMax)};
}
