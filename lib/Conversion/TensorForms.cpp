//===- TensorForms.cpp - Integer forms of ops on tensors ------------------===//
//
// Data movement of the tensor dialect, and arith and math ops on tensors.
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Forms.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

//===----------------------------------------------------------------------===//
// Reshapes
//===----------------------------------------------------------------------===//

/// The group of dimensions that one is in.
static int64_t getGroup(ArrayRef<ReassociationIndices> groups,
                        int64_t dimension) {
  for (auto [index, group] : llvm::enumerate(groups))
    if (llvm::is_contained(group, dimension))
      return index;
  return -1;
}

/// Channels that have scales stay together: alone in a group, with dimensions
/// of size 1, or both dimensions of a pair.
template <typename Op>
static FailureOr<IntegerValue> buildReshape(IntegerLowering &lowering, Op op) {
  const IntegerValue *source = lowering.lookup(op.getSrc());
  if (!source || source->isPerTensor())
    return buildMovement(lowering, op, std::nullopt);
  auto groups = op.getReassociationIndices();
  ArrayRef<int64_t> shape = op.getResultType().getShape();
  int64_t channels = source->scales.size();
  if constexpr (std::is_same_v<Op, tensor::CollapseShapeOp>) {
    int64_t group = getGroup(groups, source->axis);
    int64_t size = shape[group];
    if (size == channels)
      return buildMovement(lowering, op, group);
    // The dimension after the channels is repeated for each.
    if (groups[group].front() == source->axis && size % channels == 0) {
      FailureOr<IntegerValue> result = buildMovement(lowering, op, group);
      SmallVector<double, 1> scales;
      for (double scale : result->scales)
        scales.append(size / channels, scale);
      result->scales = scales;
      return result;
    }
  } else {
    for (int64_t dimension : groups[source->axis])
      if (shape[dimension] == channels)
        return buildMovement(lowering, op, dimension);
  }
  return lowering.fail(op, "it moves the channels that have scales");
}

static FailureOr<IntegerValue> buildTensorMovement(IntegerLowering &lowering,
                                                   Operation *op) {
  return buildMovement(lowering, op, std::nullopt);
}

/// A branch that only broadcasts what it reads does the same to its codes.
static FailureOr<IntegerValue> buildBroadcast(IntegerLowering &lowering,
                                              scf::IfOp op) {
  auto broadcast = dyn_cast<QuantizableOpInterface>(op.getOperation());
  if (!broadcast)
    return lowering.fail(op,
                         op->getName().getStringRef() + " has no integer form");
  Value source = getDataValues(broadcast).front();
  FailureOr<IntegerValue> codes = getCodesOfOneScale(lowering, op, source);
  if (failed(codes))
    return failure();
  IRMapping mapping;
  mapping.map(source, codes->tensor);
  Operation *moved = lowering.builder.clone(*op, mapping);
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FloatType type) -> std::optional<Type> {
    return type == getElementTypeOrSelf(source.getType())
               ? codes->getType().getElementType()
               : Type(type);
  });
  replacer.recursivelyReplaceElementsIn(moved, /*replaceAttrs=*/false,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
  IntegerValue result = *codes;
  result.tensor = moved->getResult(0);
  return result;
}

static FailureOr<IntegerValue> buildPad(IntegerLowering &lowering,
                                        tensor::PadOp pad) {
  FloatAttr padding;
  Value value = pad.getConstantPaddingValue();
  std::optional<double> number;
  if (value && matchPattern(value, m_Constant(&padding)))
    number = padding.getValueAsDouble();
  return buildPadding(
      lowering, pad, pad.getSource(), number,
      [&](Value source, IntegerAttr code) -> Value {
        OpBuilder &builder = lowering.builder;
        Value constant = arith::ConstantOp::create(builder, pad.getLoc(), code);
        return tensor::PadOp::create(
            builder, pad.getLoc(), pad.getResultType().clone(code.getType()),
            source, pad.getMixedLowPad(), pad.getMixedHighPad(), constant,
            pad.getNofold());
      });
}

//===----------------------------------------------------------------------===//
// Concatenation
//===----------------------------------------------------------------------===//

static bool isInsertedInto(OpOperand &use) {
  auto insert = dyn_cast<tensor::InsertSliceOp>(use.getOwner());
  return insert && &insert.getDestMutable() == &use;
}

