//===- WeightChannels.h - Which dimensions number channels ------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_WEIGHTCHANNELS_H
#define QUANTPREP_ANALYSIS_WEIGHTCHANNELS_H

#include "QuantPrep/IR/QPrepOps.h"

namespace quantprep {

/// The dimensions of an observed weight that number its output channels: the
/// axis of the spec, and the next ones where the layer has its channels in
/// several (groups, and the channels of each). Empty for a spec without axis.
llvm::SmallVector<int64_t, 2>
getChannelAxes(qprep::ObservationOpInterface observation,
               qprep::ObserverAttr spec);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_WEIGHTCHANNELS_H
