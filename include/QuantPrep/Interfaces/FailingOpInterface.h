//===- FailingOpInterface.h - Ops that end the program -----------*- C++
//-*-===//

#ifndef QUANTPREP_INTERFACES_FAILINGOPINTERFACE_H
#define QUANTPREP_INTERFACES_FAILINGOPINTERFACE_H

#include "mlir/IR/OpDefinition.h"

#include "QuantPrep/Interfaces/FailingOpInterface.h.inc"

#endif // QUANTPREP_INTERFACES_FAILINGOPINTERFACE_H
