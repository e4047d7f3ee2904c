//===- InitAll.cpp - Register everything ----------------------------------===//

#include "QuantPrep/InitAll.h"

#include "QuantPrep/IR/BufferizableOpInterfaceImpl.h"
#include "QuantPrep/IR/QPrepDialect.h"
#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Pipelines/Pipelines.h"

#include "llvm/Config/llvm-config.h"

void quantprep::registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<qprep::QPrepDialect>();
  qprep::registerBufferizableOpInterfaceExternalModels(registry);
  registerExternalModels(registry);
}

llvm::StringRef quantprep::getVersion() { return QUANTPREP_VERSION; }

void quantprep::printVersion(llvm::raw_ostream &os) {
  os << "QuantPrep " << getVersion() << "\n  qprep dialect version "
     << qprep::QPrepDialect::bytecodeVersion
     << "\n  LLVM version " LLVM_VERSION_STRING "\n";
}

void quantprep::registerAllPasses() {
  registerQPrepPipelinePasses();
  registerQPrepPasses();
  registerQPrepConversionPasses();
}
