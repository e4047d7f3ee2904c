//===- WorkingState.cpp - What earlier steps have left --------------------===//

#include "QuantPrep/Analysis/WorkingState.h"
#include "QuantPrep/IR/Annotations.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

LogicalResult quantprep::checkAssigned(const UnitGraph &graph,
                                       const Fusions &matches,
                                       const ConfigTables &tables) {
  for (const Unit &unit : graph.getUnits()) {
    AssignedAttr assigned = annotations::getAssigned(unit.anchor);
    if (!assigned)
      return unit.anchor->emitError()
             << "unit without a qconfig assignment; run qprep-assign-qconfig "
                "first";
    if (assigned.getQconfig() && !tables.mapping.getQConfig(assigned))
      return unit.anchor->emitError()
             << "assigned " << assigned.getQconfig()
             << ", which is no qprep.qconfig of the configuration; run "
                "qprep-assign-qconfig again";
    const Fusion *match = matches.lookup(unit);
    if (match && !tables.backend.getPattern(match->pattern))
      return unit.anchor->emitError()
             << "matched by " << match->pattern
             << ", which is no pattern of the backend; run qprep-fuse-units "
                "again";
  }
  return success();
}
