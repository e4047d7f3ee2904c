//===- Dot.cpp - The report as a Graphviz graph ---------------------------===//
//
// Nodes are units, or blocks of them if there are many, coloured by what was
// decided for them; edges are values, labelled with the observers that they go
// through. An observer of several values is a sharing group: its edges have a
// colour of their own.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Report/Report.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/GraphWriter.h"

#include <array>

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

/// Of a block with units that are quantized and units that are float.
static const char *const mixedColor = "khaki";

static StringRef getFillColor(UnitForm form) {
  switch (form) {
  case UnitForm::integer:
    return "palegreen";
  case UnitForm::reference:
    return "khaki";
  case UnitForm::float_:
    return "white";
  }
  llvm_unreachable("every form has a colour");
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
                  const SharingGroups &groups, size_t mostBlocks,
                  raw_ostream &os)
      : model(model), prefix("f" + std::to_string(number) + "_n"),
        groups(groups), drawn(getDrawn(model)),
        blocks(makeBlocks(drawn, mostBlocks)), os(os) {}

  void print() {
    for (const UnitBlock &block : blocks)
      block.units.size() == 1 ? printUnit(*block.units.front())
                              : printBlock(block);
    for (const UnitEntry *entry : drawn)
      if (entry->converted)
        printSources(entry->anchor);
      else
        printOperands(*entry);
    for (Block &block : model.getFunction().getFunctionBody())
      if (!block.empty() && block.back().hasTrait<OpTrait::IsTerminator>())
        printResults(&block.back());
  }

