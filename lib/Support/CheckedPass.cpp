//===- CheckedPass.cpp - Passes that know what options they have ----------===//

#include "QuantPrep/Support/CheckedPass.h"

#include "QuantPrep/Support/Nearest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace {
mlir::detail::PassOptions &getOptions(mlir::Pass &pass);

/// The options of a pass are private, and nothing that is public has the names
/// of those that are lists. What an explicit instantiation names may be
/// private.
template <mlir::detail::PassOptions mlir::Pass::*Options> struct OptionsOf {
  friend mlir::detail::PassOptions &getOptions(mlir::Pass &pass) {
    return pass.*Options;
  }
};
template struct OptionsOf<&mlir::Pass::passOptions>;
} // namespace

/// Sorted.
static SmallVector<StringRef> getOptionNames(mlir::Pass &pass) {
  // A base that is protected.
  const auto &command = (const cl::SubCommand &)getOptions(pass);
  SmallVector<StringRef> names(make_first_range(command.OptionsMap));
  sort(names);
  return names;
}

std::string quantprep::explainOption(StringRef message, mlir::Pass &pass) {
  StringRef name = message.trim();
  // LLVM's parsers of values have said on standard error what is wrong.
  if (name.empty())
    return (pass.getArgument() + " cannot take its options").str();
  if (!name.consume_front("<Pass-Options-Parser>: no such option "))
    return message.str();
  SmallVector<StringRef> names = getOptionNames(pass);
  std::string text =
      (pass.getArgument() + " has no option '" + name + "'").str();
  if (names.empty())
    return text + ", nor any other";
  return text + "; it has " + join(names, ", ") + suggestNearest(name, names);
}
