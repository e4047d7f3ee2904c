//===- SwitchedProgram.cpp - Quantization that can be switched ------------===//

#include "QuantPrep/Compare/SwitchedProgram.h"

#include "Pieces.h"
#include "QuantPrep/Compare/UnitValues.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "UnitParameters.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using namespace quantprep::qprep;
using execution::Program;

namespace quantprep::compare {
/// Which switch an op belongs to.
class UnitGroups {
public:
  explicit UnitGroups(const UnitGraph &graph) : graph(graph) {
    classes.grow(graph.getUnits().size());
    for (const Unit &unit : graph.getUnits())
      if (annotations::isFused(unit.anchor))
        for (Value result : unit.anchor->getResults())
          forEachUse(result, [&](OpOperand &use) {
            if (const Unit *next = graph.getUnit(use.getOwner()))
              classes.join(graph.getIndex(unit), graph.getIndex(*next));
          });
    classes.compress();
  }

  unsigned getCount() const { return classes.getNumClasses(); }
  unsigned get(const Unit &unit) const { return classes[graph.getIndex(unit)]; }
  /// None for an op of no unit.
  std::optional<unsigned> get(Operation *op) const {
    const Unit *unit = op ? graph.getUnit(op) : nullptr;
    return unit ? std::optional<unsigned>(get(*unit)) : std::nullopt;
  }

  const UnitGraph &graph;

private:
  llvm::IntEqClasses classes;
};
} // namespace quantprep::compare

/// Whether a place makes codes of floats.
static bool quantizes(ObservationOpInterface place,
                      SymbolTableCollection &symbols) {
  auto observer = place.getObserverAttr()
                      ? symbols.lookupNearestSymbolFrom<ObserverOp>(
                            place, place.getObserverAttr())
                      : ObserverOp();
  return observer && observer.getQparams() &&
         !observer.getSpec().hasFloatDType() &&
         !observer.getSpec().getDynamic() &&
         !observer.getSpec().isEqualization();
}

static Value readFlag(OpBuilder &builder, Location loc, Value flags,
                      unsigned number) {
  Value index = arith::ConstantIndexOp::create(builder, loc, number);
  return tensor::ExtractOp::create(builder, loc, flags, index);
}

static Value createAndNot(OpBuilder &builder, Location loc, Value flag,
                          Value other) {
  Value on = arith::ConstantIntOp::create(builder, loc, 1, /*width=*/1);
  Value off = arith::XOrIOp::create(builder, loc, other, on);
  return arith::AndIOp::create(builder, loc, flag, off);
}

/// What `create` makes if the flag is set, else `value`.
static Value createSwitch(OpBuilder &builder, Location loc, Value value,
                          Value flag, function_ref<Value(OpBuilder &)> create) {
  auto branch = scf::IfOp::create(builder, loc, TypeRange(value.getType()),
                                  flag, /*withElseRegion=*/true);
  OpBuilder inside = branch.getThenBodyBuilder();
  Value other = create(inside);
  scf::YieldOp::create(inside, loc, other);
  inside = branch.getElseBodyBuilder();
  scf::YieldOp::create(inside, loc, value);
  return branch.getResult(0);
}

/// The value as it is, or rounded if the flag is set.
static Value createSite(OpBuilder &builder, Location loc,
                        FlatSymbolRefAttr observer, Value value, Value flag) {
  return createSwitch(
      builder, loc, value, flag, [&](OpBuilder &inside) -> Value {
        return FakeQuantizeOp::create(inside, loc, value.getType(), value,
                                      observer, /*spec=*/ObserverAttr());
      });
}

/// An op is there twice, for a constant that it reads as it is, or rounded:
/// kernels order weights once that are constants, and not chosen in each run.
static void switchReader(OpOperand &use, FlatSymbolRefAttr observer,
                         Value flag) {
  Operation *op = use.getOwner();
  Location loc = op->getLoc();
  OpBuilder builder(op);
  auto branch = scf::IfOp::create(builder, loc, op->getResultTypes(), flag,
                                  /*withElseRegion=*/true);
  op->replaceAllUsesWith(branch);
  OpBuilder inside = branch.getThenBodyBuilder();
  Value rounded =
      FakeQuantizeOp::create(inside, loc, use.get().getType(), use.get(),
                             observer, /*spec=*/ObserverAttr());
  Operation *copy = inside.clone(*op);
  copy->setOperand(use.getOperandNumber(), rounded);
  scf::YieldOp::create(inside, loc, copy->getResults());
  inside = branch.getElseBodyBuilder();
  op->moveBefore(scf::YieldOp::create(inside, loc, op->getResults()));
}

