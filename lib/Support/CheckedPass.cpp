//===- CheckedPass.cpp - Passes that say what is wrong with options -------===//

#include "QuantPrep/Support/CheckedPass.h"

using namespace llvm;

std::string quantprep::explainOption(StringRef message, mlir::Pass &pass) {
  StringRef name = message.trim();
  // LLVM's parsers of values have said on standard error what is wrong.
  if (name.empty())
    return (pass.getArgument() + " cannot take its options").str();
  if (!name.consume_front("<Pass-Options-Parser>: no such option "))
    return message.str();
  return (pass.getArgument() + " has no option '" + name +
          "'; --help lists those that it has")
      .str();
}
