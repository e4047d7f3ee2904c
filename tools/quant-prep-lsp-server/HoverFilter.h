//===- HoverFilter.h - Completes what a server says of an op ----*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_HOVERFILTER_H
#define QUANTPREP_TOOLS_HOVERFILTER_H

#include "Documents.h"

#include "llvm/Support/JSON.h"

#include <map>
#include <mutex>

namespace quantprep::lsp {

/// Stands between an editor and a server of the MLIR language, each on a thread
/// of its own.
class HoverFilter {
public:
  explicit HoverFilter(mlir::DialectRegistry &registry) : documents(registry) {}

  /// A message of the editor: remembers documents, and which hovers it asks
  /// for.
  void noteRequest(llvm::StringRef message);

  /// A message of the server; a hover comes back with what `describeOp` says.
  std::string completeReply(std::string message);

private:
  std::mutex mutex;
  Documents documents;
  /// Hovers that have no reply yet, by id.
  std::map<std::string, Place> hovers;
};

/// Writes a message with its header.
void writeMessage(llvm::StringRef message, llvm::raw_ostream &os);

} // namespace quantprep::lsp

#endif // QUANTPREP_TOOLS_HOVERFILTER_H
