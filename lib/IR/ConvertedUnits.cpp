//===- ConvertedUnits.cpp - What became of units --------------------------===//

#include "QuantPrep/IR/ConvertedUnits.h"
#include "QuantPrep/IR/Annotations.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

DictionaryAttr ConvertedUnit::toAttribute(MLIRContext *context) const {
  Builder builder(context);
  NamedAttrList fields;
  fields.set("kind", builder.getStringAttr(stringifyEnum(kind)));
  fields.set("label", builder.getStringAttr(label));
  fields.set("form", builder.getStringAttr(stringifyEnum(form)));
  if (scale)
    fields.set("scale", scale);
  if (zeroPoint)
    fields.set("zero_point", zeroPoint);
  if (folded)
    fields.set("folded", folded);
  if (!reason.empty())
    fields.set("reason", builder.getStringAttr(reason));
  return fields.getDictionary(context);
}

std::optional<ConvertedUnit> ConvertedUnit::read(Attribute attr) {
  auto fields = dyn_cast_or_null<DictionaryAttr>(attr);
  if (!fields)
    return std::nullopt;
  auto text = [&](StringRef name) {
    auto string = fields.getAs<StringAttr>(name);
    return string ? string.getValue() : StringRef();
  };
  std::optional<UnitKind> kind = symbolizeUnitKind(text("kind"));
  std::optional<UnitForm> form = symbolizeUnitForm(text("form"));
  ConvertedUnit unit;
  unit.label = text("label");
  unit.scale = fields.getAs<DenseF64ArrayAttr>("scale");
  unit.zeroPoint = fields.getAs<DenseI64ArrayAttr>("zero_point");
  unit.folded = fields.getAs<ArrayAttr>("folded");
  unit.reason = text("reason");
  size_t scales = unit.scale ? unit.scale.size() : 0;
  size_t zeroPoints = unit.zeroPoint ? unit.zeroPoint.size() : 0;
  if (!kind || !form || unit.label.empty() || scales != zeroPoints ||
      (unit.folded && !llvm::all_of(unit.folded, llvm::IsaPred<StringAttr>)))
    return std::nullopt;
  unit.kind = *kind;
  unit.form = *form;
  // What is misspelt, or of another type, is not read back.
  if (unit.toAttribute(attr.getContext()) != attr)
    return std::nullopt;
  return unit;
}

SmallVector<ConvertedUnit, 2> quantprep::readConvertedUnits(ArrayAttr array) {
  SmallVector<ConvertedUnit, 2> units;
  for (Attribute attr : array)
    if (std::optional<ConvertedUnit> unit = ConvertedUnit::read(attr))
      units.push_back(*unit);
  return units;
}

SmallVector<ConvertedUnit, 2> quantprep::getConvertedUnits(Operation *op) {
  if (auto array = annotations::get<ArrayAttr>(op, annotations::converted))
    return readConvertedUnits(array);
  return {};
}

void quantprep::addConvertedUnit(Operation *op, const ConvertedUnit &unit) {
  SmallVector<Attribute> units;
  if (auto present = annotations::get<ArrayAttr>(op, annotations::converted))
    llvm::append_range(units, present);
  units.push_back(unit.toAttribute(op->getContext()));
  op->setAttr(annotations::converted, ArrayAttr::get(op->getContext(), units));
}
