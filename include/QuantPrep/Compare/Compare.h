//===- Compare.h - A float and a quantized module on the same data -*- C++ -*-//

#ifndef QUANTPREP_COMPARE_COMPARE_H
#define QUANTPREP_COMPARE_COMPARE_H

#include "QuantPrep/Compare/Measures.h"
#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace quantprep::compare {

struct Request {
  std::vector<std::string> inputs;
  std::string entry;
  unsigned threads = 0;
  /// The array of the inputs that has the right classes; empty: none.
  std::string labels;
};

/// What was measured at a unit.
struct UnitRow {
  std::string label, kind, form;
  /// The unit whose value was compared: itself, or what it is fused with.
  std::string measuredAt;
  Sums sums;
  /// Between neighbouring codes; 0 if the value is no integer.
  double step = 0;
  /// Rows of the units whose values it reads.
  std::vector<unsigned> sources;
};

struct Comparison {
  int64_t runs = 0;
  /// In program order of the quantized module.
  std::vector<UnitRow> units;
  std::vector<Sums> results;
  std::vector<Choices> choices;
  /// Labels that only one of the modules has.
  std::vector<std::string> onlyFloat, onlyQuantized;
  /// Units in branches and loops, which are not compared.
  unsigned numNested = 0;
};

/// Runs both on all of the inputs, once.
mlir::FailureOr<Comparison> compareModules(mlir::ModuleOp reference,
                                           mlir::ModuleOp quantized,
                                           const Request &request);

enum class Format { Text, Json, Dot, Svg };

/// `top`: that many units, the worst first; 0: all.
void print(const Comparison &comparison, Format format, unsigned top,
           llvm::raw_ostream &os);

// What the formats have in common.

/// As text; what does not differ is "exact".
std::string formatDecibels(double decibels);
/// Null if it is infinite.
llvm::json::Value toJson(double number);
/// From green, 40 dB and more, to red, 0 dB and less: the hue, of 0 to 1.
double getHue(double decibels);
/// Bars in program order, as long as units are good.
void printSvg(const Comparison &comparison, llvm::raw_ostream &os);
/// Columns are as wide as their widest cell.
void printTable(llvm::ArrayRef<std::vector<std::string>> rows,
                llvm::raw_ostream &os);

} // namespace quantprep::compare

#endif // QUANTPREP_COMPARE_COMPARE_H
