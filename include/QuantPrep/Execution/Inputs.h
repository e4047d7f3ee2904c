//===- Inputs.h - From files to the runs of a function ----------*- C++ -*-===//

#ifndef QUANTPREP_EXECUTION_INPUTS_H
#define QUANTPREP_EXECUTION_INPUTS_H

#include "QuantPrep/Execution/Array.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <vector>

namespace quantprep::execution {

/// The elements of one argument in one run, in row-major order.
struct ArgumentView {
  llvm::ArrayRef<int64_t> shape;
  const char *data;
};

/// What a function is run on.
class Inputs {
public:
  /// Reads `paths`, files and globs, in this order, the matches of a glob
  /// sorted. Says at the function or the argument what does not fit; `option`
  /// is how the user gives paths. Arrays named `alsoRead` are kept aside.
  static mlir::FailureOr<Inputs> load(mlir::func::FuncOp function,
                                      llvm::ArrayRef<std::string> paths,
                                      llvm::StringRef option,
                                      llvm::StringRef alsoRead = {});

  int64_t getNumRuns() const { return numRuns; }

  /// The arguments of one run; they live as long as this.
  llvm::SmallVector<ArgumentView> getRun(int64_t run) const;

  /// What was kept aside of each file, if it has that.
  struct Aside {
    std::string path;
    std::optional<Array> array;
  };
  llvm::ArrayRef<Aside> getAside() const { return aside; }

private:
  /// One argument in one file.
  struct Part {
    Array array;
    llvm::SmallVector<int64_t> runShape;
    int64_t runBytes;
    int64_t numRuns;
  };
  struct File {
    std::vector<Part> arguments;
    int64_t numRuns;
  };
  class Reader;

  std::vector<File> files;
  std::vector<Aside> aside;
  int64_t numRuns = 0;
};

/// The function that `name` names, or without one the only public function
/// with a body. Says at the module what is wrong; `option` is how the user
/// gives a name.
mlir::FailureOr<mlir::func::FuncOp> findEntry(mlir::Operation *module,
                                              llvm::StringRef name,
                                              llvm::StringRef option);

} // namespace quantprep::execution

#endif // QUANTPREP_EXECUTION_INPUTS_H