namespace {
/// A place that observes, and the switch of the unit that makes the value for
/// it alone.
struct Place {
  ObservationOpInterface op;
  std::optional<unsigned> producer;
};

/// Puts switches where observations are. Each place becomes one site for the
/// unit that makes the value, and one for each unit that reads it there while
/// the other is float. These round by what was seen: parameters that are wrong
/// are part of the unit that has them.
class SiteMaker {
public:
  using SeenObservers = DenseMap<StringAttr, FlatSymbolRefAttr>;

  SiteMaker(const UnitGroups &groups, const SeenObservers &seen, Value flags,
            std::vector<SwitchedProgram::Switch> &switches)
      : groups(groups), seen(seen), flags(flags), switches(switches) {}

  void replace(const Place &place);
  /// After all places: ops that read constants.
  void switchReaders();

private:
  /// Rounds a value by the switch of a unit that has (`isOwn`) or reads it.
  Value round(const Place &place, Value value, FlatSymbolRefAttr observer,
              unsigned number, bool isOwn);

  const UnitGroups &groups;
  const SeenObservers &seen;
  Value flags;
  std::vector<SwitchedProgram::Switch> &switches;
  SymbolTableCollection symbols;
  llvm::MapVector<Operation *, std::pair<OpOperand *, FlatSymbolRefAttr>>
      constants;
};
} // namespace

Value SiteMaker::round(const Place &place, Value value,
                       FlatSymbolRefAttr observer, unsigned number,
                       bool isOwn) {
  switches[number].isUsed |= isOwn;
  ObservationOpInterface op = place.op;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value flag =
      readFlag(builder, loc, flags, isOwn ? number : switches.size() + number);
  if (place.producer && number != *place.producer)
    flag = createAndNot(builder, loc, flag,
                        readFlag(builder, loc, flags, *place.producer));
  return createSite(builder, loc, observer, value, flag);
}

void SiteMaker::replace(const Place &place) {
  ObservationOpInterface op = place.op;
  Value base = op.getInput();
  FlatSymbolRefAttr observer = op.getObserverAttr();
  bool isQuantized = quantizes(op, symbols);
  bool isMade = groups.get(getUnobserved(base).getDefiningOp()).has_value();
  if (isQuantized && place.producer) {
    base = round(place, base, observer, *place.producer, /*isOwn=*/true);
    if (auto found = seen.find(observer.getAttr()); found != seen.end())
      observer = found->second;
  }
  llvm::SmallDenseMap<unsigned, Value> rounded;
  for (Value result : op->getResults())
    for (OpOperand &use : llvm::make_early_inc_range(result.getUses())) {
      std::optional<unsigned> reader = groups.get(use.getOwner());
      bool isRounded = isQuantized && reader && reader != place.producer;
      if (!isRounded ||
          (matchPattern(base, m_Constant()) &&
           constants.insert({use.getOwner(), {&use, observer}}).second)) {
        use.set(base);
        continue;
      }
      Value &value = rounded[*reader];
      if (!value)
        value = round(place, base, observer, *reader, /*isOwn=*/!isMade);
      use.set(value);
    }
  op->erase();
}

void SiteMaker::switchReaders() {
  for (auto &[op, constant] : constants) {
    unsigned number = *groups.get(op);
    switches[number].isUsed = true;
    OpBuilder builder(op);
    switchReader(*constant.first, constant.second,
                 readFlag(builder, op->getLoc(), flags, number));
  }
}

LogicalResult SwitchedProgram::addSwitches(const UnitGroups &groups) {
  auto seen = addSeenObservers(*module);
  if (failed(seen))
    return failure();
  SmallVector<Place> places;
  function->walk([&](Operation *op) {
    if (ObservationOpInterface place = getObservation(op)) {
      Value input = place.getInput();
      std::optional<unsigned> producer;
      if (input.hasOneUse())
        producer = groups.get(getUnobserved(input).getDefiningOp());
      places.push_back({place, producer});
    }
  });
  auto type = RankedTensorType::get({int64_t(2 * switches.size())},
                                    IntegerType::get(function.getContext(), 1));
  (void)function.insertArgument(function.getNumArguments(), type, {},
                                function.getLoc());
  SiteMaker maker(groups, *seen, function.getArguments().back(), switches);
  for (const Place &place : places)
    maker.replace(place);
  maker.switchReaders();
  return success();
}

