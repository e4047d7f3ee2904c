//===- BoundaryDType.h - The dtype of a boundary value ----------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_BOUNDARYDTYPE_H
#define QUANTPREP_ANALYSIS_BOUNDARYDTYPE_H

#include "QuantPrep/Analysis/TargetDType.h"
#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"

namespace quantprep {

/// What is known of a value that a call, a branch or a loop forwards:
///   uninitialized < float < quantized
/// Uninitialized is what nobody has looked at. What is unknown, since its
/// sources do not agree, is float, as it may be float.
struct BoundaryDType {
  TargetDType dtype;
  /// What it is observed with, and whether as a weight; null if it is not.
  qprep::ObserverAttr spec;
  bool isWeight = false;
  /// Quantized, but by no observer of the module (F10).
  bool outside = false;

  static BoundaryDType unknown() { return {TargetDType::floating(), {}}; }

  bool operator==(const BoundaryDType &other) const {
    return dtype == other.dtype && spec == other.spec &&
           outside == other.outside;
  }

  enum class Joined {
    /// Both are of one dtype.
    same,
    /// The other one is quantized, and decides.
    raised,
    /// This one is quantized, and decides.
    kept,
    /// The two do not agree; this one is as it was.
    differ
  };
  /// Joins two sources of one value. `anyDecides`: it is quantized if any of
  /// its sources is (B1), where others have to agree.
  Joined join(const BoundaryDType &other, bool anyDecides);
};

inline BoundaryDType::Joined BoundaryDType::join(const BoundaryDType &other,
                                                 bool anyDecides) {
  bool isOutside = outside && other.outside;
  if (other.dtype == dtype) {
    outside = isOutside;
    if (!spec) {
      spec = other.spec;
      isWeight = other.isWeight;
    }
    return Joined::same;
  }
  bool isRaised =
      anyDecides && other.dtype.isQuantized() && !dtype.isQuantized();
  if (isRaised) {
    *this = other;
    return Joined::raised;
  }
  outside = isOutside;
  return anyDecides && dtype.isQuantized() && !other.dtype.isQuantized()
             ? Joined::kept
             : Joined::differ;
}

using BoundaryDTypeMap = llvm::DenseMap<mlir::Value, BoundaryDType>;

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_BOUNDARYDTYPE_H
