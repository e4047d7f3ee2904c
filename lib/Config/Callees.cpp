//===- Callees.cpp - Calls of standalone and custom functions -------------===//

#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/IR/Annotations.h"

#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

StringAttr quantprep::getCalleeName(Operation *op) {
  if (auto original =
          annotations::get<FlatSymbolRefAttr>(op, annotations::callee))
    return original.getAttr();
  auto call = dyn_cast<CallOpInterface>(op);
  if (!call)
    return {};
  CallInterfaceCallable callable = call.getCallableForCallee();
  auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(
      dyn_cast_if_present<SymbolRefAttr>(callable));
  return symbol ? symbol.getAttr() : StringAttr();
}

void quantprep::redirectCall(Operation *call, FlatSymbolRefAttr original,
                             FlatSymbolRefAttr replacement) {
  call->setDiscardableAttr(annotations::callee, original);
  cast<CallOpInterface>(call).setCalleeFromCallable(SymbolRefAttr(replacement));
}

void quantprep::restoreCallee(Operation *op) {
  auto original = annotations::get<FlatSymbolRefAttr>(op, annotations::callee);
  if (!original)
    return;
  cast<CallOpInterface>(op).setCalleeFromCallable(SymbolRefAttr(original));
  op->removeDiscardableAttr(annotations::callee);
}

Callees::Callees(ConfigOp config) {
  if (!config)
    return;
  // Resolved entries have both; a configuration edited by hand may not.
  for (auto op : config.getOps<StandaloneOp>())
    if (op.getFunctionAttr() && op.getConfigAttr())
      standalone[op.getFunctionAttr().getAttr()] = cast<ConfigOp>(
          mlir::SymbolTable::lookupSymbolIn(config, op.getConfigAttr()));
  for (auto op : config.getOps<CustomOp>())
    custom[op.getFunctionAttr().getAttr()] = op;
}

std::optional<UnitKind> Callees::getKind(Operation *op) const {
  if (standalone.empty() && custom.empty())
    return std::nullopt;
  StringAttr name = getCalleeName(op);
  if (name && standalone.contains(name))
    return UnitKind::standalone;
  if (name && custom.contains(name))
    return UnitKind::custom;
  return std::nullopt;
}

ConfigOp Callees::getStandalone(Operation *call) const {
  return getKind(call) == UnitKind::standalone
             ? standalone.lookup(getCalleeName(call))
             : ConfigOp();
}

CustomOp Callees::getCustom(Operation *call) const {
  return getKind(call) == UnitKind::custom ? custom.lookup(getCalleeName(call))
                                           : CustomOp();
}

bool Callees::isQuantizedInput(OpOperand &use) const {
  ConfigOp config = getStandalone(use.getOwner());
  if (!config)
    return false;
  OperandRange arguments =
      cast<CallOpInterface>(use.getOwner()).getArgOperands();
  int64_t index =
      int64_t(use.getOperandNumber()) - arguments.getBeginOperandIndex();
  return llvm::is_contained(
      config.getInputsQuantized().value_or(ArrayRef<int64_t>()), index);
}

bool Callees::isQuantizedResult(Value value) const {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return false;
  if (ConfigOp config = getStandalone(result.getOwner()))
    return llvm::is_contained(
        config.getOutputsQuantized().value_or(ArrayRef<int64_t>()),
        int64_t(result.getResultNumber()));
  CustomOp custom = getCustom(result.getOwner());
  return custom && custom.getLstm() &&
         result.getOwner()->hasAttr(annotations::callee);
}
