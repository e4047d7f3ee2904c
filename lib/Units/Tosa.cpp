#include "QuantPrep/Units/ExternalModels.h"
void quantprep::registerTosaExternalModels(mlir::DialectRegistry &registry) {}
