//===- Array.cpp - Arrays that go into and out of programs ----------------===//

#include "QuantPrep/Execution/Array.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/raw_ostream.h"

#include <new>

using namespace mlir;
using namespace quantprep::execution;

std::optional<ElementType> ElementType::of(Type type) {
  if (type.isInteger(1))
    return ElementType{'b', 1};
  if (type.isIndex())
    return ElementType{'i', 8};
  if (type.isBF16())
    return ElementType{'V', 2};
  if (isa<Float16Type, Float32Type, Float64Type>(type))
    return ElementType{'f', type.getIntOrFloatBitWidth() / 8};
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer || !llvm::is_contained({8, 16, 32, 64}, integer.getWidth()))
    return std::nullopt;
  return ElementType{integer.isUnsigned() ? 'u' : 'i', integer.getWidth() / 8};
}

std::string ElementType::str() const {
  std::string bits = std::to_string(bytes * 8);
  switch (kind) {
  case 'b':
    return "i1";
  case 'i':
    return "i" + bits;
  case 'u':
    return "ui" + bits;
  case 'f':
    return "f" + bits;
  default:
    return "bf16";
  }
}

int64_t Array::getNumBytes() const {
  int64_t count = type.bytes;
  for (int64_t dim : shape)
    count *= dim;
  return count;
}

std::string quantprep::execution::formatArrayType(ArrayRef<int64_t> shape,
                                                  ElementType type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << '<';
  for (int64_t dim : shape) {
    if (ShapedType::isDynamic(dim))
      os << '?';
    else
      os << dim;
    os << 'x';
  }
  os << type.str() << '>';
  return text;
}

std::shared_ptr<char[]> quantprep::execution::allocateElements(int64_t bytes) {
  return std::shared_ptr<char[]>(new (std::nothrow) char[bytes + 1]);
}
