//===- Annotations.cpp - Reading and writing annotations ------------------===//

#include "QuantPrep/IR/Annotations.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace quantprep;

void annotations::Writer::set(Operation *op, StringRef name, Attribute value) {
  DictionaryAttr before = op->getRawDictionaryAttrs();
  if (!value && !before.get(name))
    return;
  // Names are literals: their address stands for them.
  DictionaryAttr &after = changes[{before, name.data(), value}];
  if (!after) {
    NamedAttrList attrs(before);
    if (value)
      attrs.set(name, value);
    else
      attrs.erase(name);
    after = attrs.getDictionary(context);
  }
  op->setDiscardableAttrs(after);
}

void annotations::Writer::mark(Operation *op, StringRef name) {
  set(op, name, UnitAttr::get(context));
}
