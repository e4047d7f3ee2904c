//===- QuantPrep.cpp - The C interface ------------------------------------===//

#include "quantprep-c/QuantPrep.h"

#include "QuantPrep/InitAll.h"
#include "QuantPrep/Pipelines/Pipelines.h"
#include "QuantPrep/Report/Report.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/CAPI/Utils.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace quantprep;

MlirStringRef quantprepGetVersion() { return wrap(getVersion()); }

void quantprepRegisterAllDialects(MlirDialectRegistry registry) {
  mlir::registerAllDialects(*unwrap(registry));
  mlir::registerAllExtensions(*unwrap(registry));
  quantprep::registerAllDialects(*unwrap(registry));
}

void quantprepRegisterAllPasses() { registerAllPasses(); }

/// Runs a pass with options as they are written for the driver.
static MlirLogicalResult runPass(std::unique_ptr<Pass> pass, MlirModule module,
                                 StringRef options) {
  ModuleOp op = unwrap(module);
  auto onError = [&](const Twine &message) {
    op.emitError() << message;
    return failure();
  };
  PassManager passes(op->getName());
  if (failed(pass->initializeOptions(options, onError)))
    return wrap(failure());
  passes.addPass(std::move(pass));
  return wrap(passes.run(op));
}

MlirLogicalResult quantprepPrepare(MlirModule module, MlirStringRef options) {
  return runPass(createPrepare(), module, unwrap(options));
}

MlirLogicalResult quantprepQuantize(MlirModule module, MlirStringRef options) {
  return runPass(createQuantize(), module, unwrap(options));
}

static ReportFormat getFormat(QuantPrepReportFormat format) {
  switch (format) {
  case QuantPrepReportJson:
    return ReportFormat::Json;
  case QuantPrepReportText:
    return ReportFormat::Text;
  case QuantPrepReportDot:
    return ReportFormat::Dot;
  case QuantPrepReportSvg:
    return ReportFormat::Svg;
  }
  llvm_unreachable("no other formats");
}

MlirLogicalResult quantprepReport(MlirModule module,
                                  QuantPrepReportFormat format,
                                  MlirStringCallback callback, void *userData) {
  FailureOr<report::Model> model = report::buildModel(unwrap(module));
  if (failed(model))
    return wrap(failure());
  detail::CallbackOstream os(callback, userData);
  report::print(*model, getFormat(format), os);
  return wrap(success());
}
