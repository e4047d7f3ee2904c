//===- ExtendBackend.h - Backends that start from another -------*- C++ -*-===//

#ifndef QUANTPREP_LIB_CONFIG_EXTENDBACKEND_H
#define QUANTPREP_LIB_CONFIG_EXTENDBACKEND_H

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/IR/OwningOpRef.h"

namespace quantprep {
/// A copy of a backend with all that it extends, which extends nothing. Symbols
/// are those beside the backend. Null after an error.
mlir::OwningOpRef<qprep::BackendOp> copyWhole(qprep::BackendOp backend);
} // namespace quantprep

#endif // QUANTPREP_LIB_CONFIG_EXTENDBACKEND_H
