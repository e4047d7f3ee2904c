//===- Options.h - Options of preparation ------------------------*- C++
//-*-===//

#ifndef QUANTPREP_LIB_CONFIG_OPTIONS_H
#define QUANTPREP_LIB_CONFIG_OPTIONS_H

#include "QuantPrep/Config/Config.h"

namespace quantprep {
/// Sets the options (F7) of `result`: those of the request, else those of
/// `written` (null: none). Checks them against the functions of the module.
mlir::LogicalResult setOptions(mlir::ModuleOp module,
                               const ConfigRequest &request,
                               qprep::ConfigOp written, qprep::ConfigOp result);
} // namespace quantprep

#endif // QUANTPREP_LIB_CONFIG_OPTIONS_H
