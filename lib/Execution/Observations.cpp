//===- Observations.cpp - What observers see of a program -----------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "Constants.h"
#include "Lower.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Models/ConstantElements.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::execution;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// While the program runs
//===----------------------------------------------------------------------===//

static thread_local ObservationSink *currentSink = nullptr;

CurrentSink::CurrentSink(ObservationSink *sink) : before(currentSink) {
  currentSink = sink;
}

CurrentSink::~CurrentSink() { currentSink = before; }

namespace {
/// The descriptor of a buffer of any rank.
struct UnrankedDescriptor {
  int64_t rank;
  void *ranked;
};

/// The ranked descriptor, up to the sizes and strides that follow it.
struct DescriptorHeader {
  void *allocated;
  char *aligned;
  int64_t offset;
};
} // namespace

template <statistics::ElementType type, int64_t bytes>
static void observe(int64_t observer, UnrankedDescriptor *buffer) {
  auto *header = static_cast<DescriptorHeader *>(buffer->ranked);
  auto *sizes = reinterpret_cast<int64_t *>(header + 1);
  statistics::Buffer values;
  values.type = type;
  values.data = header->aligned + header->offset * bytes;
  for (int64_t i = 0; i < buffer->rank; ++i)
    values.dims.push_back({sizes[i], sizes[buffer->rank + i]});
  currentSink->observe(observer, values);
}

//===----------------------------------------------------------------------===//
// At compile time
//===----------------------------------------------------------------------===//

static std::optional<statistics::ElementType> getElementType(Type type) {
  return llvm::TypeSwitch<Type, std::optional<statistics::ElementType>>(type)
      .Case([](Float16Type) { return statistics::ElementType::F16; })
      .Case([](BFloat16Type) { return statistics::ElementType::BF16; })
      .Case([](Float32Type) { return statistics::ElementType::F32; })
      .Case([](Float64Type) { return statistics::ElementType::F64; })
      .Default(std::nullopt);
}

/// Shows a constant where its attribute has it, or what movement makes of it.
/// False for what has to be computed.
static bool showConstant(Value value, int64_t observer, ObservationSink &sink) {
  ElementsAttr raw;
  matchPattern(value, m_Constant(&raw));
  std::optional<statistics::ElementType> type =
      getElementType(getElementTypeOrSelf(value.getType()));
  bool isRead = raw && type && !getRawElements(raw).empty();
  std::optional<ConstantElements> moved;
  if (!isRead)
    moved = readElements(value);
  if (!isRead && (!moved || moved->isElided()))
    return false;
  ArrayRef<int64_t> shape = cast<ShapedType>(value.getType()).getShape();
  statistics::Buffer values = statistics::makeDenseBuffer(
      isRead ? *type : statistics::ElementType::F64,
      isRead ? static_cast<const void *>(getRawElements(raw).data())
             : moved->values.data(),
      {shape.begin(), shape.end()});
  if (isRead ? raw.isSplat() : moved->isSplat())
    for (statistics::Dim &dim : values.dims)
      dim.stride = 0;
  sink.observe(observer, values);
  return true;
}

/// Lets users read what is observed.
static void eraseObservation(ObservationOpInterface place) {
  if (place->getNumResults())
    place->getResult(0).replaceAllUsesWith(place.getInput());
  place->erase();
}

namespace {
/// The observations of a module, by observer.
class Places {
public:
  explicit Places(ObservationPlan &plan) : plan(plan) {}

  LogicalResult add(ObservationOpInterface place);
  void showConstants();

private:
  bool isConstant(ObservationOpInterface place);

  ObservationPlan &plan;
  SymbolTableCollection symbols;
  llvm::MapVector<ObserverOp, SmallVector<ObservationOpInterface>> places;
  llvm::DenseMap<Operation *, ValueFacts> facts;
};
} // namespace

LogicalResult Places::add(ObservationOpInterface place) {
  if (failed(checkHasObserver(place)))
    return failure();
  auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(
      place, place.getObserverAttr());
  places[observer].push_back(place);
  return success();
}

bool Places::isConstant(ObservationOpInterface place) {
  auto function = place->getParentOfType<FunctionOpInterface>();
  return facts.try_emplace(function, function)
      .first->second.isConstant(place.getInput());
}

/// It returns its operand as long as there are no parameters.
static void replaceByObserve(FakeQuantizeOp fake) {
  OpBuilder builder(fake);
  auto observe = ObserveOp::create(builder, fake.getLoc(), fake.getType(),
                                   fake.getInput(), fake.getObserverAttr(),
                                   /*spec=*/ObserverAttr());
  fake.replaceAllUsesWith(observe.getResult());
  fake.erase();
}

