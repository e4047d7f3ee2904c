//===- Report.h - Forms of the report ---------------------------*- C++ -*-===//

#ifndef QUANTPREP_REPORT_REPORT_H
#define QUANTPREP_REPORT_REPORT_H

#include "QuantPrep/Report/Model.h"
#include "QuantPrep/Report/ReportFormat.h"

#include "llvm/Support/raw_ostream.h"

namespace quantprep::report {

/// Why preparation failed.
struct Failure : Message {};

/// `indent` 0 is one line.
void printJson(const Model &model, llvm::raw_ostream &os, unsigned indent);
void printText(const Model &model, llvm::raw_ostream &os);
void printDot(const Model &model, llvm::raw_ostream &os);
void printSvg(const Model &model, llvm::raw_ostream &os);

void printJson(const Failure &failure, llvm::raw_ostream &os, unsigned indent);
void printText(const Failure &failure, llvm::raw_ostream &os);
void printDot(const Failure &failure, llvm::raw_ostream &os);
void printSvg(const Failure &failure, llvm::raw_ostream &os);

/// Prints a Model or a Failure.
template <typename Contents>
void print(const Contents &contents, ReportFormat format,
           llvm::raw_ostream &os) {
  switch (format) {
  case ReportFormat::Json:
    return printJson(contents, os, /*indent=*/2);
  case ReportFormat::JsonLines:
    return printJson(contents, os, /*indent=*/0);
  case ReportFormat::Text:
    return printText(contents, os);
  case ReportFormat::Dot:
    return printDot(contents, os);
  case ReportFormat::Svg:
    return printSvg(contents, os);
  }
}

} // namespace quantprep::report

#endif // QUANTPREP_REPORT_REPORT_H
