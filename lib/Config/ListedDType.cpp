//===- ListedDType.cpp - What is quantized outside (F10) ------------------===//

#include "QuantPrep/Config/ListedDType.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

IntegerType quantprep::getListedDType(ConfigOp config) {
  IntegerType first;
  for (auto backend : config.getBody().getOps<BackendOp>())
    for (auto pattern : backend.getBody().getOps<PatternOp>())
      for (auto dtypes : pattern.getDtypes().getAsRange<DTypeConfigAttr>()) {
        auto type = dtypes.getInput()
                        ? dyn_cast<IntegerType>(dtypes.getInput().getType())
                        : IntegerType();
        if (type && type.isUnsignedInteger(8))
          return type;
        if (!first)
          first = type;
      }
  return first
             ? first
             : IntegerType::get(config.getContext(), 8, IntegerType::Unsigned);
}
