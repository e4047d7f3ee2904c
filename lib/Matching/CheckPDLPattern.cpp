//===- CheckPDLPattern.cpp - What a PDL pattern may say -------------------===//
//
// Upstream takes a pattern on trust: an unknown native name runs some other
// function, an argument of another kind is undefined behaviour, and an op that
// the root does not reach ends the process. So all of it is looked at before.
//
//===----------------------------------------------------------------------===//

#include "PDLNatives.h"

#include "mlir/Dialect/PDL/IR/PDLTypes.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// Calls of native functions
//===----------------------------------------------------------------------===//

static Type getPDLType(NativeArgument argument, MLIRContext *context) {
  switch (argument) {
  case NativeArgument::Value:
    return pdl::ValueType::get(context);
  case NativeArgument::Op:
    return pdl::OperationType::get(context);
  case NativeArgument::Kind:
  case NativeArgument::Axis:
    return pdl::AttributeType::get(context);
  }
  llvm_unreachable("unknown argument of a native function");
}

/// Attributes decide what is marked, so that they are written out.
static LogicalResult checkAttribute(Operation *call, StringRef name,
                                    NativeArgument wanted, Value argument) {
  bool isKind = wanted == NativeArgument::Kind;
  auto attribute = argument.getDefiningOp<pdl::AttributeOp>();
  Attribute value = attribute ? attribute.getValueAttr() : Attribute();
  auto text = dyn_cast_or_null<StringAttr>(value);
  auto number = dyn_cast_or_null<IntegerAttr>(value);
  if (isKind ? !text : !(number && number.getType().isSignlessInteger(64)))
    return call->emitError()
           << name << " wants "
           << (isKind ? "the kind as a string, such as attr<\"\\\"gelu\\\"\">"
                      : "the axis as a number, such as attr<\"0 : i64\">")
           << ", written out in the rewrite";
  if (isKind && !symbolizeUnitKind(text.getValue()))
    return call->emitError()
           << "unknown kind '" << text.getValue()
           << "'; a kind of unit is wanted, see docs/dialect.md";
  return success();
}

static LogicalResult checkCall(Operation *call, StringRef name,
                               ArrayRef<NativeFunction> functions,
                               StringRef what) {
  auto *function = llvm::find_if(functions, [&](const NativeFunction &other) {
    return other.name == name;
  });
  if (function == functions.end())
    return call->emitError()
           << "unknown native " << what << " '" << name << "'; known are "
           << llvm::join(llvm::map_range(functions,
                                         [](const NativeFunction &other) {
                                           return other.name;
                                         }),
                         ", ");
  if (call->getNumOperands() != function->arguments.size())
    return call->emitError()
           << name << " has " << function->arguments.size()
           << (function->arguments.size() == 1 ? " argument" : " arguments")
           << ", got: " << call->getNumOperands();
  if (call->getNumResults() != 0)
    return call->emitError()
           << name << " returns nothing, but a result is taken";
  for (auto [wanted, argument] :
       llvm::zip(function->arguments, call->getOperands())) {
    Type type = getPDLType(wanted, call->getContext());
    if (argument.getType() != type)
      return call->emitError()
             << name << " wants " << type << ", got: " << argument.getType();
    if ((wanted == NativeArgument::Kind || wanted == NativeArgument::Axis) &&
        failed(checkAttribute(call, name, wanted, argument)))
      return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The two halves of a pattern
//===----------------------------------------------------------------------===//

/// Every op must be found by following operands down from the root.
static LogicalResult checkReachable(pdl::PatternOp pattern,
                                    pdl::OperationOp root) {
  llvm::SetVector<Operation *> reached;
  reached.insert(root);
  for (unsigned i = 0; i < reached.size(); ++i)
    for (Value operand : reached[i]->getOperands())
      reached.insert(operand.getDefiningOp());
  for (auto op : pattern.getOps<pdl::OperationOp>()) {
    if (reached.contains(op))
      continue;
    InFlightDiagnostic error =
        op.emitError() << "this op is not reached from the root; only what the "
                          "root's operands lead to can be matched";
    error.attachNote(root.getLoc()) << "the root is here";
    return error;
  }
  return success();
}

static LogicalResult checkMatch(pdl::PatternOp pattern) {
  for (auto call : pattern.getOps<pdl::ApplyNativeConstraintOp>())
    if (failed(checkCall(call, call.getName(), getNativeConstraints(),
                         "constraint")))
      return failure();
  return success();
}

/// Exactly one anchor, which is the root, and no op marked twice.
static LogicalResult checkMarks(pdl::RewriteOp rewrite, Value root) {
  Operation *unit = nullptr;
  DenseMap<Value, Operation *> marked;
  for (auto call : rewrite.getOps<pdl::ApplyNativeRewriteOp>()) {
    bool isUnit = call.getName() == kMarkUnit;
    if (!isUnit && call.getName() != kMarkMember)
      continue;
    Value op = call.getArgs().front();
    if (isUnit && op != root)
      return call.emitError() << kMarkUnit
                              << " is not of the root, the op behind rewrite; "
                                 "a unit ends with its root";
    auto [earlier, isNew] = marked.try_emplace(op, call);
    if (!isNew) {
      InFlightDiagnostic error = call.emitError() << "this op is marked twice";
      error.attachNote(earlier->second->getLoc()) << "marked here before";
      return error;
    }
    if (isUnit)
      unit = call;
  }
  if (!unit)
    return rewrite.emitError() << "this rewrite marks no unit; it needs a "
                               << kMarkUnit << " of the root";
  return success();
}

static LogicalResult checkRewrite(pdl::RewriteOp rewrite) {
  if (rewrite.getNameAttr())
    return rewrite.emitError()
           << "native rewrite '" << rewrite.getName().value()
           << "' stands for the whole rewrite; call marks, "
              "such as "
           << kMarkUnit << ", in a body instead";
  if (!rewrite.getRoot())
    return rewrite.emitError() << "this rewrite has no root; name the last op "
                                  "of the unit, as in: rewrite root with {...}";
  for (Operation &op : rewrite.getBodyRegion().front()) {
    if (auto call = dyn_cast<pdl::ApplyNativeRewriteOp>(op)) {
      if (failed(checkCall(call, call.getName(), getNativeMarks(), "rewrite")))
        return failure();
    } else if (!isa<pdl::AttributeOp, pdl::ResultOp>(op)) {
      return op.emitError() << op.getName()
                            << " does more than mark; a unit pattern must not "
                               "change the model";
    }
  }
  return checkMarks(rewrite, rewrite.getRoot());
}

LogicalResult quantprep::checkPDLPattern(pdl::PatternOp pattern) {
  pdl::RewriteOp rewrite = pattern.getRewriter();
  if (failed(checkRewrite(rewrite)) || failed(checkMatch(pattern)))
    return failure();
  return checkReachable(pattern,
                        rewrite.getRoot().getDefiningOp<pdl::OperationOp>());
}