void Places::showConstants() {
  SmallVector<ObservationOpInterface> erased;
  for (auto &[observer, observations] : places) {
    bool isCollected = plan.isCollected(observer);
    bool seesConstants =
        isCollected && llvm::all_of(observations, [&](auto place) {
          return isConstant(place);
        });
    if (seesConstants)
      plan.noteConstant(observer);
    for (ObservationOpInterface place : observations) {
      if (!isCollected ||
          (seesConstants && showConstant(place.getInput(), observer.getId(),
                                         plan.getConstants()))) {
        erased.push_back(place);
      } else if (auto fake = dyn_cast<FakeQuantizeOp>(place.getOperation());
                 fake && !observer.getQparams()) {
        replaceByObserve(fake);
      }
    }
  }
  llvm::for_each(erased, eraseObservation);
}

/// What a cast leaves without a rank is observed before it: buffers need one.
static void moveBeforeCast(ObservationOpInterface place) {
  auto cast = place.getInput().getDefiningOp<tensor::CastOp>();
  if (!cast || isa<RankedTensorType>(cast.getType()) ||
      !isa<RankedTensorType>(cast.getSource().getType()))
    return;
  Operation *op = place;
  op->setOperand(0, cast.getSource());
  OpBuilder builder(op->getContext());
  builder.setInsertionPointAfter(op);
  for (OpResult result : op->getResults()) {
    result.setType(cast.getSource().getType());
    auto unranked =
        tensor::CastOp::create(builder, op->getLoc(), cast.getType(), result);
    result.replaceAllUsesExcept(unranked, unranked);
  }
}

LogicalResult quantprep::execution::prepareObservations(ModuleOp module,
                                                        ObservationPlan *plan) {
  SmallVector<ObservationOpInterface> observations;
  module.walk(
      [&](ObservationOpInterface place) { observations.push_back(place); });
  if (!plan) {
    llvm::for_each(observations, eraseObservation);
    return success();
  }
  llvm::for_each(observations, moveBeforeCast);
  Places places(*plan);
  for (ObservationOpInterface place : observations)
    if (failed(places.add(place)))
      return failure();
  places.showConstants();
  return success();
}

static func::FuncOp getCallee(ModuleOp module, Type elementType,
                              Symbols &symbols) {
  std::string name;
  llvm::raw_string_ostream(name) << "qprep_observe_" << elementType;
  if (auto callee = module.lookupSymbol<func::FuncOp>(name))
    return callee;
  using statistics::ElementType;
  void (*address)(int64_t, UnrankedDescriptor *) =
      elementType.isF16()    ? observe<ElementType::F16, 2>
      : elementType.isBF16() ? observe<ElementType::BF16, 2>
      : elementType.isF32()  ? observe<ElementType::F32, 4>
                             : observe<ElementType::F64, 8>;
  symbols["_mlir_ciface_" + name] = reinterpret_cast<void *>(address);
  Builder builder(module.getContext());
  auto callee = func::FuncOp::create(
      module.getLoc(), name,
      builder.getFunctionType(
          {builder.getI64Type(), UnrankedMemRefType::get(elementType, {})},
          {}));
  callee.setPrivate();
  callee->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                  builder.getUnitAttr());
  module.push_back(callee);
  return callee;
}

LogicalResult quantprep::execution::lowerObservations(ModuleOp module,
                                                      Symbols &symbols) {
  SmallVector<ObserveOp> places;
  module.walk([&](ObserveOp place) { places.push_back(place); });
  SymbolTableCollection observers;
  for (ObserveOp place : places) {
    Value input = place.getInput();
    auto type = dyn_cast<BaseMemRefType>(input.getType());
    if (!type || !getElementType(type.getElementType()))
      return place->emitOpError()
             << "observes elements of type " << input.getType()
             << ", but f16, bf16, f32 and f64 are observed";
    OpBuilder builder(place);
    Location loc = place.getLoc();
    if (!isa<UnrankedMemRefType>(type))
      input = memref::CastOp::create(
          builder, loc, UnrankedMemRefType::get(type.getElementType(), {}),
          input);
    auto observer = observers.lookupNearestSymbolFrom<ObserverOp>(
        place, place.getObserverAttr());
    Value id = arith::ConstantIntOp::create(builder, loc, observer.getId(), 64);
    func::CallOp::create(builder, loc,
                         getCallee(module, type.getElementType(), symbols),
                         ValueRange{id, input});
    place.erase();
  }
  module.walk([](ResetObserverOp reset) { reset.erase(); });
  for (ObserverOp observer :
       llvm::make_early_inc_range(module.getOps<ObserverOp>()))
    observer.erase();
  return success();
}
