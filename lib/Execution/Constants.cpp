//===- Constants.cpp - Constants stay where the module has them -----------===//

#include "Constants.h"

#include "Lower.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>

using namespace mlir;
using namespace quantprep::execution;

ArrayRef<char> quantprep::execution::getRawElements(ElementsAttr elements) {
  if (auto dense = dyn_cast<DenseElementsAttr>(elements))
    return dense.getRawData();
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      return blob->getData();
  return {};
}

/// Not more than this is compiled into code, where it can be folded.
static constexpr int64_t maxInlineElements = 16;

/// The elements as a buffer: those of the attribute, or a copy in a form that
/// code can read, which `buffers` gets.
static const char *getElements(ElementsAttr elements, ElementType type,
                               std::vector<std::shared_ptr<char[]>> &buffers) {
  ArrayRef<char> raw = getRawElements(elements);
  bool isSplat = elements.isSplat();
  auto dense = dyn_cast<DenseElementsAttr>(elements);
  if (!raw.empty() && !isSplat && !(dense && type.kind == 'b'))
    return raw.data();
  int64_t count = elements.getNumElements();
  std::shared_ptr<char[]> buffer = allocateElements(count * type.bytes);
  if (!buffer)
    return nullptr;
  if (type.kind == 'b')
    for (auto [i, value] : llvm::enumerate(elements.getValues<bool>()))
      buffer[i] = value;
  else
    for (int64_t i = 0; i < count; ++i)
      std::memcpy(buffer.get() + i * type.bytes, raw.data(), type.bytes);
  buffers.push_back(buffer);
  return buffer.get();
}

LogicalResult quantprep::execution::externalizeConstants(
    ModuleOp module, Symbols &symbols,
    std::vector<std::shared_ptr<char[]>> &buffers) {
  for (auto global : module.getOps<memref::GlobalOp>()) {
    auto elements =
        dyn_cast_or_null<ElementsAttr>(global.getInitialValueAttr());
    if (!elements || elements.getNumElements() <= maxInlineElements)
      continue;
    std::optional<ElementType> type =
        ElementType::of(elements.getElementType());
    if (!type || (getRawElements(elements).empty()))
      continue;
    const char *data = getElements(elements, *type, buffers);
    if (!data)
      return global.emitError() << "there is no memory for its "
                                << elements.getNumElements() << " elements";
    symbols[global.getSymName()] = const_cast<char *>(data);
    global.removeInitialValueAttr();
    // Of another module, to LLVM.
    global.setPublic();
    // Attributes have their elements anywhere.
    global.setAlignment(type->bytes);
  }
  return success();
}
