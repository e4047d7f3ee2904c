/*===- QuantPrep.h - The C interface ------------------------------*- C -*-===*\
|*                                                                            *|
|* Beside the C interface of MLIR (mlir-c/), whose types it takes: contexts   *|
|* and modules are made, printed and destroyed with that one. Errors go to    *|
|* the diagnostic handlers of the context, see mlir-c/Diagnostics.h.          *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef QUANTPREP_C_QUANTPREP_H
#define QUANTPREP_C_QUANTPREP_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#define QUANTPREP_C_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* The version of QuantPrep, such as "0.1.0". */
QUANTPREP_C_EXPORT MlirStringRef quantprepGetVersion(void);

/* The qprep dialect, and those of upstream that models are written in, with
 * what they are taught about quantization. */
QUANTPREP_C_EXPORT void
quantprepRegisterAllDialects(MlirDialectRegistry registry);

/* All passes, so that pipelines of mlir-c/Pass.h may name them. To be called
 * once. */
QUANTPREP_C_EXPORT void quantprepRegisterAllPasses(void);

/* Prepares a module for quantization. The options are those of the pass
 * qprep-prepare, such as "backend=tosa qconfig=tosa"; none if empty. */
QUANTPREP_C_EXPORT MlirLogicalResult quantprepPrepare(MlirModule module,
                                                      MlirStringRef options);

/* Quantizes a float module. The options are those of the pass qprep-quantize,
 * such as "inputs=calibration.npz". */
QUANTPREP_C_EXPORT MlirLogicalResult quantprepQuantize(MlirModule module,
                                                       MlirStringRef options);

typedef enum {
  QuantPrepReportJson,
  QuantPrepReportText,
  QuantPrepReportDot,
  QuantPrepReportSvg
} QuantPrepReportFormat;

/* What was decided in a prepared module. The callback gets it in pieces. */
QUANTPREP_C_EXPORT MlirLogicalResult
quantprepReport(MlirModule module, QuantPrepReportFormat format,
                MlirStringCallback callback, void *userData);

#ifdef __cplusplus
}
#endif

#endif /* QUANTPREP_C_QUANTPREP_H */
