//===- Annotations.h - Reading and writing annotations ----------*- C++ -*-===//
//
// The discardable attributes of the qprep dialect on ops of the model. Their
// names are here and in QPrepDialect.td, and nowhere else.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_IR_ANNOTATIONS_H
#define QUANTPREP_IR_ANNOTATIONS_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Operation.h"

namespace quantprep::annotations {

inline constexpr llvm::StringLiteral unit = "qprep.unit";
inline constexpr llvm::StringLiteral member = "qprep.member";
inline constexpr llvm::StringLiteral fused = "qprep.fused";
inline constexpr llvm::StringLiteral pattern = "qprep.pattern";
inline constexpr llvm::StringLiteral assigned = "qprep.assigned";
inline constexpr llvm::StringLiteral equalization = "qprep.equalization";
inline constexpr llvm::StringLiteral plan = "qprep.plan";
/// Keeps equal ops of units apart.
inline constexpr llvm::StringLiteral copy = "qprep.copy";
inline constexpr llvm::StringLiteral weight = "qprep.weight";
inline constexpr llvm::StringLiteral qconfig = "qprep.qconfig";
inline constexpr llvm::StringLiteral standalone = "qprep.standalone";
inline constexpr llvm::StringLiteral custom = "qprep.custom";
/// By the user, on arguments that are quantized outside.
inline constexpr llvm::StringLiteral qparams = "qprep.qparams";
/// On what an op of a unit became in an integer module.
inline constexpr llvm::StringLiteral converted = "qprep.converted";
/// On functions of integer modules: the lists of `converted` of their ops,
/// which outlive them.
inline constexpr llvm::StringLiteral units = "qprep.units";
/// There too: the presets by which they were prepared.
inline constexpr llvm::StringLiteral presets = "qprep.presets";
/// By the user, on functions (T1).
inline constexpr llvm::StringLiteral module = "qprep.module";
inline constexpr llvm::StringLiteral callee = "qprep.callee";
inline constexpr llvm::StringLiteral origin = "qprep.origin";
inline constexpr llvm::StringLiteral generated = "qprep.generated";
inline constexpr llvm::StringLiteral folded = "qprep.folded";

/// An annotation of an op; null if it has none, or (in unverified IR) one of
/// another type. Types tell most of them apart, which costs less than to search
/// for the name.
template <typename AttrT> AttrT get(mlir::Operation *op, llvm::StringRef name) {
  for (mlir::NamedAttribute attr : op->getRawDictionaryAttrs().getValue())
    if (auto found = llvm::dyn_cast<AttrT>(attr.getValue());
        found && attr.getName().getValue() == name)
      return found;
  return {};
}

inline bool has(mlir::Operation *op, llvm::StringRef name) {
  return get<mlir::UnitAttr>(op, name) != nullptr;
}

inline qprep::ComputeUnitAttr getUnit(mlir::Operation *op) {
  return get<qprep::ComputeUnitAttr>(op, unit);
}
inline qprep::MemberAttr getMember(mlir::Operation *op) {
  return get<qprep::MemberAttr>(op, member);
}
/// What an op is in its unit: its anchor, a member, or (in unverified IR) both.
struct Membership {
  qprep::ComputeUnitAttr unit;
  qprep::MemberAttr member;

  /// Of its operands; none for what is in no unit.
  llvm::ArrayRef<qprep::RoleAttr> getRoles() const {
    return unit     ? unit.getRoles()
           : member ? member.getRoles()
                    : llvm::ArrayRef<qprep::RoleAttr>();
  }
};
inline Membership getMembership(mlir::Operation *op) {
  Membership found;
  for (mlir::NamedAttribute attr : op->getRawDictionaryAttrs().getValue())
    if (auto unitAttr = llvm::dyn_cast<qprep::ComputeUnitAttr>(attr.getValue());
        unitAttr && attr.getName().getValue() == unit)
      found.unit = unitAttr;
    else if (auto memberAttr =
                 llvm::dyn_cast<qprep::MemberAttr>(attr.getValue());
             memberAttr && attr.getName().getValue() == annotations::member)
      found.member = memberAttr;
  return found;
}
inline bool isFused(mlir::Operation *op) { return has(op, fused); }
inline qprep::AssignedAttr getEqualization(mlir::Operation *op) {
  return get<qprep::AssignedAttr>(op, equalization);
}
inline mlir::SymbolRefAttr getPattern(mlir::Operation *op) {
  return get<mlir::SymbolRefAttr>(op, pattern);
}
inline qprep::AssignedAttr getAssigned(mlir::Operation *op) {
  return get<qprep::AssignedAttr>(op, assigned);
}
inline qprep::PlanAttr getPlan(mlir::Operation *op) {
  return get<qprep::PlanAttr>(op, plan);
}
/// On a function: it is replaced, or a replacement (F29).
inline bool isCustom(mlir::Operation *op) { return has(op, custom); }
inline bool isGenerated(mlir::Operation *op) { return has(op, generated); }

/// Removes all annotations of an op but those of these names.
void removeAll(mlir::Operation *op, llvm::ArrayRef<llvm::StringRef> kept = {});

/// Sets and removes annotations of the ops of one function. Ops share few
/// distinct attribute dictionaries, so that each change of a dictionary is
/// computed once and then looked up.
class Writer {
public:
  explicit Writer(mlir::MLIRContext *context) : context(context) {}

  void set(mlir::Operation *op, llvm::StringRef name, mlir::Attribute value);
  /// Sets a unit attribute.
  void mark(mlir::Operation *op, llvm::StringRef name);
  void remove(mlir::Operation *op, llvm::StringRef name) { set(op, name, {}); }

private:
  mlir::MLIRContext *context;
  llvm::DenseMap<std::tuple<mlir::Attribute, const char *, mlir::Attribute>,
                 mlir::DictionaryAttr>
      changes;
};

/// Removes annotations of these names. Each distinct dictionary is filtered
/// once.
class Filter {
public:
  explicit Filter(llvm::ArrayRef<llvm::StringRef> names) : names(names) {}

  /// Returns whether no op before had what this one has.
  bool apply(mlir::Operation *op);

private:
  llvm::ArrayRef<llvm::StringRef> names;
  llvm::DenseMap<mlir::DictionaryAttr, mlir::DictionaryAttr> filtered;
};

} // namespace quantprep::annotations

#endif // QUANTPREP_IR_ANNOTATIONS_H
