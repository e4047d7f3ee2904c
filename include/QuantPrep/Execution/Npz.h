//===- Npz.h - Files of arrays ----------------------------------*- C++ -*-===//
//
// The files of numpy: .npy, one array, and .npz, a zip archive of them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_EXECUTION_NPZ_H
#define QUANTPREP_EXECUTION_NPZ_H

#include "QuantPrep/Execution/Array.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace quantprep::execution {

struct NamedArray {
  std::string name; ///< Empty in a .npy.
  Array array;
};

/// The array in the bytes of a .npy. Takes both orders of dimensions.
llvm::Expected<Array> parseNpy(std::shared_ptr<char[]> bytes, int64_t size);

/// What comes before the elements in a .npy.
std::string formatNpyHeader(const Array &array);

/// All arrays of a .npy or .npz, in the order of the file. Errors say what is
/// wrong, and with which array.
llvm::Expected<std::vector<NamedArray>> readArrays(llvm::StringRef path);

/// Writes a .npz, whole or not at all.
llvm::Error writeNpz(llvm::StringRef path, llvm::ArrayRef<NamedArray> arrays);

} // namespace quantprep::execution

#endif // QUANTPREP_EXECUTION_NPZ_H
