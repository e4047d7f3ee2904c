//===- ObserverTable.cpp - Observers of a module by name ------------------===//

#include "ObserverTable.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

std::string quantprep::getObserverPath(ObserverOp observer) {
  std::string path = observer.getSymName().str();
  for (Operation *op = observer->getParentOp(); op && op->getParentOp();
       op = op->getParentOp())
    if (auto symbol = dyn_cast<SymbolOpInterface>(op))
      if (StringAttr outer = symbol.getNameAttr())
        path = outer.str() + "::" + path;
  return path;
}

std::map<std::string, ObserverOp> quantprep::collectObservers(ModuleOp module) {
  std::map<std::string, ObserverOp> observers;
  module.walk([&](ObserverOp observer) {
    observers.insert({getObserverPath(observer), observer});
  });
  return observers;
}

LogicalResult quantprep::addStatistics(ObserverOp observer,
                                       const statistics::Statistics &seen,
                                       StringRef source) {
  if (seen.getData().count == 0)
    return success();
  FailureOr<statistics::Statistics> all = readStatistics(observer);
  if (failed(all))
    return failure();
  if (std::optional<std::string> problem = all->merge(seen))
    return observer.emitOpError()
           << "cannot take the statistics of '" << source << "': " << *problem;
  observer.setStatisticsAttr(toAttribute(observer.getContext(), *all));
  if (observer.getQparams())
    observer.emitWarning()
        << "observer '" << observer.getSymName()
        << "' has qparams, which stay as they are; remove them to have them "
           "chosen from all statistics";
  return success();
}

FailureOr<std::string> quantprep::readFile(StringRef path, Location loc) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return emitError(loc) << "cannot open '" << path
                          << "': " << buffer.getError().message();
  return (*buffer)->getBuffer().str();
}

std::string quantprep::toFileOption(StringRef options) {
  bool isName = !options.empty() && !options.starts_with("file=");
  return (isName ? "file=" : "") + options.str();
}
