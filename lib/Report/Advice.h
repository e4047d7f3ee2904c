//===- Advice.h - What of a calibrated module costs accuracy ----*- C++ -*-===//

#ifndef QUANTPREP_LIB_REPORT_ADVICE_H
#define QUANTPREP_LIB_REPORT_ADVICE_H

#include "QuantPrep/Report/Model.h"

namespace quantprep::report {

/// What may cost accuracy at a unit, without running anything.
struct Advice {
  std::string label, message;
  /// The entry of a configuration that would change it.
  std::string entry;
};

/// In the order of observers.
std::vector<Advice> collectAdvice(const FunctionModel &function);

} // namespace quantprep::report

#endif // QUANTPREP_LIB_REPORT_ADVICE_H
