//===- Acme.h - A dialect that QuantPrep does not know ----------*- C++ -*-===//

#ifndef ACME_ACME_H
#define ACME_ACME_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "AcmeDialect.h.inc"

#define GET_OP_CLASSES
#include "AcmeOps.h.inc"

#endif // ACME_ACME_H
