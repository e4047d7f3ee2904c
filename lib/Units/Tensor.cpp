#include "QuantPrep/Units/ExternalModels.h"
void quantprep::registerTensorExternalModels(mlir::DialectRegistry &registry) {}
