//===- Help.h - What --help begins with -------------------------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_HELP_H
#define QUANTPREP_TOOLS_HELP_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace quantprep {

/// Whether the arguments ask for help.
bool wantsHelp(llvm::ArrayRef<const char *> arguments);

/// Our passes by what they are for, in plain words; the thousand options of
/// LLVM and MLIR come after it. All passes have been registered.
void printOwnHelp(llvm::raw_ostream &os);

} // namespace quantprep

#endif // QUANTPREP_TOOLS_HELP_H
