//===- Blocks.h - Units drawn together --------------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_REPORT_BLOCKS_H
#define QUANTPREP_LIB_REPORT_BLOCKS_H

#include "QuantPrep/Report/Model.h"

namespace quantprep::report {

/// Units of a function that are one node of a picture.
struct UnitBlock {
  /// The names have it in common; empty if they have nothing.
  std::string name;
  /// In program order; at least one.
  llvm::SmallVector<const UnitEntry *> units;
};

/// Puts units into at most `most` blocks (0: any number), a block per unit if
/// there are no more. Units of one module, by their names (layer1.0.conv1), are
/// together, as deep in the names as fits; one without a name belongs to those
/// before it. Names that do not help are runs in program order.
std::vector<UnitBlock> makeBlocks(llvm::ArrayRef<const UnitEntry *> units,
                                  size_t most);

} // namespace quantprep::report

#endif // QUANTPREP_LIB_REPORT_BLOCKS_H
