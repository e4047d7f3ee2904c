//===- ObserverTable.h - Observers of a module by name ----------*- C++ -*-===//
//
// Shared by the passes that bring what others know of observers into a module.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_TRANSFORMS_OBSERVERTABLE_H
#define QUANTPREP_TRANSFORMS_OBSERVERTABLE_H

#include "QuantPrep/IR/ObserverStatistics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/JSON.h"
#include <map>

namespace quantprep {

/// The observer's symbol, after those of the modules it is nested in.
std::string getObserverPath(qprep::ObserverOp observer);

/// All observers of a module by their paths.
std::map<std::string, qprep::ObserverOp>
collectObservers(mlir::ModuleOp module);

/// Adds `seen` to the statistics of `observer`. Warns if it has qparams, which
/// stay as they are. `source` is where `seen` comes from.
mlir::LogicalResult addStatistics(qprep::ObserverOp observer,
                                  const statistics::Statistics &seen,
                                  llvm::StringRef source);

/// The text of a file; an error at `loc` if it cannot be read.
mlir::FailureOr<std::string> readFile(llvm::StringRef path, mlir::Location loc);

/// What a file has as JSON. `problem` is what is said of one that has not, with
/// what the reader found and with `advice`.
template <typename T>
mlir::FailureOr<T> readJSON(llvm::StringRef path, mlir::Location loc,
                            llvm::StringRef problem, llvm::StringRef advice) {
  mlir::FailureOr<std::string> text = readFile(path, loc);
  if (failed(text))
    return mlir::failure();
  llvm::Expected<T> parsed = llvm::json::parse<T>(*text, "");
  if (!parsed)
    return mlir::emitError(loc)
           << "'" << path << "' " << problem << ": "
           << llvm::toString(parsed.takeError()) << "; " << advice;
  return std::move(*parsed);
}

/// Options that are a file's name and nothing else: `--pass=FILE`.
std::string toFileOption(llvm::StringRef options);

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_OBSERVERTABLE_H
