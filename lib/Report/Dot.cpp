//===- Dot.cpp - The report as a Graphviz graph ---------------------------===//
//
// Nodes are units, coloured by what was decided for them; edges are values,
// labelled with the observers that they go through. An observer of several
// values is a sharing group: its edges have a colour of their own.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Report/Report.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/GraphWriter.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

static std::string quoted(StringRef string) {
  return '"' + llvm::DOT::EscapeString(string.str()) + '"';
}

static StringRef getFillColor(Decision decision) {
  switch (decision) {
  case Decision::observed:
    return "palegreen";
  case Decision::shared:
    return "lightblue";
  case Decision::float_:
    return "white";
  case Decision::skipped:
    return "lightgray";
  }
  llvm_unreachable("every decision has a colour");
}

static const char *const groupColors[] = {"red",     "blue",   "darkorange",
                                          "purple",  "brown",  "darkgreen",
                                          "magenta", "orchid", "deepskyblue"};

namespace {
/// The colours of observers that look at several values.
class SharingGroups {
public:
  explicit SharingGroups(const Model &model) {
    DenseMap<Attribute, Value> first;
    for (const std::unique_ptr<FunctionModel> &function : model.functions)
      for (ObservationOpInterface place : function->getPlaces()) {
        Attribute observer = place.getObserverAttr();
        Value value = getUnobserved(place.getInput());
        auto [it, isNew] = first.try_emplace(observer, value);
        if (!isNew && it->second != value)
          groups.try_emplace(observer, groups.size());
      }
  }

  /// Empty for an observer of one value.
  StringRef getColor(Attribute observer) const {
    auto it = groups.find(observer);
    return it == groups.end()
               ? StringRef()
               : groupColors[it->second % std::size(groupColors)];
  }

private:
  DenseMap<Attribute, unsigned> groups;
};

/// Draws one function.
class FunctionPrinter {
public:
  FunctionPrinter(const FunctionModel &model, unsigned number,
                  const SharingGroups &groups, raw_ostream &os)
      : model(model), prefix("f" + std::to_string(number) + "_n"),
        groups(groups), os(os) {}

  void print() {
    for (const UnitEntry &entry : model.getUnits())
      printUnit(entry);
    for (const UnitEntry &entry : model.getUnits())
      printOperands(entry);
    for (Block &block : model.getFunction().getFunctionBody())
      if (!block.empty() && block.back().hasTrait<OpTrait::IsTerminator>())
        printResults(&block.back());
  }

private:
  std::string newNode(const void *key) {
    std::string id = prefix + std::to_string(nodes.size());
    nodes[key] = id;
    return id;
  }

  void printUnit(const UnitEntry &entry) {
    UnitInfo info = model.describe(entry);
    std::string label = info.label.empty()
                            ? info.kind.str()
                            : info.label + "\n" + info.kind.str();
    if (!info.reason.empty())
      label += "\n" + info.rule.str() + ": " + info.reason.str();
    std::string id = newNode(entry.anchor);
    os << "    " << id << " [label=" << quoted(label)
       << ", fillcolor=" << getFillColor(info.decision);
    // Thicker frames: matched with a neighbour.
    if (info.pattern.size() > 1)
      os << ", tooltip=" << quoted(llvm::join(info.pattern, " < "))
         << ", penwidth=2";
    os << "];\n";
  }

  /// The node that makes a value, drawn now if it is no unit. Empty for what
  /// the graph leaves out: constants that nobody observes.
  std::string getSource(Value value, bool isObserved) {
    const Unit *unit = model.getGraph().getProducer(value);
    Operation *op = value.getDefiningOp();
    const void *key = unit ? unit->anchor
                      : op ? static_cast<const void *>(op)
                           : value.getAsOpaquePointer();
    if (auto it = nodes.find(key); it != nodes.end())
      return it->second;
    if (op && op->getNumOperands() == 0 && !isObserved)
      return {};
    StringRef label = op ? getLocationName(op->getLoc())
                         : getArgumentName(cast<BlockArgument>(value));
    if (label.empty())
      label = op ? op->getName().getStringRef() : "argument";
    std::string id = newNode(key);
    os << "    " << id << " [label=" << quoted(label)
       << ", shape=" << (op ? "note" : "ellipse") << ", fillcolor=white];\n";
    return id;
  }

  void printEdge(const OpOperand &use, StringRef target) {
    Places places = quantprep::getPlaces(use);
    std::string source = getSource(getUnobserved(use.get()), !places.empty());
    if (source.empty())
      return;
    os << "    " << source << " -> " << target;
    SmallVector<StringRef> names;
    StringRef color;
    for (ObservationOpInterface place : places) {
      names.push_back(place.getObserverAttr().getValue());
      if (color.empty())
        color = groups.getColor(place.getObserverAttr());
    }
    if (!names.empty())
      os << " [label=" << quoted(llvm::join(names, "\n"));
    if (!color.empty())
      os << ", color=" << color << ", fontcolor=" << color << ", penwidth=2";
    os << (names.empty() ? ";\n" : "];\n");
  }

  void printOperands(const UnitEntry &entry) {
    std::string target = nodes.lookup(entry.anchor);
    if (!entry.unit) {
      for (OpOperand &use : entry.anchor->getOpOperands())
        printEdge(use, target);
      return;
    }
    for (const UnitOperand &operand : entry.unit->operands)
      printEdge(*operand.uses.front(), target);
  }

  void printResults(Operation *terminator) {
    std::string target = newNode(terminator);
    os << "    " << target
       << " [label=" << quoted(terminator->getName().stripDialect())
       << ", shape=ellipse, fillcolor=white];\n";
    for (OpOperand &use : terminator->getOpOperands())
      printEdge(use, target);
  }

  const FunctionModel &model;
  std::string prefix;
  const SharingGroups &groups;
  raw_ostream &os;
  DenseMap<const void *, std::string> nodes;
};
} // namespace

void report::printDot(const Model &model, raw_ostream &os) {
  SharingGroups groups(model);
  os << "digraph report {\n"
     << "  node [shape=box, style=filled];\n";
  for (auto [number, function] : llvm::enumerate(model.functions)) {
    os << "  subgraph cluster_" << number << " {\n"
       << "    label=" << quoted(function->getName()) << ";\n";
    FunctionPrinter(*function, number, groups, os).print();
    os << "  }\n";
  }
  os << "}\n";
}

void report::printDot(const Failure &failure, raw_ostream &os) {
  std::string label = "preparation failed\n";
  if (!failure.location.empty())
    label += failure.location + ": ";
  label += failure.message;
  os << "digraph report {\n"
     << "  error [label=" << quoted(label) << ", shape=box, color=red];\n"
     << "}\n";
}
