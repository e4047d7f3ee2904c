#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/InitAll.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"

// Lists the observers of a prepared module.
int main(int, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  quantprep::registerAllDialects(registry);
  quantprep::registerAllPasses();
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(argv[1], &context);
  if (!module)
    return 1;
  for (auto observer : module->getOps<quantprep::qprep::ObserverOp>())
    llvm::outs() << observer.getSymName() << " is observer " << observer.getId()
                 << "\n";
  return 0;
}
