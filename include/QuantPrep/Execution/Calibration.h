//===- Calibration.h - Statistics of all observers of a program -*- C++ -*-===//

#ifndef QUANTPREP_EXECUTION_CALIBRATION_H
#define QUANTPREP_EXECUTION_CALIBRATION_H

#include "QuantPrep/Execution/RunAll.h"
#include "QuantPrep/Statistics/Statistics.h"

#include <mutex>

namespace quantprep::execution {

/// Collects what the observers of a program see. Each thread has statistics of
/// its own, which are merged in the end.
class Calibration : public ObservationPlan, public RunObserver {
public:
  /// Of `observers`, those that collect anything. The part of a calibration
  /// that is not the first (`seesConstants`) leaves constants to that.
  Calibration(llvm::ArrayRef<qprep::ObserverOp> observers,
              const llvm::DenseMap<qprep::ObserverOp, int64_t> &axisCounts,
              bool seesConstants);
  ~Calibration() override;

  bool isCollected(qprep::ObserverOp observer) override;
  void noteConstant(qprep::ObserverOp observer) override;
  ObservationSink &getConstants() override;
  void setNumThreads(unsigned count);
  ObservationSink *begin(unsigned thread, int64_t run) override;
  void end(unsigned, int64_t, llvm::SmallVectorImpl<Array> &) override {}

  /// What each observer that collects has seen, in order. Says at an observer
  /// what it could not be shown.
  mlir::LogicalResult
  take(llvm::function_ref<void(qprep::ObserverOp,
                               const statistics::Statistics &)>
           result);

private:
  class Sink;

  llvm::SmallVector<qprep::ObserverOp> observers;
  llvm::DenseMap<int64_t, unsigned> indexById;
  std::vector<statistics::Spec> specs;
  std::vector<bool> isConstant;
  bool seesConstants;
  std::unique_ptr<Sink> constants;
  std::vector<std::unique_ptr<Sink>> sinks;
};

} // namespace quantprep::execution

#endif // QUANTPREP_EXECUTION_CALIBRATION_H
