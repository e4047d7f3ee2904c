//===- LowerObservers.cpp - Observations become calls ---------------------===//
//
// Takes a module whose observers are symbols (qprep-share-observers has run),
// on tensors or on buffers, and leaves nothing of the qprep dialect in it:
// places become calls of a C function, everything else of ours goes away.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/WeightChannels.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/Runtime/Runtime.h"
#include "QuantPrep/Transforms/Passes.h"
#include "TakenName.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/DenseMap.h"

namespace quantprep {
#define GEN_PASS_DEF_LOWEROBSERVERS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// Finds or declares the C functions, each once in a symbol table in which it
/// is called.
class ObserveFunctions {
public:
  explicit ObserveFunctions(StringRef prefix) : prefix(prefix) {}

  /// The function `<prefix>_<suffix>`, which takes an observer's id and these
  /// arguments. Null, with a diagnostic at `place`, if its name is taken.
  func::FuncOp get(Operation *place, const Twine &suffix,
                   ArrayRef<Type> arguments);

  /// Whether the functions are those of libQuantPrepRuntime.so, which collects
  /// what specs say.
  bool areOfRuntime() const { return prefix == "qprep_observe"; }

private:
  func::FuncOp declare(Operation *place, Operation *table, StringRef name,
                       FunctionType type);

  StringRef prefix;
  SymbolTableCollection symbolTables;
  DenseMap<std::pair<Operation *, Attribute>, func::FuncOp> functions;
};
} // namespace

/// Whether the runtime has a function for this element type.
static bool isObservableByRuntime(Type elementType) {
  return isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(elementType);
}

func::FuncOp ObserveFunctions::get(Operation *place, const Twine &suffix,
                                   ArrayRef<Type> arguments) {
  Operation *table = SymbolTable::getNearestSymbolTable(place);
  Builder builder(place->getContext());
  auto name = builder.getStringAttr(prefix + "_" + suffix);
  func::FuncOp &function = functions[{table, name}];
  if (function)
    return function;
  SmallVector<Type> all = {builder.getI64Type()};
  llvm::append_range(all, arguments);
  function = declare(place, table, name, builder.getFunctionType(all, {}));
  return function;
}

func::FuncOp ObserveFunctions::declare(Operation *place, Operation *table,
                                       StringRef name, FunctionType type) {
  SymbolTable &symbols = symbolTables.getSymbolTable(table);
  if (Operation *taken = symbols.lookup(name)) {
    // What the user has declared or defined with this type is called as it is.
    auto function = dyn_cast<func::FuncOp>(taken);
    if (function && function.getFunctionType() == type)
      return function;
    InFlightDiagnostic diag = place->emitOpError()
                              << "needs a function @" << name << " of type "
                              << type;
    addTakenName(diag, taken, " or give another prefix with callee=");
    return {};
  }

  auto function = func::FuncOp::create(place->getLoc(), name, type);
  function.setPrivate();
  function->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                    mlir::UnitAttr::get(place->getContext()));
  symbols.insert(function, table->getRegion(0).front().begin());
  return function;
}

/// The buffer of `value` as memref<*xT>. Of a tensor it is only read: strided
/// in every way, so that bufferization never copies to give it.
static Value getUnrankedBuffer(OpBuilder &builder, Location loc, Value value) {
  if (auto tensor = dyn_cast<TensorType>(value.getType()))
    value = bufferization::ToBufferOp::create(
        builder, loc,
        bufferization::getMemRefTypeWithFullyDynamicLayout(tensor), value,
        /*read_only=*/true);
  auto type = cast<BaseMemRefType>(value.getType());
  if (isa<UnrankedMemRefType>(type))
    return value;
  return memref::CastOp::create(
      builder, loc,
      UnrankedMemRefType::get(type.getElementType(), type.getMemorySpace()),
      value);
}

/// Says, at the place, why the runtime cannot be called there.
static LogicalResult verifyLowerable(ObservationOpInterface place) {
  if (!isa<ObserveOp>(place))
    return place->emitOpError()
           << "computes a new value, which a call of the runtime does not; "
              "only qprep.observe can be lowered, prepare without 'qat'";
  if (failed(checkHasObserver(place)))
    return failure();
  auto type = cast<ShapedType>(place.getInput().getType());
  if (!isObservableByRuntime(type.getElementType()))
    return place->emitOpError()
           << "observes elements of type " << type.getElementType()
           << ", but the runtime takes f16, bf16, f32 and f64; cast the value "
              "before it is observed";
  auto buffer = dyn_cast<BaseMemRefType>(type);
  if (buffer && buffer.getMemorySpace())
    return place->emitOpError()
           << "observes memory space " << buffer.getMemorySpace()
           << ", but the runtime reads the default one; copy the buffer there "
              "before it is observed";
  return success();
}

