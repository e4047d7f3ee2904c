//===- Sensitivity.h - What each unit costs ---------------------*- C++ -*-===//

#ifndef QUANTPREP_COMPARE_SENSITIVITY_H
#define QUANTPREP_COMPARE_SENSITIVITY_H

#include "QuantPrep/Compare/Compare.h"

namespace quantprep::compare {

struct SensitivityRequest : Request {
  /// What to calibrate on, where the quantized module has no observers any
  /// more; empty: the inputs.
  std::vector<std::string> calibration;
  /// As for preparation; empty: the presets of qprep-quantize.
  std::string config;
  std::optional<double> targetSqnr;
  /// In percent.
  std::optional<double> targetAgreement;
  /// Where the configuration goes that reaches the target; empty: nowhere.
  std::string configFile;
};

/// Units that are quantized together, and what results lose by that alone.
struct SensitivityRow {
  std::vector<std::string> labels;
  Distance alone;
};

/// A unit that was left float, or made integer again.
struct MixedStep {
  std::string label;
  bool toFloat;
  Distance distance;
};

struct Sensitivity {
  /// The worst first.
  std::vector<SensitivityRow> rows;
  /// All units quantized.
  Distance all;
  /// Towards the target, if there is one.
  std::vector<MixedStep> steps;
  std::vector<std::string> floatUnits;
  /// What the written configuration makes of the float module.
  std::optional<Distance> written;
  bool isReached = true;
};

mlir::FailureOr<Sensitivity>
measureSensitivity(mlir::ModuleOp reference, mlir::ModuleOp quantized,
                   const SensitivityRequest &request);

void print(const Sensitivity &sensitivity, Format format, unsigned top,
           llvm::raw_ostream &os);

} // namespace quantprep::compare

#endif // QUANTPREP_COMPARE_SENSITIVITY_H
