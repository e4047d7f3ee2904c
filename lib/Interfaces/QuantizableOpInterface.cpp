//===- QuantizableOpInterface.cpp - What an op is to quantization ---------===//

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "QuantPrep/Interfaces/QuantizableOpInterface.cpp.inc"
