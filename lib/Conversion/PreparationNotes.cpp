//===- PreparationNotes.cpp - What is left of preparation -----------------===//

#include "PreparationNotes.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void quantprep::notePresets(ModuleOp module) {
  Builder builder(module.getContext());
  auto name = [&](StringRef key, StringRef value) {
    return builder.getNamedAttr(key, builder.getStringAttr(value));
  };
  forEachPresets(module, [&](FunctionOpInterface function, PresetNames names) {
    function->setAttr(
        annotations::presets,
        builder.getDictionaryAttr(
            {name("backend", names.backend), name("qconfig", names.qconfig)}));
  });
}

void quantprep::noteUnits(ModuleOp module) {
  for (auto function : module.getOps<FunctionOpInterface>()) {
    SmallVector<Attribute> units;
    function->walk([&](Operation *op) {
      if (auto converted =
              annotations::get<ArrayAttr>(op, annotations::converted))
        units.push_back(converted);
    });
    if (!units.empty())
      function->setAttr(annotations::units,
                        ArrayAttr::get(module.getContext(), units));
  }
}

void quantprep::removePreparation(ModuleOp module) {
  SmallVector<Operation *> ours;
  module.walk([&](Operation *op) {
    if (isa<ObserverOp, ConfigOp>(op) && op->getParentOp() == module)
      ours.push_back(op);
    annotations::removeAll(
        op, {annotations::converted, annotations::units, annotations::presets});
  });
  for (Operation *op : ours)
    op->erase();
}
