/* Prepares, reports and quantizes through the C interface.
 *
 * usage: quantprep-c-test MODEL PREPARE-OPTIONS [QUANTIZE-OPTIONS]
 *
 * Prints the report as text of the prepared model; with options to quantize,
 * the quantized model after it. */

#include "quantprep-c/QuantPrep.h"

#include "mlir-c/IR.h"

#include <stdio.h>
#include <string.h>

static void print(MlirStringRef text, void *file) {
  fwrite(text.data, 1, text.length, file);
}

static MlirModule read(MlirContext context, const char *path) {
  static char text[1 << 20];
  FILE *file = fopen(path, "rb");
  MlirModule none = {NULL};
  if (!file)
    return none;
  size_t size = fread(text, 1, sizeof text, file);
  fclose(file);
  return mlirModuleCreateParse(context, mlirStringRefCreate(text, size));
}

static int run(MlirContext context, char **arguments) {
  MlirModule module = read(context, arguments[0]);
  if (mlirModuleIsNull(module))
    return 1;
  int failed = mlirLogicalResultIsFailure(quantprepPrepare(
                   module, mlirStringRefCreateFromCString(arguments[1]))) ||
               mlirLogicalResultIsFailure(
                   quantprepReport(module, QuantPrepReportText, print, stdout));
  mlirModuleDestroy(module);
  if (failed || !arguments[2])
    return failed;

  module = read(context, arguments[0]);
  failed = mlirLogicalResultIsFailure(
      quantprepQuantize(module, mlirStringRefCreateFromCString(arguments[2])));
  if (!failed)
    mlirOperationPrint(mlirModuleGetOperation(module), print, stdout);
  mlirModuleDestroy(module);
  return failed;
}

int main(int argc, char **argv) {
  if (argc < 3)
    return 2;
  MlirStringRef version = quantprepGetVersion();
  printf("version %.*s\n", (int)version.length, version.data);

  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  quantprepRegisterAllDialects(registry);
  quantprepRegisterAllPasses();
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  int failed = run(context, argv + 1);
  mlirContextDestroy(context);
  mlirDialectRegistryDestroy(registry);
  return failed;
}
