//===- Json.cpp - The report as JSON --------------------------------------===//
//
// docs/report.schema.json describes the form, docs/report.md what the fields
// mean. Streamed, so that the report of a large module is never in memory.
//
//===----------------------------------------------------------------------===//

#include "Advice.h"
#include "Ranges.h"

#include "QuantPrep/Analysis/WeightChannels.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Report/Report.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

namespace json = llvm::json;

static constexpr int64_t formatVersion = 1;

/// A string, or null for the empty one. Names in MLIR are bytes, those in JSON
/// are not.
static json::Value text(StringRef string) {
  if (string.empty())
    return nullptr;
  return json::fixUTF8(string);
}

static json::Value number(std::optional<int64_t> value) {
  return value ? json::Value(*value) : json::Value(nullptr);
}

/// A list of numbers or strings, on one line.
template <typename Range>
static void printList(json::OStream &os, StringRef name, const Range &list) {
  os.attributeBegin(name);
  os.rawValue([&](raw_ostream &stream) {
    stream << '[';
    llvm::interleaveComma(list, stream,
                          [&](json::Value value) { stream << value; });
    stream << ']';
  });
  os.attributeEnd();
}

/// An object on one line: these are by far the most.
static void printLine(json::OStream &os,
                      function_ref<void(json::OStream &)> contents) {
  os.rawValue([&](raw_ostream &stream) {
    json::OStream line(stream);
    line.object([&] { contents(line); });
  });
}

