//===- ValuePassingOpInterface.h - Ops that hand values on ------*- C++ -*-===//

#ifndef QUANTPREP_INTERFACES_VALUEPASSINGOPINTERFACE_H
#define QUANTPREP_INTERFACES_VALUEPASSINGOPINTERFACE_H

#include "mlir/Interfaces/ControlFlowInterfaces.h"

#include "QuantPrep/Interfaces/ValuePassingOpInterface.h.inc"

#endif // QUANTPREP_INTERFACES_VALUEPASSINGOPINTERFACE_H
