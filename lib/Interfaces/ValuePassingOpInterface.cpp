//===- ValuePassingOpInterface.cpp - Ops that hand values on --------------===//

#include "QuantPrep/Interfaces/ValuePassingOpInterface.h"

#include "QuantPrep/Interfaces/ValuePassingOpInterface.cpp.inc"
