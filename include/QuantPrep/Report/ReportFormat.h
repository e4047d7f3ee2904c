//===- ReportFormat.h - Options of the report -------------------*- C++ -*-===//

#ifndef QUANTPREP_REPORT_REPORTFORMAT_H
#define QUANTPREP_REPORT_REPORTFORMAT_H

namespace quantprep {
enum class ReportFormat { Json, JsonLines, Text, Dot, Svg };
enum class ReportOrder { Program, Macs, Label };
} // namespace quantprep

#endif // QUANTPREP_REPORT_REPORTFORMAT_H
