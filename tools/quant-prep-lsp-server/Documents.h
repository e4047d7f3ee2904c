//===- Documents.h - Texts that an editor has open --------------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_DOCUMENTS_H
#define QUANTPREP_TOOLS_DOCUMENTS_H

#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringMap.h"

namespace quantprep::lsp {

/// Where a cursor is; lines and characters are counted from 0.
struct Place {
  std::string uri;
  int line, character;
};

class Documents {
public:
  explicit Documents(mlir::DialectRegistry &registry);

  void set(llvm::StringRef uri, llvm::StringRef text);
  void erase(llvm::StringRef uri);

  /// What is to be said of the op at a place; empty if there is none, or the
  /// text has errors.
  std::string describe(const Place &place);

private:
  mlir::MLIRContext context;
  llvm::StringMap<std::string> texts;
};

} // namespace quantprep::lsp

#endif // QUANTPREP_TOOLS_DOCUMENTS_H
