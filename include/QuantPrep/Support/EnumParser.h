//===- EnumParser.h - Options with a closed set of values -------*- C++ -*-===//
//
// LLVM's parser of such options says of a value that it does not know just that
// ("Cannot find option named"); this one lists those that it knows. An enum of
// ours specializes llvm::cl::parser with it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_SUPPORT_ENUMPARSER_H
#define QUANTPREP_SUPPORT_ENUMPARSER_H

#include "QuantPrep/Support/Nearest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"

namespace quantprep {

template <typename Enum>
class EnumParser : public llvm::cl::generic_parser_base {
public:
  using parser_data_type = Enum;
  using generic_parser_base::generic_parser_base;

  unsigned getNumOptions() const override { return Values.size(); }
  llvm::StringRef getOption(unsigned i) const override {
    return Values[i].Name;
  }
  llvm::StringRef getDescription(unsigned i) const override {
    return Values[i].HelpStr;
  }
  const llvm::cl::GenericOptionValue &
  getOptionValue(unsigned i) const override {
    return Values[i].V;
  }

  /// True after an error, as LLVM has it.
  bool parse(llvm::cl::Option &option, llvm::StringRef, llvm::StringRef text,
             Enum &value) {
    for (const Info &known : Values)
      if (known.Name == text) {
        value = known.V.getValue();
        return false;
      }
    auto names = llvm::map_to_vector(
        Values, [](const Info &known) { return known.Name; });
    return option.error("unknown value '" + text + "'; known are " +
                        llvm::join(names, ", ") + suggestNearest(text, names));
  }

  template <typename Value>
  void addLiteralOption(llvm::StringRef name, const Value &value,
                        llvm::StringRef help) {
    Values.push_back(Info(name, static_cast<Enum>(value), help));
    llvm::cl::AddLiteralOption(Owner, name);
  }

protected:
  struct Info : GenericOptionInfo {
    Info(llvm::StringRef name, Enum value, llvm::StringRef help)
        : GenericOptionInfo(name, help), V(value) {}
    llvm::cl::OptionValue<Enum> V;
  };
  /// The names are those that MLIR's printing of options uses.
  llvm::SmallVector<Info, 8> Values;
};

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_ENUMPARSER_H
