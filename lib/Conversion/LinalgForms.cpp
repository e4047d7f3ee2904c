//===- LinalgForms.cpp - Integer forms of structured ops ------------------===//
//
// A structured op stays one: its maps and iterators are the same, its body
// computes on integers.
//
//===----------------------------------------------------------------------===//

#include "Forms.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/StructuredOps.h"
#include "StructuredForms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;

std::optional<PlacedConstant>
quantprep::getPlacedConstant(IntegerLowering &lowering, Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return std::nullopt;
  SmallVector<int64_t> dims =
      llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
  while (true) {
    if (std::optional<DenseElementsAttr> constant = lowering.getConstant(value))
      return PlacedConstant{*constant, dims};
    auto moved = value.getDefiningOp<QuantizableOpInterface>();
    SmallVector<int64_t> step =
        moved ? moved.getBroadcastDims() : SmallVector<int64_t>();
    if (step.empty())
      return std::nullopt;
    for (int64_t &dimension : dims)
      dimension = dimension < 0 ? -1 : step[dimension];
    value = moved->getOperand(0);
  }
}

static Value createEmpty(OpBuilder &builder, LinalgOp op, Type element) {
  Location loc = op->getLoc();
  Value destination = op.getDpsInits().front();
  return tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, destination), element);
}

Value quantprep::createFilled(OpBuilder &builder, LinalgOp op, int64_t value,
                              Type element) {
  Value scalar = arith::ConstantOp::create(
      builder, op->getLoc(), builder.getIntegerAttr(element, value));
  return linalg::FillOp::create(builder, op->getLoc(), scalar,
                                createEmpty(builder, op, element))
      .getResult(0);
}

Value quantprep::createStructured(
    OpBuilder &builder, LinalgOp op, ValueRange inputs,
    ArrayRef<AffineMap> maps, Type element, Value init,
    function_ref<Value(OpBuilder &, Location, ValueRange)> body) {
  if (!init)
    init = createEmpty(builder, op, element);
  return linalg::GenericOp::create(
             builder, op->getLoc(), init.getType(), inputs, init, maps,
             op.getIteratorTypesArray(),
             [&](OpBuilder &nested, Location loc, ValueRange arguments) {
               linalg::YieldOp::create(nested, loc,
                                       body(nested, loc, arguments));
             })
      .getResult(0);
}

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

/// The same movement of integers.
static FailureOr<IntegerValue>
buildStructuredMovement(IntegerLowering &lowering, LinalgOp op) {
  const IntegerValue *source = lowering.lookup(op->getOperand(0));
  if (!source)
    return lowering.fail(op, "an operand is not quantized");
  IntegerValue result = *source;
  if (!source->isPerTensor()) {
    auto dims =
        cast<QuantizableOpInterface>(op.getOperation()).getBroadcastDims();
    const auto *moved = llvm::find(dims, source->axis);
    if (moved == dims.end())
      return lowering.fail(op, "it moves the channels that have scales");
    result.axis = moved - dims.begin();
  }
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  result.tensor = createStructured(
      lowering.builder, op, source->tensor, {maps.front(), maps.back()},
      source->getType().getElementType(), {},
      [](OpBuilder &, Location, ValueRange arguments) { return arguments[0]; });
  return result;
}

/// The tensor that a body without operands takes elements of, by indices that
/// it computes; null for other bodies.
static tensor::ExtractOp getGathered(LinalgOp op) {
  Value yielded = op.getBlock()->getTerminator()->getOperand(0);
  auto extract = yielded.getDefiningOp<tensor::ExtractOp>();
  if (!extract || extract->getParentOp() != op)
    return {};
  for (Operation &inner : *op.getBlock())
    if (&inner != extract &&
        llvm::any_of(inner.getResultTypes(), llvm::IsaPred<FloatType>))
      return {};
  return extract;
}

/// The same gathering from integers.
static FailureOr<IntegerValue>
buildGather(IntegerLowering &lowering, LinalgOp op, tensor::ExtractOp extract) {
  std::optional<IntegerValue> source =
      getGatheredCodes(lowering, extract.getTensor(), op->getResult(0));
  if (!source)
    return lowering.fail(op, "what it gathers has not one scale");
  OpBuilder &builder = lowering.builder;
  Type element = source->getType().getElementType();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  IntegerValue result = *source;
  result.tensor = createStructured(
      builder, op, op.getDpsInputs(), maps, element, {},
      [&](OpBuilder &nested, Location, ValueRange arguments) {
        IRMapping mapping;
        for (auto [from, to] :
             llvm::zip(op.getBlock()->getArguments(), arguments))
          mapping.map(from, to);
        mapping.map(extract.getTensor(), source->tensor);
        for (Operation &inner : op.getBlock()->without_terminator()) {
          Operation *clone = nested.clone(inner, mapping);
          if (&inner == extract)
            clone->getResult(0).setType(element);
        }
        return mapping.lookup(extract.getResult());
      });
  return result;
}

//===----------------------------------------------------------------------===//
// All structured ops
//===----------------------------------------------------------------------===//

namespace {
template <typename Op>
struct StructuredForm
    : IntegerFormOpInterface::ExternalModel<StructuredForm<Op>, Op> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    auto structured = cast<LinalgOp>(op);
    if (structured->getNumResults() != 1 ||
        !structured.hasPureTensorSemantics())
      return lowering.fail(op, "it has not one tensor as a result");
    if (tensor::ExtractOp extract = getGathered(structured))
      return buildGather(lowering, structured, extract);
    switch (getStructure(structured)) {
    case Structure::elementwise:
      return buildBody(lowering, structured);
    case Structure::movement:
      return buildStructuredMovement(lowering, structured);
    case Structure::contraction:
    case Structure::convolution:
      return buildStructuredContraction(lowering, structured);
    case Structure::pool:
    case Structure::reduction:
      return buildStructuredReduction(lowering, structured);
    case Structure::gather:
    case Structure::resample:
    case Structure::broadcast:
    case Structure::adaptivePool:
    case Structure::fill:
    case Structure::other:
      return lowering.fail(op, "its structure has no integer form");
    }
    llvm_unreachable("unknown structure");
  }
};

template <typename... Ops> void attachStructured(MLIRContext *context) {
  (Ops::template attachInterface<StructuredForm<Ops>>(*context), ...);
}
} // namespace

void quantprep::registerLinalgIntegerForms(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, linalg::LinalgDialect *) {
    attachStructured<
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgStructuredOps.cpp.inc"
        >(context);
  });
}
