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

namespace {
//===----------------------------------------------------------------------===//
// Reshapes
//===----------------------------------------------------------------------===//

/// The group of dimensions that one is in.
int64_t getGroup(ArrayRef<ReassociationIndices> groups, int64_t dimension) {
  for (auto [index, group] : llvm::enumerate(groups))
    if (llvm::is_contained(group, dimension))
      return index;
  return -1;
}

/// Channels that have scales stay together: alone in a group, with dimensions
/// of size 1, or both dimensions of a pair.
template <typename Op>
struct ReshapeModel
    : IntegerFormOpInterface::ExternalModel<ReshapeModel<Op>, Op> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    const IntegerValue *source = lowering.lookup(op->getOperand(0));
    if (!source || source->isPerTensor())
      return buildMovement(lowering, op, std::nullopt);
    auto groups = cast<Op>(op).getReassociationIndices();
    ArrayRef<int64_t> shape =
        cast<ShapedType>(op->getResult(0).getType()).getShape();
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
};

template <typename Op>
struct MovementModel
    : IntegerFormOpInterface::ExternalModel<MovementModel<Op>, Op> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    return buildMovement(lowering, op, std::nullopt);
  }
};

/// A branch that only broadcasts what it reads does the same to its codes.
struct BroadcastModel
    : IntegerFormOpInterface::ExternalModel<BroadcastModel, scf::IfOp> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    auto broadcast = dyn_cast<QuantizableOpInterface>(op);
    if (!broadcast)
      return lowering.fail(op, op->getName().getStringRef() +
                                   " has no integer form");
    Value source = getDataValues(broadcast).front();
    FailureOr<IntegerValue> codes = getCodes(lowering, op, source);
    if (failed(codes))
      return failure();
    if (!codes->isPerTensor())
      return lowering.fail(op, "it repeats channels that have scales");
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
};

//===----------------------------------------------------------------------===//
// Padding
//===----------------------------------------------------------------------===//

/// The padding is quantized as the elements are.
struct PadModel
    : IntegerFormOpInterface::ExternalModel<PadModel, tensor::PadOp> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    auto pad = cast<tensor::PadOp>(op);
    FloatAttr padding;
    Value value = pad.getConstantPaddingValue();
    if (!value || !matchPattern(value, m_Constant(&padding)))
      return lowering.fail(op, "its padding is no constant");
    FailureOr<IntegerValue> source = getCodes(lowering, op, pad.getSource());
    if (failed(source))
      return failure();
    if (!source->isPerTensor())
      return lowering.fail(op, "it pads channels that have scales");
    int64_t stored = getPaddingCode(*source, padding.getValueAsDouble());
    OpBuilder &builder = lowering.builder;
    Type element = source->getType().getElementType();
    Value constant = arith::ConstantOp::create(
        builder, op->getLoc(), builder.getIntegerAttr(element, stored));
    IntegerValue result = *source;
    result.tensor = tensor::PadOp::create(
        builder, op->getLoc(), pad.getResultType().clone(element),
        source->tensor, pad.getMixedLowPad(), pad.getMixedHighPad(), constant,
        pad.getNofold());
    result.low = std::min(result.low, stored);
    result.high = std::max(result.high, stored);
    return result;
  }
};

//===----------------------------------------------------------------------===//
// Concatenation
//===----------------------------------------------------------------------===//

struct ConcatModel
    : IntegerFormOpInterface::ExternalModel<ConcatModel, tensor::ConcatOp> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    return buildConcat(lowering, op);
  }
};

/// A chain of insertions into one new tensor is a concatenation; its last one
/// builds them all.
struct InsertSliceModel
    : IntegerFormOpInterface::ExternalModel<InsertSliceModel,
                                            tensor::InsertSliceOp> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    if (op->hasOneUse() && isInsertedInto(*op->use_begin()))
      return lowering.fail(op, "it is part of a concatenation that has no "
                               "integer form");
    SmallVector<tensor::InsertSliceOp> chain;
    Value start = op->getResult(0);
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
        isNew
            ? tensor::EmptyOp::create(
                  builder, op->getLoc(),
                  tensor::getMixedSizes(builder, op->getLoc(), start), element)
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

private:
  static bool isInsertedInto(OpOperand &use) {
    auto insert = dyn_cast<tensor::InsertSliceOp>(use.getOwner());
    return insert && &insert.getDestMutable() == &use;
  }
};

//===----------------------------------------------------------------------===//
// arith and math on tensors
//===----------------------------------------------------------------------===//

template <typename Op>
struct ElementwiseModel
    : IntegerFormOpInterface::ExternalModel<ElementwiseModel<Op>, Op> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
    if (!result)
      return lowering.fail(op, "its rank is not known");
    SmallVector<ElementwiseOperand> operands;
    SmallVector<int64_t> dims =
        llvm::to_vector(llvm::seq<int64_t>(0, result.getRank()));
    for (Value operand : op->getOperands())
      operands.push_back({lowering.lookup(operand),
                          lowering.getConstant(operand), dims, operand});
    return buildElementwise(lowering, op, op, operands, result,
                            [&](UnitKind kind, std::pair<Value, unsigned> lhs,
                                std::pair<Value, unsigned> rhs, int shift) {
                              if (lhs.second > rhs.second)
                                std::swap(lhs, rhs);
                              return createBinary(lowering.builder,
                                                  op->getLoc(), kind, lhs.first,
                                                  rhs.first, shift);
                            });
  }
};

template <typename... Ops> void attachElementwise(MLIRContext *context) {
  (Ops::template attachInterface<ElementwiseModel<Ops>>(*context), ...);
}
} // namespace

static void attachTensor(MLIRContext *context, tensor::TensorDialect *) {
  tensor::CollapseShapeOp::attachInterface<
      ReshapeModel<tensor::CollapseShapeOp>>(*context);
  tensor::ExpandShapeOp::attachInterface<ReshapeModel<tensor::ExpandShapeOp>>(
      *context);
  tensor::ExtractSliceOp::attachInterface<
      MovementModel<tensor::ExtractSliceOp>>(*context);
  tensor::ReshapeOp::attachInterface<MovementModel<tensor::ReshapeOp>>(
      *context);
  tensor::CastOp::attachInterface<MovementModel<tensor::CastOp>>(*context);
  tensor::PadOp::attachInterface<PadModel>(*context);
  tensor::ConcatOp::attachInterface<ConcatModel>(*context);
  tensor::InsertSliceOp::attachInterface<InsertSliceModel>(*context);
}

void quantprep::registerTensorIntegerForms(DialectRegistry &registry) {
  registry.addExtension(+attachTensor);
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    scf::IfOp::attachInterface<BroadcastModel>(*context);
  });
  registry.addExtension(+[](MLIRContext *context, arith::ArithDialect *) {
    attachElementwise<arith::AddFOp, arith::SubFOp, arith::MulFOp,
                      arith::DivFOp, arith::MaximumFOp, arith::MinimumFOp,
                      arith::MaxNumFOp, arith::MinNumFOp, arith::NegFOp>(
        context);
  });
  registry.addExtension(+[](MLIRContext *context, math::MathDialect *) {
    attachElementwise<math::TanhOp, math::ExpOp, math::LogOp, math::ErfOp,
                      math::SqrtOp, math::RsqrtOp, math::AbsFOp, math::FloorOp,
                      math::CeilOp, math::SinOp, math::CosOp, math::PowFOp>(
        context);
  });
}
