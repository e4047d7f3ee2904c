//===- QParamsMethod.h - How ranges are chosen ------------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_QPARAMSMETHOD_H
#define QUANTPREP_TRANSFORMS_QPARAMSMETHOD_H

#include "QuantPrep/Support/EnumParser.h"

namespace quantprep {

/// The option `method` of qprep-choose-qparams.
enum class QParamsMethod { Configured, MinMax, MSE, Percentile, Entropy };

} // namespace quantprep

/// Unknown values are answered with the known ones.
namespace llvm::cl {
template <>
class parser<quantprep::QParamsMethod>
    : public quantprep::EnumParser<quantprep::QParamsMethod> {
  using EnumParser::EnumParser;
};
} // namespace llvm::cl

#endif // QUANTPREP_TRANSFORMS_QPARAMSMETHOD_H
