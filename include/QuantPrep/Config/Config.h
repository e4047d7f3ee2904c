//===- Config.h - The configuration of a module -----------------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_CONFIG_H
#define QUANTPREP_CONFIG_CONFIG_H

#include "QuantPrep/IR/QPrepOps.h"

namespace quantprep {
qprep::ConfigOp findConfig(mlir::Operation *op);
} // namespace quantprep

#endif // QUANTPREP_CONFIG_CONFIG_H
