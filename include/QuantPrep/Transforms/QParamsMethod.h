//===- QParamsMethod.h - How ranges are chosen ------------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_QPARAMSMETHOD_H
#define QUANTPREP_TRANSFORMS_QPARAMSMETHOD_H

namespace quantprep {

/// The option `method` of qprep-choose-qparams.
enum class QParamsMethod { Configured, MinMax, MSE, Percentile, Entropy };

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_QPARAMSMETHOD_H
