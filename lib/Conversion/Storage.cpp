//===- Storage.cpp - Codes as integers ------------------------------------===//

#include "Storage.h"
#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using quant::QuantizedType;

/// How far u8 is from i8.
static constexpr int64_t shift = 128;

TensorType quantprep::getStorageType(Type codes) {
  return cast<TensorType>(QuantizedType::castToStorageType(codes));
}

static void replaceTensors(Operation *root,
                           function_ref<Type(QuantizedType)> replace) {
  AttrTypeReplacer replacer;
  replacer.addReplacement(
      [&](TensorType type) -> std::optional<std::pair<Type, WalkResult>> {
        QuantizedType element = getQuantizedElement(type);
        Type replacement = element ? replace(element) : Type();
        if (!replacement)
          return std::nullopt;
        return std::pair(Type(type.clone(replacement)), WalkResult::skip());
      });
  replacer.recursivelyReplaceElementsIn(root, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
}

void quantprep::replaceCodesByStorage(Operation *root) {
  replaceTensors(root,
                 [](QuantizedType type) { return type.getStorageType(); });
  root->walk([](quant::StorageCastOp cast) {
    if (cast.getInput().getType() == cast.getType()) {
      cast.replaceAllUsesWith(cast.getInput());
      cast.erase();
    }
  });
}

/// The type of codes that are 128 less; null for one that is signed already.
static Type shiftType(QuantizedType type) {
  if (type.isSigned() || !type.getStorageType().isInteger(8))
    return {};
  auto toSigned = [](int64_t code) { return code - shift; };
  unsigned flags = type.getFlags() | quant::QuantizationFlags::Signed;
  int64_t low = toSigned(type.getStorageTypeMin());
  int64_t high = toSigned(type.getStorageTypeMax());
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type))
    return quant::UniformQuantizedType::get(
        flags, type.getStorageType(), type.getExpressedType(),
        uniform.getScale(), toSigned(uniform.getZeroPoint()), low, high);
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type))
    return quant::UniformQuantizedPerAxisType::get(
        flags, type.getStorageType(), type.getExpressedType(),
        perAxis.getScales(),
        llvm::map_to_vector(perAxis.getZeroPoints(), toSigned),
        perAxis.getQuantizedDimension(), low, high);
  auto block = dyn_cast<quant::UniformQuantizedSubChannelType>(type);
  if (!block)
    return {};
  auto zeroPoints =
      cast<DenseIntElementsAttr>(block.getZeroPoints())
          .mapValues(type.getStorageType(), [](const APInt &zero) {
            return zero - APInt(zero.getBitWidth(), shift);
          });
  return quant::UniformQuantizedSubChannelType::get(
      flags, type.getStorageType(), type.getExpressedType(), block.getScales(),
      zeroPoints, block.getQuantizedDimensions(), block.getBlockSizes(), low,
      high);
}

/// Stored integers that become codes of u8: they are shifted with the type.
static void shiftStored(quant::StorageCastOp cast) {
  QuantizedType type = getQuantizedElement(cast.getType());
  if (!type || !shiftType(type))
    return;
  DenseIntElementsAttr values;
  if (!matchPattern(cast.getInput(), m_Constant(&values)))
    return;
  OpBuilder builder(cast);
  auto shifted =
      values.mapValues(values.getElementType(), [](const APInt &value) {
        return value ^ APInt(value.getBitWidth(), shift);
      });
  Value constant;
  if (isa<tosa::ConstOp>(cast.getInput().getDefiningOp()))
    constant = tosa::ConstOp::create(builder, cast.getLoc(), shifted.getType(),
                                     shifted);
  else
    constant = arith::ConstantOp::create(builder, cast.getLoc(), shifted);
  cast.getInputMutable().assign(constant);
}

void quantprep::shiftUnsignedCodes(Operation *root) {
  root->walk([](quant::StorageCastOp cast) { shiftStored(cast); });
  replaceTensors(root, shiftType);
}
