//===- BufferizableOpInterfaceImpl.h - Observations on buffers --*- C++ -*-===//
//
// External, so that the dialect itself does not depend on bufferization.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_IR_BUFFERIZABLEOPINTERFACEIMPL_H
#define QUANTPREP_IR_BUFFERIZABLEOPINTERFACEIMPL_H

#include "mlir/IR/DialectRegistry.h"

namespace quantprep::qprep {
void registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry);
} // namespace quantprep::qprep

#endif // QUANTPREP_IR_BUFFERIZABLEOPINTERFACEIMPL_H
