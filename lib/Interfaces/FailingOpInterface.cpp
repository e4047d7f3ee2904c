//===- FailingOpInterface.cpp - Ops that end the program
//-------------------===//

#include "QuantPrep/Interfaces/FailingOpInterface.h"

#include "QuantPrep/Interfaces/FailingOpInterface.cpp.inc"
