//===- UnitGraph.h - Units and the values between them ----------*- C++ -*-===//
//
// The annotations of a function (qprep.unit, qprep.member), read into one small
// graph, which is what the algorithms walk. Reading is also checking: an
// annotation that no longer fits the ops is an error at the op, never misread.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MATCHING_UNITGRAPH_H
#define QUANTPREP_MATCHING_UNITGRAPH_H

#include "QuantPrep/IR/OpTables.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Walk.h"

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/PointerUnion.h"
#include "llvm/ADT/iterator.h"
#include "llvm/Support/Allocator.h"

namespace quantprep {

struct Unit;

/// The uses of an operand: at least one, and mostly no more, which then needs
/// no list. A list belongs to the graph.
class UnitUses {
public:
  using List = llvm::ArrayRef<mlir::OpOperand *>;

  explicit UnitUses(mlir::OpOperand *use) : uses(use) {}
  explicit UnitUses(const List *list) : uses(list) {}

  operator List() const {
    if (const auto *list = llvm::dyn_cast<const List *>(uses))
      return *list;
    return *uses.getAddrOfPtr1();
  }
  mlir::OpOperand *const *begin() const { return List(*this).begin(); }
  mlir::OpOperand *const *end() const { return List(*this).end(); }
  mlir::OpOperand *front() const { return *begin(); }

private:
  llvm::PointerUnion<mlir::OpOperand *, const List *> uses;
};

/// An operand of a unit: a value with a role, and all uses of it by ops of the
/// unit under that role. x + x has two operands, each with one use.
struct UnitOperand {
  /// What is used; places where it is observed are looked through.
  mlir::Value value;
  /// Its role, and a weight's dimension of output channels.
  qprep::RoleAttr attr;
  UnitUses uses;
  /// The unit that makes the value; null as for UnitGraph::getProducer.
  const Unit *producer;

  qprep::OperandRole getRole() const { return attr.getRole(); }
};

/// Ops that compute one kind. The results of the unit are those of its anchor.
/// Lists belong to the graph.
struct Unit {
  qprep::UnitKind kind;
  /// The last op.
  mlir::Operation *anchor;
  /// All ops in block order, the anchor last.
  llvm::ArrayRef<mlir::Operation *> members;
  llvm::MutableArrayRef<UnitOperand> operands;
};

/// Units in a row. A loop over them has the anchors some way ahead brought to
/// the cache: there is little to do for each, and in a large model getting to
/// its op takes longer than that.
class UnitRange : public llvm::ArrayRef<Unit> {
public:
  UnitRange(llvm::ArrayRef<Unit> units) : ArrayRef(units) {}

  class Iterator : public llvm::iterator_facade_base<
                       Iterator, std::bidirectional_iterator_tag, const Unit> {
  public:
    Iterator(llvm::ArrayRef<Unit> units, size_t index)
        : units(units), index(index) {}

    const Unit &operator*() const { return units[index]; }
    Iterator &operator++() {
      ++index;
      prefetchAhead(units, index, getAnchor);
      return *this;
    }
    Iterator &operator--() {
      --index;
      prefetchAhead(units, index, getAnchor, /*backwards=*/true);
      return *this;
    }
    bool operator==(const Iterator &other) const {
      return index == other.index;
    }

  private:
    static mlir::Operation *getAnchor(const Unit &unit) { return unit.anchor; }

    llvm::ArrayRef<Unit> units;
    size_t index;
  };

  Iterator begin() const { return Iterator(*this, 0); }
  Iterator end() const { return Iterator(*this, size()); }
  std::reverse_iterator<Iterator> rbegin() const {
    return std::make_reverse_iterator(end());
  }
  std::reverse_iterator<Iterator> rend() const {
    return std::make_reverse_iterator(begin());
  }
};

/// The units of one function, in program order of their anchors.
class UnitGraph {
public:
  /// An analysis. If the annotations do not fit, errors have been emitted and
  /// isValid is false.
  explicit UnitGraph(mlir::Operation *function);

  bool isValid() const { return valid; }
  UnitRange getUnits() const { return llvm::ArrayRef(units); }
  mlir::Operation *getFunction() const { return function; }

  /// The unit that an op belongs to; null for none.
  const Unit *getUnit(mlir::Operation *op) const;
  /// The unit that makes a value; null for arguments, constants, and values
  /// of ops that belong to no unit.
  const Unit *getProducer(mlir::Value value) const;
  /// Position of a unit of this graph in getUnits.
  size_t getIndex(const Unit &unit) const { return &unit - units.data(); }

private:
  /// A use by an op of a unit; null once it has been added to an operand.
  struct RoleUse {
    mlir::Value value;
    qprep::RoleAttr role;
    mlir::OpOperand *use;
  };
  using RoleUses = llvm::SmallVector<RoleUse, 8>;
  using Members = llvm::SmallVector<mlir::Operation *, 8>;

  mlir::LogicalResult addUnit(mlir::Operation *anchor,
                              qprep::ComputeUnitAttr attr);
  mlir::LogicalResult collectMembers(mlir::Operation *anchor,
                                     llvm::ArrayRef<qprep::RoleAttr> roles,
                                     Members &members);
  llvm::MutableArrayRef<UnitOperand> makeOperands(RoleUses &uses);
  UnitUses takeUses(llvm::MutableArrayRef<RoleUse> uses);
  mlir::LogicalResult checkMembers(llvm::ArrayRef<mlir::Operation *> members);
  unsigned findProducer(mlir::Value value) const;
  void setProducers();

  mlir::Operation *function;
  /// Starts small, since a model may have very many small functions, and
  /// doubles.
  llvm::BumpPtrAllocatorImpl<llvm::MallocAllocator, /*SlabSize=*/512,
                             /*SizeThreshold=*/512, /*GrowthDelay=*/1>
      allocator;
  std::vector<Unit> units;
  OpMap<unsigned> unitOf;
  /// While the annotations are read: for the operands of all units, the index
  /// of the one that makes it.
  std::vector<unsigned> producers;
  static constexpr unsigned noProducer = ~0u, notYet = ~0u - 1;
  /// Ops that are a qprep.member.
  OpSet memberOps;
  bool valid = true;
};

} // namespace quantprep

#endif // QUANTPREP_MATCHING_UNITGRAPH_H
