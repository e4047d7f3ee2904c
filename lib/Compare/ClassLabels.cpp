//===- ClassLabels.cpp - The right class of each result -------------------===//

#include "ClassLabels.h"

#include "QuantPrep/Compare/Measures.h"

#include <limits>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;

/// Each has to be a class of some result.
static LogicalResult checkLabels(func::FuncOp function, StringRef name,
                                 const ClassLabels &labels) {
  int64_t classes = 0;
  for (Type result : function.getResultTypes())
    if (auto type = dyn_cast<RankedTensorType>(result);
        type && type.getRank() > 0)
      classes = std::max(classes, type.isDynamicDim(type.getRank() - 1)
                                      ? std::numeric_limits<int64_t>::max()
                                      : type.getShape().back());
  for (auto [run, right] : llvm::enumerate(labels))
    for (int64_t label : right)
      if (label < 0 || label >= classes)
        return emitError(function.getLoc())
               << "label " << label << " of array '" << name << "' for run "
               << run << " is none of the " << classes
               << " classes of the result; they are counted from 0";
  return success();
}

/// Those of one file.
static LogicalResult append(func::FuncOp function,
                            const execution::Inputs::Aside &aside,
                            StringRef name, std::vector<int64_t> &labels) {
  if (!aside.array)
    return emitError(function.getLoc())
           << "file '" << aside.path << "' has no array '" << name
           << "', which --labels names";
  const execution::Array &array = *aside.array;
  if (array.type.kind != 'i' && array.type.kind != 'u')
    return emitError(function.getLoc())
           << "array '" << name << "' of file '" << aside.path << "' is "
           << execution::formatArrayType(array.shape, array.type)
           << "; numbers of classes are needed, as integers";
  std::vector<double> numbers(getNumElements(array));
  Decoder().decode(array, 0, numbers);
  labels.insert(labels.end(), numbers.begin(), numbers.end());
  return success();
}

FailureOr<ClassLabels> compare::readLabels(func::FuncOp function,
                                           const execution::Inputs &inputs,
                                           StringRef name) {
  ClassLabels labels;
  if (name.empty())
    return labels;
  std::vector<int64_t> all;
  for (const execution::Inputs::Aside &aside : inputs.getAside())
    if (failed(append(function, aside, name, all)))
      return failure();
  int64_t runs = inputs.getNumRuns();
  if (all.empty() || all.size() % runs != 0)
    return emitError(function.getLoc()) << all.size() << " labels for " << runs
                                        << " runs; as many are needed for each";
  size_t each = all.size() / runs;
  for (int64_t run = 0; run < runs; ++run)
    labels.emplace_back(all.begin() + run * each,
                        all.begin() + (run + 1) * each);
  if (failed(checkLabels(function, name, labels)))
    return failure();
  return labels;
}
