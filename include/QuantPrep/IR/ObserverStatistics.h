//===- ObserverStatistics.h - Statistics between IR and numbers -*- C++ -*-===//
//
// What an observer is to collect, and what it has collected, as attributes and
// as the objects of lib/Statistics.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_IR_OBSERVERSTATISTICS_H
#define QUANTPREP_IR_OBSERVERSTATISTICS_H

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Statistics/QParams.h"

namespace quantprep {

/// What an observer of this spec collects; none for kinds that need no values:
/// fixed parameters, placeholders, dynamic ones.
std::optional<statistics::Spec> getStatisticsSpec(qprep::ObserverAttr spec);

/// Which integers its values become. Needs `spec.hasQParams()`.
statistics::Quantization getQuantization(qprep::ObserverAttr spec);

/// The ranges that the formulas of min/max observers take: the moving averages
/// of an observer that makes some, else the smallest and largest values.
std::vector<statistics::Range>
getConfiguredRanges(qprep::ObserverAttr spec,
                    const statistics::Statistics &seen);

/// Null if nothing was seen. The same statistics have the same text whatever
/// else is in the context: resources are named by what they hold.
qprep::StatisticsAttr toAttribute(mlir::MLIRContext *context,
                                  const statistics::Statistics &seen);

/// What the observer has seen; an error at it if its statistics do not hang
/// together, or if their resources are not there. Empty without any.
mlir::FailureOr<statistics::Statistics>
readStatistics(qprep::ObserverOp observer);

} // namespace quantprep

#endif // QUANTPREP_IR_OBSERVERSTATISTICS_H