/// Constants of units that the float module has not.
LogicalResult SwitchedProgram::switchParameters(const UnitGroups &groups,
                                                ModuleOp reference,
                                                StringRef entry) {
  auto original =
      LabelledModule::create(reference, entry, hasFoldedUnits(*module));
  if (failed(original))
    return failure();
  UnitGraph floatUnits(original->getFunction());
  if (failed(floatUnits.verify()))
    return failure();
  Value flags = function.getArguments().back();
  for (const ChangedParameter &changed :
       findChangedParameters(groups.graph, floatUnits)) {
    unsigned number = groups.get(*changed.unit);
    switches[number].isUsed = true;
    Value own = changed.constant->getResult(0);
    // Not earlier than it is read, so that pieces do not hand it on.
    for (OpOperand &use : llvm::make_early_inc_range(own.getUses())) {
      OpBuilder builder(use.getOwner());
      Value wanted = builder.clone(*changed.original)->getResult(0);
      Value flag = readFlag(builder, own.getLoc(), flags, number);
      use.set(createSwitch(builder, own.getLoc(), wanted, flag,
                           [&](OpBuilder &) { return own; }));
    }
  }
  return success();
}

FailureOr<std::unique_ptr<SwitchedProgram>>
SwitchedProgram::create(ModuleOp calibrated, ModuleOp reference,
                        StringRef entry) {
  std::unique_ptr<SwitchedProgram> program(new SwitchedProgram());
  program->module = calibrated.clone();
  ModuleOp module = *program->module;
  auto function = inlineCalls(module, entry);
  if (failed(function))
    return failure();
  program->function = *function;
  UnitGraph graph(*function, Reading::prepared);
  if (failed(graph.verify()))
    return failure();
  UnitGroups groups(graph);
  UnitLabels labels(graph);
  program->switches.resize(groups.getCount());
  for (const Unit &unit : graph.getUnits())
    program->switches[groups.get(unit)].labels.push_back(labels.get(unit));
  if (program->switches.empty())
    return emitError(function->getLoc())
           << "has no units; give a float module of tosa or linalg";
  if (failed(program->addSwitches(groups)) ||
      failed(program->switchParameters(groups, reference, entry)) ||
      failed(program->compile()))
    return failure();
  return program;
}

/// Which switches the ops of a piece ask.
static void collectSwitches(func::FuncOp piece,
                            function_ref<void(unsigned)> callback) {
  Value flags = piece.getArguments().back();
  for (Operation *user : flags.getUsers())
    if (auto extract = dyn_cast<tensor::ExtractOp>(user))
      if (auto index =
              extract.getIndices()[0].getDefiningOp<arith::ConstantIndexOp>())
        callback(index.value());
}

LogicalResult SwitchedProgram::compile() {
  /// More of them share more, and take longer to compile.
  constexpr unsigned maxPieces = 8;
  SmallVector<func::FuncOp> functions =
      cutIntoPieces(function, std::min<unsigned>(maxPieces, switches.size()));
  firstPieces.assign(2 * switches.size(), functions.size());
  for (auto [number, piece] : llvm::enumerate(functions))
    collectSwitches(piece, [&, number = unsigned(number)](unsigned index) {
      firstPieces[index] = std::min(firstPieces[index], number);
    });
  if (failed(lowerQuantization(*module)))
    return failure();
  for (func::FuncOp piece : functions) {
    auto program = Program::compile(piece);
    if (failed(program))
      return failure();
    pieces.push_back(std::move(*program));
  }
  return success();
}

unsigned SwitchedProgram::getFirstPiece(const Setting &setting) const {
  unsigned first = pieces.size();
  for (auto [flag, piece] : llvm::zip_equal(setting, firstPieces))
    if (flag)
      first = std::min(first, piece);
  return first;
}

std::optional<execution::RunFailure>
SwitchedProgram::run(unsigned piece, Values &values, const Setting &setting,
                     std::vector<Values> *keep) const {
  SmallVector<int64_t> flagsShape = {int64_t(setting.size())};
  for (; piece < pieces.size(); ++piece) {
    if (keep)
      keep->push_back(values);
    SmallVector<execution::ArgumentView> arguments;
    for (const execution::Array &value : values)
      arguments.push_back({value.shape, value.data.get()});
    arguments.push_back({flagsShape, setting.data()});
    Values results;
    if (auto failure = pieces[piece]->run(arguments, results, nullptr))
      return failure;
    values = std::move(results);
  }
  return std::nullopt;
}