template <typename Range>
static void printStrings(json::OStream &os, StringRef name,
                         const Range &strings) {
  printList(os, name, llvm::map_range(strings, [](StringRef string) {
              return json::Value(json::fixUTF8(string));
            }));
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

static void printAttribute(json::OStream &os, Attribute attr) {
  llvm::TypeSwitch<Attribute>(attr)
      .Case([&](StringAttr attr) { os.value(json::fixUTF8(attr.getValue())); })
      .Case([&](SymbolRefAttr attr) {
        os.value(json::fixUTF8(attr.getLeafReference().getValue()));
      })
      .Case([&](mlir::UnitAttr) { os.value(true); })
      .Case([&](BoolAttr attr) { os.value(attr.getValue()); })
      .Case([&](DenseI64ArrayAttr attr) {
        os.array([&] {
          for (int64_t value : attr.asArrayRef())
            os.value(value);
        });
      })
      .Case([&](ArrayAttr attr) {
        os.array([&] {
          for (Attribute element : attr)
            printAttribute(os, element);
        });
      })
      .Default([&](Attribute attr) {
        std::string printed;
        llvm::raw_string_ostream(printed) << attr;
        os.value(json::fixUTF8(printed));
      });
}

/// What preparation was told: the attributes of the configuration, whichever
/// there are, and the names of its qconfigs.
static void printOptions(json::OStream &os, ConfigOp config) {
  if (!config)
    return;
  printStrings(os, "qconfigs",
               llvm::map_range(config.getOps<QConfigOp>(),
                               [](QConfigOp op) { return op.getSymName(); }));
  for (NamedAttribute attr : config->getAttrs()) {
    StringRef name = attr.getName();
    if (name == SymbolTable::getSymbolAttrName() ||
        name == SymbolTable::getVisibilityAttrName() ||
        name == annotations::generated)
      continue;
    os.attributeBegin(json::fixUTF8(name));
    printAttribute(os, attr.getValue());
    os.attributeEnd();
  }
}

//===----------------------------------------------------------------------===//
// Observers and observations
//===----------------------------------------------------------------------===//

/// The parameters that the kind of observer has; those that are not set are
/// left out.
static void printParameters(json::OStream &os, ObserverAttr spec) {
  auto integer = [&](StringRef name, std::optional<int64_t> value) {
    if (value)
      os.attribute(name, *value);
  };
  auto real = [&](StringRef name, FloatAttr value) {
    if (value)
      os.attribute(name, value.getValueAsDouble());
  };
  integer("bins", spec.getBins());
  integer("upsample_rate", spec.getUpsampleRate());
  real("eps", spec.getEps());
  real("averaging_constant", spec.getAveragingConstant());
  real("scale", spec.getScale());
  integer("zero_point", spec.getZeroPoint());
  integer("block_size", spec.getBlockSize());
  if (spec.getReduceRange())
    os.attribute("reduce_range", true);
}

/// What calibration found, as far as it went.
static void printRanges(json::OStream &os, ObserverOp observer) {
  ObserverRanges ranges = describeRanges(observer);
  const statistics::Data &data = ranges.seen.getData();
  auto printEnds = [&](StringRef name, double statistics::Range::*end) {
    printList(os, name, llvm::map_range(ranges.ranges, [&](const auto &range) {
                return range.isEmpty() ? json::Value(nullptr)
                                       : json::Value(range.*end);
              }));
  };
  if (ranges.hasValues()) {
    printEnds("min", &statistics::Range::min);
    printEnds("max", &statistics::Range::max);
    os.attribute("count", data.count);
    os.attribute("runs", data.runs);
    os.attribute("infinite", data.infinite);
    os.attribute("nan", data.nan);
  }
  if (ranges.chosen.empty())
    return;
  if (ranges.hasValues())
    os.attribute("saturated", ranges.saturated ? json::Value(*ranges.saturated)
                                               : json::Value(nullptr));
  printList(os, "scale",
            llvm::map_range(ranges.chosen, [](const auto &qparams) {
              return json::Value(qparams.scale);
            }));
  printList(os, "zero_point",
            llvm::map_range(ranges.chosen, [](const auto &qparams) {
              return json::Value(qparams.zeroPoint);
            }));
}

static void printObserver(json::OStream &os, ObserverOp observer,
                          ArrayRef<int64_t> axes) {
  ObserverAttr spec = observer.getSpec();
  std::optional<Scheme> scheme = spec.getScheme();
  os.object([&] {
    os.attribute("name", text(observer.getSymName()));
    os.attribute("id", int64_t(observer.getId()));
    os.attribute("kind", stringifyEnum(spec.getKind()));
    os.attribute("dtype", dtypeName(spec.getDtype()));
    os.attribute("scheme", scheme ? text(stringifyEnum(*scheme)) : nullptr);
    std::optional<int64_t> quantMin = spec.getQuantMin();
    std::optional<int64_t> quantMax = spec.getQuantMax();
    if (quantMin)
      std::tie(quantMin, quantMax) = spec.getLimits();
    os.attribute("quant_min", number(quantMin));
    os.attribute("quant_max", number(quantMax));
    os.attribute("axis", number(spec.getAxis()));
    if (axes.size() > 1)
      printList(os, "axes", axes);
    os.attribute("dynamic", spec.getDynamic());
    os.attribute("fake_quant", spec.getFakeQuant());
    os.attributeObject("parameters", [&] { printParameters(os, spec); });
    if (hasRanges(observer))
      printRanges(os, observer);
  });
}

/// Name and position of an op.
static void printPlaceOf(json::OStream &os, const Numbering &numbering,
                         Operation *op) {
  os.attribute("name", text(getLocationName(op->getLoc())));
  os.attribute("index", int64_t(numbering.getIndex(op)));
  if (numbering.isNested(op))
    printList(os, "path", numbering.getPath(op));
}

static void printValue(json::OStream &os, const FunctionModel &model,
                       Value value) {
  const Numbering &numbering = model.getNumbering();
  if (auto result = dyn_cast<OpResult>(value)) {
    os.attribute("op", result.getOwner()->getName().getStringRef());
    printPlaceOf(os, numbering, result.getOwner());
    os.attribute("result", int64_t(result.getResultNumber()));
    return;
  }
  auto argument = cast<BlockArgument>(value);
  os.attribute("argument", int64_t(argument.getArgNumber()));
  os.attribute("name", text(getArgumentName(argument)));
  Block *block = argument.getOwner();
  if (block == &model.getFunction().front())
    return;
  if (block->getParentOp() != model.getFunction())
    os.attribute("index", int64_t(numbering.getIndex(block->getParentOp())));
  printList(os, "path", numbering.getPath(block));
}

static StringRef getRoleName(OperandRole role) {
  return role == OperandRole::weight || role == OperandRole::bias
             ? stringifyEnum(role)
             : "activation";
}

static void printObservation(json::OStream &os, const FunctionModel &model,
                             ObservationOpInterface place) {
  SmallVector<OpOperand *> uses = model.getUses(place);
  os.object([&] {
    os.attribute("observer", json::fixUTF8(place.getObserverAttr().getValue()));
    os.attribute("role", getRoleName(model.getRole(place, uses)));
    os.attributeBegin("value");
    printLine(os, [&](json::OStream &line) {
      printValue(line, model, getUnobserved(place.getInput()));
    });
    os.attributeEnd();
    os.attributeArray("uses", [&] {
      for (OpOperand *use : uses)
        printLine(os, [&](json::OStream &line) {
          Operation *user = use->getOwner();
          line.attribute("op", user->getName().getStringRef());
          printPlaceOf(line, model.getNumbering(), user);
          line.attribute("operand", int64_t(use->getOperandNumber()));
        });
    });
  });
}

//===----------------------------------------------------------------------===//
// Units and functions
//===----------------------------------------------------------------------===//

static void printUnit(json::OStream &os, const FunctionModel &model,
                      const UnitEntry &entry) {
  UnitInfo info = model.describe(entry);
  const Numbering &numbering = model.getNumbering();
  os.object([&] {
    os.attribute("kind", info.kind);
    os.attribute("label", text(info.label));
    printPlaceOf(os, numbering, entry.anchor);
    printList(os, "members", llvm::map_range(info.members, [&](Operation *op) {
                return numbering.getPosition(op);
              }));
    if (info.pattern.empty())
      os.attribute("pattern", nullptr);
    else
      printStrings(os, "pattern", info.pattern);
    os.attribute("macs", info.macs);
    os.attribute("parameter", info.parameter ? json::Value(*info.parameter)
                                             : json::Value(nullptr));
    os.attribute("qconfig", text(info.qconfig));
    os.attribute("qconfig_from",
                 info.level ? text(stringifyEnum(*info.level)) : nullptr);
    os.attribute("decision", stringifyEnum(info.decision));
    os.attribute("rule", text(info.rule));
    os.attribute("reason", text(info.reason));
    printStrings(os, "observers", info.observers);
    printStrings(os, "shared_with", info.sharedWith);
    if (!info.folded.empty())
      printStrings(os, "folded", info.folded);
    if (info.form)
      os.attribute("form", stringifyEnum(*info.form));
  });
}

/// Where there is any.
static void printAdvice(json::OStream &os, const FunctionModel &model) {
  std::vector<Advice> all = collectAdvice(model);
  if (all.empty())
    return;
  os.attributeArray("advice", [&] {
    for (const Advice &advice : all)
      os.object([&] {
        os.attribute("label", json::fixUTF8(advice.label));
        os.attribute("message", json::fixUTF8(advice.message));
        os.attribute("entry", json::fixUTF8(advice.entry));
      });
  });
}

static void printObservers(json::OStream &os, const FunctionModel &model) {
  struct Channels {
    ObserverAttr spec;
    SmallVector<int64_t, 2> axes;
  };
  DenseMap<Attribute, Channels> channels;
  for (ObserverOp observer : model.getObservers())
    if (observer.getSpec().isPerChannel())
      channels[observer.getSymNameAttr()].spec = observer.getSpec();
  for (ObservationOpInterface place : model.getPlaces())
    if (auto it = channels.find(place.getObserverAttr().getAttr());
        it != channels.end() && it->second.axes.size() < 2)
      it->second.axes = getChannelAxes(place, it->second.spec);
  os.attributeArray("observers", [&] {
    for (ObserverOp observer : model.getObservers())
      printObserver(os, observer,
                    channels.lookup(observer.getSymNameAttr()).axes);
  });
}

static void printFunction(json::OStream &os, const FunctionModel &model) {
  os.object([&] {
    os.attribute("name", json::fixUTF8(model.getName()));
    auto origin = annotations::get<FlatSymbolRefAttr>(model.getFunction(),
                                                      annotations::origin);
    os.attribute("origin", origin
                               ? json::Value(json::fixUTF8(origin.getValue()))
                               : json::Value(nullptr));
    printObservers(os, model);
    os.attributeArray("observations", [&] {
      for (ObservationOpInterface place : model.getPlaces())
        printObservation(os, model, place);
    });
    os.attributeArray("units", [&] {
      for (const UnitEntry &unit : model.getListed())
        printUnit(os, model, unit);
    });
    printAdvice(os, model);
  });
}

void report::printJson(const Model &model, raw_ostream &stream,
                       unsigned indent) {
  json::OStream os(stream, indent);
  os.object([&] {
    os.attribute("version", formatVersion);
    os.attribute("producer", "QuantPrep " QUANTPREP_VERSION);
    os.attributeObject("options", [&] { printOptions(os, model.config); });
    os.attributeArray("functions", [&] {
      for (const std::unique_ptr<FunctionModel> &function : model.functions)
        printFunction(os, *function);
    });
    os.attributeArray("warnings", [&] {
      for (const Message &warning : model.warnings)
        os.object([&] {
          os.attribute("message", json::fixUTF8(warning.message));
          os.attribute("location", text(warning.location));
        });
    });
  });
  stream << '\n';
}

void report::printJson(const Failure &failure, raw_ostream &stream,
                       unsigned indent) {
  json::OStream os(stream, indent);
  os.object([&] {
    os.attribute("version", formatVersion);
    os.attribute("error", json::fixUTF8(failure.message));
    os.attribute("location", text(failure.location));
  });
  stream << '\n';
}
