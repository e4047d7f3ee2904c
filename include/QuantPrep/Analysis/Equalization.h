//===- Equalization.h - What is equalized (F27) -----------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_EQUALIZATION_H
#define QUANTPREP_ANALYSIS_EQUALIZATION_H

#include "QuantPrep/Config/ConfigTables.h"

namespace quantprep {

/// An operand to observe for equalization.
struct EqualizedOperand {
  const UnitOperand *operand;
  /// Over its dimension of input channels.
  qprep::ObserverAttr spec;
};

/// Decides where values are observed for equalization (F27).
class Equalization {
public:
  Equalization(const UnitGraph &graph, const ConfigTables &tables)
      : graph(graph), quantization(tables.mapping),
        equalization(tables.equalization) {}

  /// The operands of the root of a supported match, in their order; none if it
  /// has no equalization config. Warns if there are none because the input
  /// branches to another unit with a qconfig, or has no dimension of channels.
  llvm::SmallVector<EqualizedOperand, 2> getOperands(const Unit &root) const;

private:
  const Unit *findOtherUser(const Unit &root, mlir::Value value) const;

  const UnitGraph &graph;
  const QConfigMapping &quantization, &equalization;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_EQUALIZATION_H