private:
  /// The units that are listed, and if these are not all, their neighbours.
  static SmallVector<const UnitEntry *> getDrawn(const FunctionModel &model) {
    bool isAll = model.getListed().size() == model.getUnits().size();
    llvm::DenseSet<Operation *> listed, near;
    for (const UnitEntry &entry : model.getListed())
      listed.insert(entry.anchor);
    for (const UnitEntry &entry : model.getUnits())
      if (entry.unit)
        for (const UnitOperand &operand : entry.unit->operands)
          if (const Unit *producer = operand.producer) {
            if (listed.contains(entry.anchor))
              near.insert(producer->anchor);
            if (listed.contains(producer->anchor))
              near.insert(entry.anchor);
          }
    SmallVector<const UnitEntry *> drawn;
    for (const UnitEntry &entry : model.getUnits())
      if (isAll || listed.contains(entry.anchor) || near.contains(entry.anchor))
        drawn.push_back(&entry);
    return drawn;
  }

  std::string newNode(const void *key) {
    std::string id = prefix + std::to_string(count++);
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
    // Those that are fused in one op stand in a row.
    std::string before = nodes.lookup(entry.anchor);
    std::string id = newNode(entry.anchor);
    if (before.empty())
      first[entry.anchor] = id;
    else
      os << "    " << before << " -> " << id << " [penwidth=2];\n";
    os << "    " << id << " [label=" << quoted(label) << ", fillcolor="
       << (info.form ? getFillColor(*info.form) : getFillColor(info.decision));
    // Thicker frames: matched with a neighbour.
    if (info.pattern.size() > 1)
      os << ", tooltip=" << quoted(llvm::join(info.pattern, " < "))
         << ", penwidth=2";
    os << "];\n";
  }

  /// What was decided for how many units of a block; each unit is in the
  /// tooltip.
  void printBlock(const UnitBlock &block) {
    std::array<unsigned, getMaxEnumValForDecision() + 1> decided = {};
    std::string tooltip;
    for (const UnitEntry *entry : block.units) {
      UnitInfo info = model.describe(*entry);
      ++decided[unsigned(info.decision)];
      tooltip += getLabel(info) + ": " + stringifyEnum(info.decision).str();
      tooltip += info.rule.empty() ? "\n" : ", " + info.rule.str() + "\n";
    }
    std::string label = block.name;
    if (label.empty())
      label = getLabel(model.describe(*block.units.front())) + " to " +
              getLabel(model.describe(*block.units.back()));
    label += "\n" + std::to_string(block.units.size()) + " units";
    const char *separator = ": ";
    for (auto [i, count] : llvm::enumerate(decided)) {
      if (count == 0)
        continue;
      label += separator + std::to_string(count) + " " +
               stringifyEnum(Decision(i)).str();
      separator = ", ";
    }
    std::string id = newNode(block.units.front()->anchor);
    for (const UnitEntry *entry : block.units)
      nodes[entry->anchor] = id;
    bool isQuantized = decided[unsigned(Decision::observed)] +
                       decided[unsigned(Decision::shared)];
    bool isFloat = decided[unsigned(Decision::float_)];
    os << "    " << id << " [label=" << quoted(label)
       << ", tooltip=" << quoted(tooltip) << ", shape=box3d, fillcolor="
       << (isQuantized && isFloat ? mixedColor
           : isQuantized          ? getFillColor(Decision::observed)
           : isFloat              ? getFillColor(Decision::float_)
                                  : getFillColor(Decision::skipped))
       << "];\n";
  }

  static std::string getLabel(const UnitInfo &info) {
    return info.label.empty() ? info.kind.str() : info.label;
  }

  /// The node that makes a value, drawn now if it is no unit. Empty for what
  /// the graph leaves out: constants that nobody observes, and units that are
  /// not drawn; beside blocks all that is no unit, but for arguments.
  std::string getSource(Value value, bool isObserved) {
    const Unit *unit = model.getGraph().getProducer(value);
    Operation *op = value.getDefiningOp();
    const void *key = unit ? unit->anchor
                      : op ? static_cast<const void *>(op)
                           : value.getAsOpaquePointer();
    if (auto it = nodes.find(key); it != nodes.end())
      return it->second;
    if (unit || (op && op->getNumOperands() == 0 && !isObserved) ||
        (op && hasBlocks()))
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
    Observations places = quantprep::getObservations(use);
    std::string source = getSource(getUnobserved(use.get()), !places.empty());
    // Blocks hide what is inside of them, and say once what is between them.
    if (source.empty() || source == target ||
        (hasBlocks() && !edges.insert(source + " " + target.str()).second))
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

  /// What lies between units of an integer module is not drawn.
  void printSources(Operation *anchor) {
    if (!sourcesPrinted.insert(anchor).second)
      return;
    std::string target = first.lookup(anchor);
    if (target.empty()) // in a block
      target = nodes.lookup(anchor);
    llvm::SetVector<Value> values(anchor->operand_begin(),
                                  anchor->operand_end());
    for (size_t i = 0; i < values.size(); ++i) {
      Operation *op = values[i].getDefiningOp();
      if (op && !nodes.count(op)) {
        values.insert(op->operand_begin(), op->operand_end());
        continue;
      }
      std::string source = getSource(values[i], /*isObserved=*/true);
      if (!source.empty() && source != target &&
          edges.insert(source + " " + target).second)
        os << "    " << source << " -> " << target << ";\n";
    }
  }

  void printResults(Operation *terminator) {
    std::string target = newNode(terminator);
    os << "    " << target
       << " [label=" << quoted(terminator->getName().stripDialect())
       << ", shape=ellipse, fillcolor=white];\n";
    for (OpOperand &use : terminator->getOpOperands())
      printEdge(use, target);
  }

  bool hasBlocks() const { return blocks.size() < drawn.size(); }

  const FunctionModel &model;
  std::string prefix;
  const SharingGroups &groups;
  SmallVector<const UnitEntry *> drawn;
  std::vector<UnitBlock> blocks;
  raw_ostream &os;
  llvm::StringSet<> edges;
  unsigned count = 0;
  DenseMap<const void *, std::string> nodes;
  /// The first node of an op that is several units.
  DenseMap<Operation *, std::string> first;
  DenseSet<Operation *> sourcesPrinted;
};
} // namespace

static void printLegend(raw_ostream &os) {
  os << "  legend [shape=plain, style=\"\", label=<<table border=\"0\" "
        "cellborder=\"1\" cellspacing=\"0\"><tr>";
  for (unsigned i = 0; i <= getMaxEnumValForDecision(); ++i)
    os << "<td bgcolor=\"" << getFillColor(Decision(i)) << "\">"
       << stringifyEnum(Decision(i)) << "</td>";
  os << "<td bgcolor=\"" << mixedColor
     << "\">block with both</td><td>thick frame: fused</td>"
        "<td>coloured edge: shared observer</td></tr></table>>];\n";
}

void report::printDot(const Model &model, raw_ostream &os) {
  SharingGroups groups(model);
  os << "digraph report {\n"
     << "  node [shape=box, style=filled];\n";
  for (auto [number, function] : llvm::enumerate(model.functions)) {
    os << "  subgraph cluster_" << number << " {\n"
       << "    label=" << quoted(function->getName()) << ";\n";
    FunctionPrinter(*function, number, groups, model.mostBlocks, os).print();
    os << "  }\n";
  }
  printLegend(os);
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
