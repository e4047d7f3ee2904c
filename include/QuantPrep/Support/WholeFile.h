//===- WholeFile.h - Files that are written whole or not at all -*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_WHOLEFILE_H
#define QUANTPREP_SUPPORT_WHOLEFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace quantprep {

/// Writes a file whole or not at all: nobody ever sees half of it, and after an
/// error or an interruption what was there before is still there. `write` gets
/// the path of a file beside it, which takes its place on success. "-"
/// (standard output) and what is no regular file (a pipe, a device) are written
/// as they are.
llvm::Error
writeWholeFile(llvm::StringRef path,
               llvm::function_ref<llvm::Error(llvm::StringRef path)> write);

/// The same for what is printed to a stream.
llvm::Error printWholeFile(llvm::StringRef path,
                           llvm::function_ref<void(llvm::raw_ostream &)> print);

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_WHOLEFILE_H
