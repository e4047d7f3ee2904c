//===- TargetDType.h - The dtype a value will have --------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_TARGETDTYPE_H
#define QUANTPREP_ANALYSIS_TARGETDTYPE_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/Hashing.h"

namespace quantprep {

/// Unset < {None, Float, Quantized(type, dynamic)} < Conflict.
///
/// Unset: nothing is known yet. None: not a float tensor, so that it has no
/// dtype (F11). Float: stays as it is. Quantized: will have this type (ui8, i8,
/// f16, ...). Conflict: two different answers meet; reported after solving.
class TargetDType {
public:
  TargetDType() = default;
  static TargetDType none() { return TargetDType(State::None, {}, false); }
  static TargetDType floating() { return TargetDType(State::Float, {}, false); }
  static TargetDType quantized(mlir::Type type, bool dynamic) {
    return TargetDType(State::Quantized, type, dynamic);
  }
  static TargetDType conflict() {
    return TargetDType(State::Conflict, {}, false);
  }

  bool isUnset() const { return state == State::Unset; }
  bool isNone() const { return state == State::None; }
  bool isFloat() const { return state == State::Float; }
  bool isQuantized() const { return state == State::Quantized; }
  bool isConflict() const { return state == State::Conflict; }
  /// Quantized only.
  mlir::Type getType() const { return type; }
  bool isDynamic() const { return dynamic; }

  bool operator==(const TargetDType &other) const {
    return state == other.state && type == other.type &&
           dynamic == other.dynamic;
  }
  bool operator!=(const TargetDType &other) const { return !(*this == other); }

  /// The least answer that both agree with.
  static TargetDType join(const TargetDType &lhs, const TargetDType &rhs) {
    if (lhs.isUnset() || lhs == rhs)
      return rhs;
    return rhs.isUnset() ? lhs : conflict();
  }

private:
  enum class State { Unset, None, Float, Quantized, Conflict };
  TargetDType(State state, mlir::Type type, bool dynamic)
      : state(state), type(type), dynamic(dynamic) {}

  State state = State::Unset;
  mlir::Type type;
  bool dynamic = false;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_TARGETDTYPE_H