/// A chain of insertions into one new tensor is a concatenation; its last one
/// builds them all.
static FailureOr<IntegerValue> buildInsertions(IntegerLowering &lowering,
                                               tensor::InsertSliceOp op) {
  if (op->hasOneUse() && isInsertedInto(*op->use_begin()))
    return lowering.fail(op, "it is part of a concatenation that has no "
                             "integer form");
  SmallVector<tensor::InsertSliceOp> chain;
  Value start = op.getResult();
  while (auto insert = start.getDefiningOp<tensor::InsertSliceOp>()) {
    chain.push_back(insert);
    start = insert.getDest();
    if (!start.hasOneUse())
      break;
  }
  SmallVector<Value> values;
  for (tensor::InsertSliceOp insert : chain)
    values.push_back(insert.getSource());
  bool isNew = start.getDefiningOp<tensor::EmptyOp>() != nullptr;
  if (!isNew)
    values.push_back(start);
  FailureOr<SmallVector<IntegerValue>> codes =
      getCommonCodes(lowering, op, values);
  if (failed(codes))
    return failure();
  OpBuilder &builder = lowering.builder;
  IntegerValue result = joinLimits(*codes);
  Type element = result.getType().getElementType();
  result.tensor =
      isNew ? tensor::EmptyOp::create(
                  builder, op.getLoc(),
                  tensor::getMixedSizes(builder, op.getLoc(), start), element)
                  .getResult()
            : codes->back().tensor;
  for (int64_t i = chain.size() - 1; i >= 0; --i) {
    tensor::InsertSliceOp insert = chain[i];
    result.tensor = tensor::InsertSliceOp::create(
        builder, insert.getLoc(), (*codes)[i].tensor, result.tensor,
        insert.getMixedOffsets(), insert.getMixedSizes(),
        insert.getMixedStrides());
  }
  return result;
}

//===----------------------------------------------------------------------===//
// arith and math on tensors
//===----------------------------------------------------------------------===//

static FailureOr<IntegerValue> buildOnTensors(IntegerLowering &lowering,
                                              Operation *op) {
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!result)
    return lowering.fail(op, "its rank is not known");
  SmallVector<ElementwiseOperand> operands;
  SmallVector<int64_t> dims =
      llvm::to_vector(llvm::seq<int64_t>(0, result.getRank()));
  for (Value operand : op->getOperands())
    operands.push_back({lowering.lookup(operand), lowering.getConstant(operand),
                        dims, operand});
  return buildElementwise(lowering, op, op, operands, result,
                          [&](UnitKind kind, std::pair<Value, unsigned> lhs,
                              std::pair<Value, unsigned> rhs, int shift) {
                            if (lhs.second > rhs.second)
                              std::swap(lhs, rhs);
                            return createBinary(lowering.builder, op->getLoc(),
                                                kind, lhs.first, rhs.first,
                                                shift);
                          });
}

static void attachTensorForms(MLIRContext *context, tensor::TensorDialect *) {
  attachForm<buildReshape<tensor::CollapseShapeOp>, tensor::CollapseShapeOp>(
      context);
  attachForm<buildReshape<tensor::ExpandShapeOp>, tensor::ExpandShapeOp>(
      context);
  attachForm<buildTensorMovement, tensor::ExtractSliceOp, tensor::ReshapeOp,
             tensor::CastOp>(context);
  attachForm<buildPad, tensor::PadOp>(context);
  attachForm<buildConcat, tensor::ConcatOp>(context);
  attachForm<buildInsertions, tensor::InsertSliceOp>(context);
}

void quantprep::registerTensorIntegerForms(DialectRegistry &registry) {
  registry.addExtension(+attachTensorForms);
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    attachForm<buildBroadcast, scf::IfOp>(context);
  });
  registry.addExtension(+[](MLIRContext *context, arith::ArithDialect *) {
    attachForm<buildOnTensors, arith::AddFOp, arith::SubFOp, arith::MulFOp,
               arith::DivFOp, arith::MaximumFOp, arith::MinimumFOp,
               arith::MaxNumFOp, arith::MinNumFOp, arith::NegFOp>(context);
  });
  registry.addExtension(+[](MLIRContext *context, math::MathDialect *) {
    attachForm<buildOnTensors, math::TanhOp, math::ExpOp, math::LogOp,
               math::ErfOp, math::SqrtOp, math::RsqrtOp, math::AbsFOp,
               math::FloorOp, math::CeilOp, math::SinOp, math::CosOp,
               math::PowFOp>(context);
  });
}
