//===- ReportFormat.h - Options of the report -------------------*- C++ -*-===//

#ifndef QUANTPREP_REPORT_REPORTFORMAT_H
#define QUANTPREP_REPORT_REPORTFORMAT_H

#include "QuantPrep/Support/EnumParser.h"

namespace quantprep {
enum class ReportFormat { Json, JsonLines, Text, Dot, Svg };
enum class ReportOrder { Program, Macs, Label };
} // namespace quantprep

/// Unknown values are answered with the known ones.
namespace llvm::cl {
template <>
class parser<quantprep::ReportFormat>
    : public quantprep::EnumParser<quantprep::ReportFormat> {
  using EnumParser::EnumParser;
};
template <>
class parser<quantprep::ReportOrder>
    : public quantprep::EnumParser<quantprep::ReportOrder> {
  using EnumParser::EnumParser;
};
} // namespace llvm::cl

#endif // QUANTPREP_REPORT_REPORTFORMAT_H
