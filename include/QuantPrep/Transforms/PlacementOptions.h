//===- PlacementOptions.h - Options about where places are ------*- C++ -*-===//
//
// What options say of placement and mode, where saying nothing leaves it to the
// configuration.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_TRANSFORMS_PLACEMENTOPTIONS_H
#define QUANTPREP_TRANSFORMS_PLACEMENTOPTIONS_H

namespace quantprep {
enum class PlacementOption { Configured, Graph, Value };
enum class ModeOption { Configured, Static, Dynamic };
} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_PLACEMENTOPTIONS_H
