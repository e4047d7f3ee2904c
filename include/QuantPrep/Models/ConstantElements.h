//===- ConstantElements.h - Elements of float constants ---------*- C++ -*-===//

#ifndef QUANTPREP_MODELS_CONSTANTELEMENTS_H
#define QUANTPREP_MODELS_CONSTANTELEMENTS_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

namespace quantprep {

/// The elements of a float constant, in f64.
struct ConstantElements {
  mlir::ShapedType type;
  /// All elements, or the one that all of them are. Empty for a constant that
  /// was printed without its elements.
  std::vector<double> values;
  /// The blob that the elements came from; null for others.
  mlir::DenseResourceElementsAttr resource;

  bool isElided() const { return values.empty(); }
  bool isSplat() const { return values.size() == 1; }
  double at(int64_t index) const { return values[isSplat() ? 0 : index]; }
};

/// None for what is no float constant with elements of 16, 32 or 64 bits.
std::optional<ConstantElements> readElements(mlir::Attribute constant);

/// The elements of a constant behind transposes, reshapes, repetitions and
/// casts, as `value` has them. None for what is computed in another way.
std::optional<ConstantElements> readElements(mlir::Value value);

/// A constant of these elements, rounded once, in the form of `like`: a blob, a
/// dense attribute, or one without elements.
mlir::TypedAttr makeElements(mlir::ShapedType type,
                             llvm::ArrayRef<double> values,
                             const ConstantElements &like);

} // namespace quantprep

#endif // QUANTPREP_MODELS_CONSTANTELEMENTS_H
