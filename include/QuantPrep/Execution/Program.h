//===- Program.h - A function that has been compiled ------------*- C++ -*-===//

#ifndef QUANTPREP_EXECUTION_PROGRAM_H
#define QUANTPREP_EXECUTION_PROGRAM_H

#include "QuantPrep/Execution/Inputs.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Statistics/Buffer.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"

namespace mlir {
class ExecutionEngine;
} // namespace mlir

namespace quantprep::execution {

/// Gets what observers see while a program runs, in program order.
class ObservationSink {
public:
  virtual ~ObservationSink() = default;
  virtual void observe(int64_t observer, const statistics::Buffer &values) = 0;
};

/// What is observed of a program.
class ObservationPlan {
public:
  virtual ~ObservationPlan() = default;
  /// Whether this observer collects anything.
  virtual bool isCollected(qprep::ObserverOp observer) = 0;
  /// This observer sees nothing but constants. What has to be computed of them
  /// is shown in each run, but is the same in all.
  virtual void noteConstant(qprep::ObserverOp observer) = 0;
  /// Gets what observers of constants see, as far as nothing has to be computed
  /// for it: while the program is compiled, once.
  virtual ObservationSink &getConstants() = 0;
};

/// What compilation needs of a context: dialects, and what they know of
/// buffers and of LLVM. For passes, among their dependent dialects.
void registerExecutionDialects(mlir::DialectRegistry &registry);
/// The same for what compiles outside of passes: they are loaded as well.
void loadExecutionDialects(mlir::MLIRContext &context);

struct Surroundings;

/// What went wrong in a run, and where the program says so.
struct RunFailure {
  std::string message;
  std::optional<mlir::Location> loc;
};

class Program {
public:
  ~Program();

  /// Compiles `function` and what it calls; the module stays as it is, and must
  /// live as long as the program: constants are read where they are. Says at
  /// the op what cannot be compiled.
  ///
  /// Without a plan, nothing is observed.
  static mlir::FailureOr<std::unique_ptr<Program>>
  compile(mlir::func::FuncOp function, ObservationPlan *plan = nullptr);

  /// Runs the function; safe to call from many threads at once. Results are
  /// those of the function, tensors and scalars alike, if nothing went wrong.
  std::optional<RunFailure> run(llvm::ArrayRef<ArgumentView> arguments,
                                llvm::SmallVectorImpl<Array> &results,
                                ObservationSink *sink) const;

  /// Of the function.
  mlir::Location getLoc() const { return loc; }

private:
  /// A result as the function gives it back.
  struct Result {
    ElementType type;
    /// None for a scalar.
    std::optional<int64_t> rank;
    /// Where it stands in the structure of all results.
    int64_t offset;
  };
  explicit Program(mlir::Location loc);
  mlir::LogicalResult describe(mlir::func::FuncOp function);
  /// By the pointer that was allocated.
  using BufferOwners = llvm::DenseMap<char *, std::shared_ptr<char[]>>;
  Array takeResult(const Result &result, const char *returned,
                   BufferOwners &owners) const;

  mlir::Location loc;
  std::vector<bool> isScalarArgument;
  std::vector<Result> results;
  int64_t resultBytes = 0;
  std::unique_ptr<Surroundings> surroundings;
  std::unique_ptr<mlir::ExecutionEngine> engine;
  void (*entry)(void **) = nullptr;
};

} // namespace quantprep::execution

#endif // QUANTPREP_EXECUTION_PROGRAM_H
