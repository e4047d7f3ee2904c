#include "QuantPrep/Units/ExternalModels.h"
void quantprep::registerArithExternalModels(mlir::DialectRegistry &registry) {}
