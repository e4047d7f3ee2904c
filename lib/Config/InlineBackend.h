//===- InlineBackend.h - The backend of a configuration ---------*- C++ -*-===//

#ifndef QUANTPREP_LIB_CONFIG_INLINEBACKEND_H
#define QUANTPREP_LIB_CONFIG_INLINEBACKEND_H

#include "Load.h"

#include "mlir/IR/SymbolTable.h"

namespace quantprep {
/// Copies the backend that is requested or written, else the default one, into
/// a configuration, of which `symbols` is the table. An option that names none
/// is an error at `loc`.
mlir::LogicalResult inlineBackend(mlir::Location loc,
                                  const ConfigRequest &request,
                                  ConfigSource &source,
                                  mlir::SymbolTable &symbols);
} // namespace quantprep

#endif // QUANTPREP_LIB_CONFIG_INLINEBACKEND_H
