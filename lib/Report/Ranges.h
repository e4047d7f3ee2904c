//===- Ranges.h - What a report says of an observer's values ----*- C++ -*-===//

#ifndef QUANTPREP_LIB_REPORT_RANGES_H
#define QUANTPREP_LIB_REPORT_RANGES_H

#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/Report/Model.h"

namespace quantprep::report {

/// What an observer saw, and what was chosen from it.
struct ObserverRanges {
  statistics::Statistics seen;
  /// Those that min/max formulas take: averages, if the observer makes some.
  std::vector<statistics::Range> ranges;
  /// Empty before parameters are chosen.
  llvm::SmallVector<statistics::QParams> chosen;
  /// The share of values beyond the codes; none if it is not known.
  std::optional<double> saturated;

  bool hasValues() const { return seen.getData().count != 0; }
  /// What the codes of one channel can say, from the smallest to the largest.
  statistics::Range getCodes(size_t channel, qprep::ObserverAttr spec) const;
};

/// The statistics of `observer` have been read before (`Model`).
ObserverRanges describeRanges(qprep::ObserverOp observer);

/// The same in words, over all channels.
struct RangeText {
  std::string seen = "no value", scale = "-", zeroPoint = "-", saturated = "-";
};
RangeText describeInWords(const ObserverRanges &ranges);

/// Whether calibration, or somebody else, has left something to report.
bool hasRanges(qprep::ObserverOp observer);

/// Six digits, as printf's %g.
std::string toShortText(double number);

/// Observers of all functions, each once, in program order.
llvm::SmallVector<qprep::ObserverOp> collectObservers(const Model &model);

} // namespace quantprep::report

#endif // QUANTPREP_LIB_REPORT_RANGES_H
