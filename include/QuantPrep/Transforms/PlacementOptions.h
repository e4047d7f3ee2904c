//===- PlacementOptions.h - Options about where places are ------*- C++ -*-===//
//
// What options say of placement and mode, where saying nothing leaves it to the
// configuration.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_TRANSFORMS_PLACEMENTOPTIONS_H
#define QUANTPREP_TRANSFORMS_PLACEMENTOPTIONS_H

#include "QuantPrep/Support/EnumParser.h"

namespace quantprep {
enum class PlacementOption { Configured, Graph, Value };
enum class ModeOption { Configured, Static, Dynamic };
} // namespace quantprep

/// Unknown values are answered with the known ones.
namespace llvm::cl {
template <>
class parser<quantprep::PlacementOption>
    : public quantprep::EnumParser<quantprep::PlacementOption> {
  using EnumParser::EnumParser;
};
template <>
class parser<quantprep::ModeOption>
    : public quantprep::EnumParser<quantprep::ModeOption> {
  using EnumParser::EnumParser;
};
} // namespace llvm::cl

#endif // QUANTPREP_TRANSFORMS_PLACEMENTOPTIONS_H
