#include "QuantPrep/IR/BufferizableOpInterfaceImpl.h"
void quantprep::qprep::registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry) {}