/// Tells the runtime what to collect, where that is more than a range: right
/// before what it concerns, so that no function has to be called first.
static LogicalResult lowerSpec(ObserveOp place, ObserverOp observer, Value id,
                               ObserveFunctions &functions) {
  std::optional<statistics::Spec> spec = getStatisticsSpec(observer.getSpec());
  if (!functions.areOfRuntime() || !spec ||
      !(spec->histogram || spec->movingAverage || spec->axis))
    return success();
  OpBuilder builder(place);
  Type type = builder.getI64Type();
  func::FuncOp function =
      functions.get(place, "spec", {type, type, type, type});
  if (!function)
    return failure();
  int64_t collects = (spec->histogram ? QPREP_COLLECT_HISTOGRAM : 0) |
                     (spec->movingAverage ? QPREP_COLLECT_PASSES : 0);
  SmallVector<Value> arguments = {id};
  int64_t axisCount =
      std::max<size_t>(getChannelAxes(place, observer.getSpec()).size(), 1);
  for (int64_t number :
       {collects, spec->axis.value_or(-1), axisCount, spec->blockSize})
    arguments.push_back(
        arith::ConstantIntOp::create(builder, place.getLoc(), number, 64));
  func::CallOp::create(builder, place.getLoc(), function, arguments);
  return success();
}

static LogicalResult lowerPlace(ObserveOp place, ObserveFunctions &functions,
                                SymbolTableCollection &symbolTables) {
  auto observer = symbolTables.lookupNearestSymbolFrom<ObserverOp>(
      place, place.getObserverAttr());
  Value input = place.getInput();
  Type elementType = getElementTypeOrSelf(input.getType());
  std::string suffix;
  llvm::raw_string_ostream(suffix) << elementType;
  func::FuncOp function = functions.get(
      place, suffix, Type(UnrankedMemRefType::get(elementType, {})));
  if (!function)
    return failure();

  OpBuilder builder(place);
  Location loc = place.getLoc();
  Value id = arith::ConstantIntOp::create(builder, loc, observer.getId(), 64);
  if (failed(lowerSpec(place, observer, id, functions)))
    return failure();
  func::CallOp::create(builder, loc, function,
                       ValueRange{id, getUnrankedBuffer(builder, loc, input)});
  if (Value result = place.getResult())
    result.replaceAllUsesWith(input);
  place.erase();
  return success();
}

/// T15.
static LogicalResult lowerReset(ResetObserverOp reset,
                                ObserveFunctions &functions,
                                SymbolTableCollection &symbolTables) {
  auto observer = symbolTables.lookupNearestSymbolFrom<ObserverOp>(
      reset, reset.getObserverAttr());
  func::FuncOp function = functions.get(reset, "reset", {});
  if (!function)
    return failure();
  OpBuilder builder(reset);
  Value id = arith::ConstantIntOp::create(builder, reset.getLoc(),
                                          observer.getId(), 64);
  func::CallOp::create(builder, reset.getLoc(), function, id);
  reset.erase();
  return success();
}

/// Removes the ops of the dialect and its annotations on the ops of others.
static void removeLeftovers(Operation *root) {
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isa_and_nonnull<QPrepDialect>(op->getDialect())) {
      op->erase();
      return WalkResult::skip();
    }
    annotations::removeAll(op);
    return WalkResult::advance();
  });
}

namespace {
struct LowerObserversPass
    : public quantprep::impl::LowerObserversBase<LowerObserversPass> {
  using LowerObserversBase::LowerObserversBase;

  void runOnOperation() final {
    // All places are checked before the first is rewritten.
    SmallVector<ObserveOp> places;
    bool lowerable = true;
    getOperation()->walk([&](ObservationOpInterface place) {
      if (failed(verifyLowerable(place)))
        lowerable = false;
      else
        places.push_back(cast<ObserveOp>(place.getOperation()));
    });
    if (!lowerable)
      return signalPassFailure();

    ObserveFunctions functions(callee);
    SymbolTableCollection symbolTables;
    for (ObserveOp place : places)
      if (failed(lowerPlace(place, functions, symbolTables)))
        return signalPassFailure();
    SmallVector<ResetObserverOp> resets;
    getOperation()->walk(
        [&](ResetObserverOp reset) { resets.push_back(reset); });
    for (ResetObserverOp reset : resets)
      if (failed(lowerReset(reset, functions, symbolTables)))
        return signalPassFailure();
    removeLeftovers(getOperation());
  }
};
} // namespace
