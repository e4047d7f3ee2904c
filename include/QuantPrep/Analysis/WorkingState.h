//===- WorkingState.h - What earlier steps have left ------------*- C++ -*-===//
//
// Between two steps a module may be edited by hand. What the text of an
// annotation cannot say (Fusions and UnitGraph say the rest) is checked here,
// by each step that relies on it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_WORKINGSTATE_H
#define QUANTPREP_ANALYSIS_WORKINGSTATE_H

#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Matching/Fusions.h"

namespace quantprep {

/// Whether each unit has been assigned a qconfig of the configuration, or none,
/// and was matched by a pattern of the backend, or none. Emits an error if not.
mlir::LogicalResult checkAssigned(const UnitGraph &graph,
                                  const Fusions &matches,
                                  const ConfigTables &tables);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_WORKINGSTATE_H
