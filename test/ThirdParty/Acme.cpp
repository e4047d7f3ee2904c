//===- Acme.cpp - A dialect that QuantPrep does not know ------------------===//

#include "Acme.h"

#include "mlir/IR/Builders.h"

#include "AcmeDialect.cpp.inc"

#define GET_OP_CLASSES
#include "AcmeOps.cpp.inc"

void acme::AcmeDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "AcmeOps.cpp.inc"
      >();
}
