//===- CallContexts.h - In which calls something holds ----------*- C++ -*-===//
//
// A function body may be run with some of its arguments observed or not. What
// is observed in it depends on them as a conjunction, so that all calls are
// told of by one condition, however many ways lead to a function.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_CALLCONTEXTS_H
#define QUANTPREP_ANALYSIS_CALLCONTEXTS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"

#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace mlir {
class Operation;
} // namespace mlir

namespace quantprep {

/// The calls of a function that pass all of some arguments observed: never <
/// all of {0, 1} < all of {0} < always.
class CallCondition {
public:
  /// Never.
  CallCondition() = default;
  static CallCondition never() { return {}; }
  static CallCondition always() { return CallCondition(Arguments()); }
  static CallCondition argument(unsigned number) {
    return CallCondition(Arguments{number});
  }

  bool isNever() const { return !arguments; }
  bool isAlways() const { return arguments && arguments->empty(); }
  /// Sorted. Not to be asked of what never holds.
  llvm::ArrayRef<unsigned> getArguments() const { return *arguments; }

  CallCondition operator&(const CallCondition &other) const;
  /// The same seen from a call, whose operands are observed under these.
  CallCondition atCall(llvm::ArrayRef<CallCondition> operands) const;

  bool operator==(const CallCondition &other) const {
    return arguments == other.arguments;
  }
  bool operator!=(const CallCondition &other) const {
    return !(*this == other);
  }

private:
  using Arguments = std::vector<unsigned>;
  explicit CallCondition(Arguments arguments)
      : arguments(std::move(arguments)) {}

  std::optional<Arguments> arguments;
};

/// The calls of each function, and under which conditions their operands are
/// observed. Questions are about the ways from the entry function to a
/// function.
class CallContexts {
public:
  using Function = mlir::Operation *;
  struct Call {
    Function callee;
    std::vector<CallCondition> operands;
  };

  /// Sets one of the calls that a function makes, always of the same callee.
  /// Returns whether the function has made no call like it.
  bool setCall(Function caller, size_t index, const Call &call);
  /// The functions of which calls have changed since this was asked last.
  std::vector<Function> takeChanged();

  /// Whether the condition holds in a way to the function.
  bool holdsSometimes(Function function, const CallCondition &condition) const;
  bool failsSometimes(Function function, const CallCondition &condition) const;
  /// Whether there is a way in which one holds and the other does not.
  bool differ(Function function, const CallCondition &holds,
              const CallCondition &fails) const;

private:
  /// Whether the function can be reached with all of `observed` observed, and
  /// `unobserved` not.
  struct Question {
    Function function;
    std::vector<unsigned> observed;
    std::optional<unsigned> unobserved;
    bool operator<(const Question &other) const {
      return std::tie(function, observed, unobserved) <
             std::tie(other.function, other.observed, other.unobserved);
    }
  };
  static void addQuestions(const Question &question, Function caller,
                           llvm::ArrayRef<CallCondition> operands,
                           std::vector<Question> &questions);
  bool isReached(const Question &question) const;
  std::vector<Question> getQuestions(const Question &question) const;

  std::map<Function, std::deque<Call>> callsIn;
  /// For each function, the calls of it, and what makes them.
  std::map<Function, std::vector<std::pair<Function, const Call *>>> callsOf;
  /// What calls of a callee by a caller have passed: few, however many calls
  /// there are.
  std::map<std::pair<Function, Function>,
           std::vector<std::vector<CallCondition>>>
      passed;
  std::vector<Function> changed;
  mutable std::map<Question, bool> answers;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_CALLCONTEXTS_H
