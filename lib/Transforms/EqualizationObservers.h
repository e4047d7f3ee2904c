//===- EqualizationObservers.h - What is equalized (F27) --------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_EQUALIZATIONOBSERVERS_H
#define QUANTPREP_TRANSFORMS_EQUALIZATIONOBSERVERS_H

#include "QuantPrep/Config/ConfigTables.h"

namespace quantprep {

/// An observer for equalization, and the operand to put it on.
struct EqualizationObserver {
  const UnitOperand *operand;
  /// Over the input channels of the operand.
  qprep::ObserverAttr spec;
};

/// Decides where values are observed for equalization (F27). Reads the original
/// uses: to be asked about a unit whatever has been inserted already.
class Equalization {
public:
  Equalization(const UnitGraph &graph, const ConfigTables &tables)
      : graph(graph), quantization(tables.mapping),
        equalization(tables.equalization) {}

  /// The observers of the root of a supported match, in operand order; none if
  /// it has no equalization config. Warns if there are none because the input
  /// branches to another unit with a qconfig, or has no dimension of channels.
  llvm::SmallVector<EqualizationObserver, 2>
  getObservers(const Unit &root) const;

private:
  const Unit *findOtherUser(const Unit &root, mlir::Value value) const;

  const UnitGraph &graph;
  const QConfigMapping &quantization, &equalization;
};

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_EQUALIZATIONOBSERVERS_H
