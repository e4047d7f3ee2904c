//===- Nearest.h - What a misspelt name may have meant ----------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_NEAREST_H
#define QUANTPREP_SUPPORT_NEAREST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace quantprep {
/// The known names that are most like `name`, the nearest first, at most
/// `limit` of them; those that nobody could have meant are left out.
llvm::SmallVector<llvm::StringRef>
findNearest(llvm::StringRef name, llvm::ArrayRef<llvm::StringRef> known,
            size_t limit = 3);

/// For the end of a message: "; did you mean 'x'?", or nothing.
std::string suggestNearest(llvm::StringRef name,
                           llvm::ArrayRef<llvm::StringRef> known);
} // namespace quantprep

#endif // QUANTPREP_SUPPORT_NEAREST_H
