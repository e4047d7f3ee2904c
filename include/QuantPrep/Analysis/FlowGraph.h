//===- FlowGraph.h - What reaches a use -------------------------*- C++ -*-===//
//
// Boundary values (of calls, branches, loops) and, between them, the units that
// are looked through, as one graph: from each boundary value lead edges to all
// that it comes from. A result of a call comes from the operands of that call
// where the function returns its arguments. The strongly connected components
// are found once. What asks for observers upstream of a use asks this.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_FLOWGRAPH_H
#define QUANTPREP_ANALYSIS_FLOWGRAPH_H

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Matching/UnitGraph.h"

#include "llvm/ADT/SetVector.h"

namespace quantprep {

struct FlowNode;

/// One of the things that a boundary value comes from.
struct FlowEdge {
  /// The use upstream that the search ends at; null for what a function returns
  /// to all of its calls.
  const mlir::OpOperand *use;
  /// The node further upstream; null if the use is observed, or its value is
  /// no boundary value.
  FlowNode *from;
  /// The op that forwards the value.
  mlir::Operation *forwards;
};

/// A boundary value, or what a function returns whatever its arguments are.
struct FlowNode {
  /// In program order.
  llvm::SmallVector<FlowEdge, 2> edges;
  /// The nodes of these edges.
  llvm::SmallVector<FlowNode *, 2> predecessors;
  bool isArgumentOfFunction = false;
};

/// The units that a search upstream of a use looks through. Each keeps the
/// answer for those downstream, so that long chains are walked once.
class TransparentUnits {
public:
  using Uses = llvm::SmallVector<const mlir::OpOperand *, 1>;
  using IsTransparent = llvm::function_ref<bool(const Unit &)>;
  using IsObserved = std::function<bool(const mlir::OpOperand &)>;

  /// `isObserved`: whether the search ends at a use.
  TransparentUnits(llvm::ArrayRef<const UnitGraph *> functions,
                   IsTransparent isTransparent, IsObserved isObserved);

  bool isObserved(const mlir::OpOperand &use) const { return endsAt(use); }
  /// The use that the search from a use ends at in its function, along the
  /// first operands that units share with: it is observed, or its value is made
  /// by no unit that is looked through.
  const mlir::OpOperand &getTop(const mlir::OpOperand &use) const;
  /// All that the unit shares with whose result is used, if it is looked
  /// through; else the use itself.
  Uses getSharedUses(const mlir::OpOperand &use) const;

private:
  IsObserved endsAt;
  struct Answer {
    const Unit *unit;
    const mlir::OpOperand *top;
  };
  /// By the anchor.
  llvm::DenseMap<mlir::Operation *, Answer> answers;
};

class FlowGraph {
public:
  using Component = llvm::SmallVector<const FlowNode *, 1>;

  /// Linear in the units and boundary values. Keeps `flow`.
  FlowGraph(const ValueFlow &flow, TransparentUnits units);

  const TransparentUnits &getUnits() const { return units; }

  /// The node of a value; null if it is no boundary value, or an argument that
  /// may come from anywhere.
  const FlowNode *lookup(mlir::Value value) const;
  /// The node that a use comes from; null if it is observed, or made where it
  /// is.
  FlowNode *getSource(const mlir::OpOperand &use) const;

  /// What is upstream comes first; what goes round is one component.
  llvm::ArrayRef<Component> getComponents() const { return components; }

  /// Calls back with all uses that a use, or a boundary value, comes from, and
  /// whether it went through the arguments of a function on the way.
  using OriginCallback =
      llvm::function_ref<void(const mlir::OpOperand &, bool isArgument)>;
  void forEachOrigin(const mlir::OpOperand &use, OriginCallback callback) const;
  void forEachOrigin(const FlowNode &node, OriginCallback callback) const;

private:
  /// What a function returns as one of its results.
  struct Returned {
    /// All but arguments; null if there is nothing else.
    FlowNode *node = nullptr;
    llvm::SmallSetVector<unsigned, 2> arguments;
  };

  void addReached();
  void addNodes();
  void addReturned(const CalledFunction &called);
  void addReturned(Returned &returned, const CalledFunction &called,
                   const mlir::OpOperand &use, mlir::Operation *forwards);
  void addEdges();
  void addEdge(FlowNode &node, FlowEdge edge);
  void findComponents();

  bool isForwarded(mlir::OpOperand &use) const;
  bool isSettledByCalls(const CalledFunction &called) const;
  FlowNode *getNode(mlir::Value value) const;
  const Returned *getReturned(mlir::Value value) const;

  const ValueFlow &flow;
  TransparentUnits units;
  llvm::MapVector<mlir::Value, std::unique_ptr<FlowNode>> nodes;
  std::vector<std::unique_ptr<FlowNode>> returnedNodes;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<Returned, 1>> returns;
  std::vector<Component> components;
  /// With placement=value: what it prepares, from the entry on.
  bool byValue = false;
  llvm::DenseSet<mlir::Operation *> reached;
  mlir::Operation *entry = nullptr;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_FLOWGRAPH_H
