//===- Array.h - Arrays that go into and out of programs --------*- C++ -*-===//

#ifndef QUANTPREP_EXECUTION_ARRAY_H
#define QUANTPREP_EXECUTION_ARRAY_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <optional>
#include <string>

namespace quantprep::execution {

/// An element type as numpy names it: a letter for its kind ('b' bool, 'i'
/// signed, 'u' unsigned, 'f' float, 'V' raw bytes, as which bf16 is stored) and
/// the number of bytes.
struct ElementType {
  char kind = 0;
  int64_t bytes = 0;

  bool operator==(const ElementType &other) const {
    return kind == other.kind && bytes == other.bytes;
  }
  bool operator!=(const ElementType &other) const { return !(*this == other); }

  /// How elements of an MLIR type are stored; none if arrays cannot hold them.
  static std::optional<ElementType> of(mlir::Type type);
  /// As MLIR writes it: i1, i8, ui8, f32, bf16.
  std::string str() const;
};

/// Dense elements in row-major order. Copies share them.
struct Array {
  ElementType type;
  llvm::SmallVector<int64_t> shape;
  std::shared_ptr<char[]> data;

  int64_t getNumBytes() const;
};

/// `<2x3xf32>`, as in messages.
std::string formatArrayType(llvm::ArrayRef<int64_t> shape, ElementType type);

/// Memory for `bytes` bytes, null if there is not enough.
std::shared_ptr<char[]> allocateElements(int64_t bytes);

} // namespace quantprep::execution

#endif // QUANTPREP_EXECUTION_ARRAY_H
