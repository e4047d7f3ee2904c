//===- CheckedPass.h - The base of our passes -------------------*- C++ -*-===//
//
// MLIR says of an option that a pass does not have just that. This adds which
// pass it is, and where its options are listed.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_SUPPORT_CHECKEDPASS_H
#define QUANTPREP_SUPPORT_CHECKEDPASS_H

#include "mlir/Pass/Pass.h"

namespace quantprep {

/// The message of MLIR's parser of options, with what helps if it is about an
/// option that is not there.
std::string explainOption(llvm::StringRef message, mlir::Pass &pass);

/// `Base` is a class of passes of MLIR.
template <typename Base> class CheckedPass : public Base {
public:
  mlir::LogicalResult
  initializeOptions(llvm::StringRef options,
                    llvm::function_ref<mlir::LogicalResult(const llvm::Twine &)>
                        errorHandler) override {
    return Base::initializeOptions(options, [&](const llvm::Twine &message) {
      return errorHandler(explainOption(message.str(), *this));
    });
  }

protected:
  explicit CheckedPass(mlir::TypeID id) : Base(id) {}
  CheckedPass(const CheckedPass &) = default;

  /// After a change that only these analyses read, and that needs no verifier
  /// of the whole op: where none of them is cached, none is stale.
  template <typename... Readers> void markOthersPreserved() {
    if (!(this->template getCachedAnalysis<Readers>() || ...))
      this->markAllAnalysesPreserved();
  }
};

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_CHECKEDPASS_H
