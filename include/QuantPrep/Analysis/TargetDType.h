//===- TargetDType.h - The dtype a value will have --------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_TARGETDTYPE_H
#define QUANTPREP_ANALYSIS_TARGETDTYPE_H

#include "mlir/IR/Types.h"

namespace quantprep {

/// Unset: nothing is known yet. None: not a float tensor, so that it has no
/// dtype (F11). Float: stays as it is. Quantized: will have this type (ui8, i8,
/// f16, ...).
class TargetDType {
public:
  TargetDType() = default;
  static TargetDType none() { return TargetDType(State::None, {}, false); }
  static TargetDType floating() { return TargetDType(State::Float, {}, false); }
  static TargetDType quantized(mlir::Type type, bool dynamic) {
    return TargetDType(State::Quantized, type, dynamic);
  }

  bool isUnset() const { return state == State::Unset; }
  bool isNone() const { return state == State::None; }
  bool isFloat() const { return state == State::Float; }
  bool isQuantized() const { return state == State::Quantized; }
  /// Quantized only.
  mlir::Type getType() const { return type; }
  bool isDynamic() const { return dynamic; }

  bool operator==(const TargetDType &other) const {
    return state == other.state && type == other.type &&
           dynamic == other.dynamic;
  }
  bool operator!=(const TargetDType &other) const { return !(*this == other); }

private:
  enum class State : uint8_t { Unset, None, Float, Quantized };
  TargetDType(State state, mlir::Type type, bool dynamic)
      : type(type), state(state), dynamic(dynamic) {}

  mlir::Type type;
  State state = State::Unset;
  bool dynamic = false;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_TARGETDTYPE_H
