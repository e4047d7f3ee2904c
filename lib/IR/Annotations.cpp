//===- Annotations.cpp - Reading and writing annotations ------------------===//

#include "QuantPrep/IR/Annotations.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace quantprep;

void annotations::Writer::set(Operation *op, StringRef name, Attribute value) {
  DictionaryAttr before = op->getRawDictionaryAttrs();
  if (!value && (before.empty() || !before.get(name)))
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

void annotations::removeAll(Operation *op, ArrayRef<StringRef> kept) {
  DictionaryAttr before = op->getRawDictionaryAttrs();
  SmallVector<NamedAttribute> after;
  for (NamedAttribute attr : before)
    if (!isa_and_nonnull<qprep::QPrepDialect>(attr.getNameDialect()) ||
        llvm::is_contained(kept, attr.getName().getValue()))
      after.push_back(attr);
  if (after.size() != before.size())
    op->setDiscardableAttrs(
        DictionaryAttr::getWithSorted(op->getContext(), after));
}

bool annotations::Filter::apply(Operation *op) {
  DictionaryAttr attrs = op->getRawDictionaryAttrs();
  if (attrs.empty())
    return false;
  auto [it, isNew] = filtered.try_emplace(attrs, attrs);
  if (isNew) {
    SmallVector<NamedAttribute> kept;
    for (NamedAttribute attr : attrs)
      if (!llvm::is_contained(names, attr.getName().getValue()))
        kept.push_back(attr);
    if (kept.size() != attrs.size())
      it->second = DictionaryAttr::getWithSorted(op->getContext(), kept);
  }
  if (it->second != attrs)
    op->setDiscardableAttrs(it->second);
  return isNew;
}
