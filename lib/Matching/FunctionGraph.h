//===- FunctionGraph.h - What is computed of one value ----------*- C++ -*-===//

#ifndef QUANTPREP_LIB_MATCHING_FUNCTIONGRAPH_H
#define QUANTPREP_LIB_MATCHING_FUNCTIONGRAPH_H

#include "QuantPrep/Matching/KindPattern.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace quantprep {

/// Scalars and tensors from which a value is computed element by element, in
/// ops and in bodies, back to where one value is left. It grows by the latest
/// of the values that are left, so that no such place is missed.
class FunctionGraph {
public:
  /// Tells what makes a value, as it is written.
  using GetMaker = llvm::function_ref<const Maker *(mlir::Value)>;

  FunctionGraph(mlir::Value result, const ValueFacts &facts, GetMaker getMaker)
      : result(result), facts(facts), getMaker(getMaker) {
    left.push_back(getNumber(result));
  }

  /// Whether a formula of a named function may end with a kind.
  static bool mayEndWith(qprep::UnitKind kind);

  /// Takes one more op. False if there is none that may be taken.
  bool grow();

  /// Whether one value of the result's type is left, and what is computed of it
  /// is more than one op, more than sums and products, and more than bounds,
  /// which are joined without being evaluated.
  bool isFunction() const;

  /// The element of the result for an element of the one value that is left.
  /// Not a number where that is not known.
  double evaluate(double element) const;

  mlir::Value getInput() const { return values[left.front()]; }
  /// What reads the input, and as which of its operands: of its own, if one
  /// does.
  std::pair<const Maker *, unsigned> getReader() const;
  bool hasOp(qprep::UnitKind kind) const {
    return llvm::any_of(
        nodes, [&](const Node &node) { return node.maker->kind == kind; });
  }
  /// The last one first.
  llvm::SmallVector<mlir::Operation *> getOps() const;

private:
  /// A value by its number, or a constant.
  struct Term {
    std::optional<unsigned> value;
    double number = 0;
  };
  struct Node {
    const Maker *maker;
    unsigned value;
    llvm::SmallVector<Term, 3> operands;
  };

  unsigned getNumber(mlir::Value value);
  unsigned findLatest() const;
  bool mayTake(mlir::Value value, const Maker &maker) const;
  bool addNode(unsigned number, const Maker &maker);
  static std::optional<double> evaluate(const Maker &maker,
                                        llvm::ArrayRef<double> operands);

  mlir::Value result;
  const ValueFacts &facts;
  GetMaker getMaker;
  llvm::SmallVector<mlir::Value, 16> values;
  /// In the order in which they were taken, the last op first.
  llvm::SmallVector<Node, 16> nodes;
  llvm::SmallPtrSet<mlir::Operation *, 16> owners;
  /// Numbers of values whose makers have not been taken.
  llvm::SmallVector<unsigned, 4> left;
  unsigned computing = 0, bounds = 0, bends = 0;
  bool onlyBounds = true;
};

} // namespace quantprep

#endif // QUANTPREP_LIB_MATCHING_FUNCTIONGRAPH_H
