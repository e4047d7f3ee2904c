//===- QConfigMapping.h - Which qconfig a unit gets (F2) --------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_QCONFIGMAPPING_H
#define QUANTPREP_CONFIG_QCONFIGMAPPING_H

#include "QuantPrep/Matching/UnitGraph.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Regex.h"

namespace quantprep {

/// How many units directly in the same module are before a unit: of its kind,
/// and with an anchor of its op.
struct UnitOrder {
  unsigned ofKind = 0;
  unsigned ofOp = 0;
};

/// Counts the units of a function; ask for each of them once, in program order.
class UnitCounter {
public:
  UnitOrder next(const Unit &unit);

private:
  llvm::StringMap<unsigned> seen;
};

/// The levels of F2, read from a resolved configuration: those of quantization,
/// or those of equalization (F27).
class QConfigMapping {
public:
  explicit QConfigMapping(qprep::ConfigOp config, bool equalization = false);

  /// Whether an assignment counts units, so that getAssigned requires their
  /// order.
  bool countsUnits() const { return !byOrder.empty(); }

  /// Whether an assignment names units, so that getAssigned requires their
  /// labels.
  bool namesUnits() const {
    return !byOrder.empty() || !byName.empty() || !byRegex.empty();
  }

  /// Whether an assignment speaks of paths, so that functions may have one.
  bool namesPaths() const { return !byName.empty(); }

  /// What the path of a function, or the nearest enclosing one, is assigned
  /// (T1); null if nothing is.
  qprep::AssignedAttr getAssigned(mlir::FunctionOpInterface function) const;

  /// The strongest level that speaks of a unit decides; `none` is an answer.
  /// `function` is the one around it.
  qprep::AssignedAttr getAssigned(const Unit &unit, llvm::StringRef label,
                                  const UnitOrder &order,
                                  mlir::Operation *function) const;

  /// The specs of an assignment; null if it assigns none.
  qprep::QConfigAttr getQConfig(qprep::AssignedAttr assigned) const;
  /// The specs of what has been assigned to a unit; null for none.
  qprep::QConfigAttr getQConfig(const Unit &unit) const;

private:
  /// What one level says; null if it does not speak of the unit.
  qprep::AssignedAttr findByAttribute(const Unit &unit,
                                      mlir::Operation *function) const;
  qprep::AssignedAttr findByOrder(llvm::StringRef path, const Unit &unit,
                                  const UnitOrder &order) const;
  qprep::AssignedAttr findByName(llvm::StringRef path, const Unit &unit) const;
  qprep::AssignedAttr findByPath(llvm::StringRef path) const;
  qprep::AssignedAttr findByRegex(llvm::StringRef label,
                                  llvm::StringRef path) const;
  qprep::AssignedAttr findByKind(const Unit &unit) const;
  qprep::AssignedAttr getAnswer(mlir::FlatSymbolRefAttr qconfig,
                                qprep::AssignLevel level) const;

  qprep::ConfigOp config;
  bool equalization;
  qprep::AssignedAttr global;
  llvm::StringMap<qprep::AssignedAttr> byKind, byName, byOrder;
  std::vector<std::pair<llvm::Regex, qprep::AssignedAttr>> byRegex;
  llvm::DenseMap<mlir::StringAttr, qprep::QConfigAttr> qconfigs;
  /// References to these from the module.
  llvm::DenseMap<mlir::StringAttr, mlir::SymbolRefAttr> references;
};

/// The module of a unit: its path without the last part. Parts are separated
/// by dots or slashes.
llvm::StringRef getEnclosingPath(llvm::StringRef path);

/// The path of a function (T1): `qprep.module`, else its symbol; with dots.
std::string getFunctionPath(mlir::FunctionOpInterface function);

/// One spelling for paths that dots or slashes separate.
std::string getCanonicalPath(llvm::StringRef path);

/// What the n-th unit of a kind, or op, directly in a module is found by.
std::string getOrderKey(llvm::StringRef module, llvm::StringRef kind,
                        int64_t index);

/// A regex of a path, anchored at the start only.
llvm::Regex getPathRegex(llvm::StringRef text);

} // namespace quantprep

#endif // QUANTPREP_CONFIG_QCONFIGMAPPING_H
