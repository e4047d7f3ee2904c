//===- PDLNatives.cpp - What PDL patterns may call ------------------------===//
//
// The functions run after checkPDLPattern has seen the pattern, so that each
// argument is what the tables say.
//
//===----------------------------------------------------------------------===//

#include "PDLNatives.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

using Arguments = ArrayRef<PDLValue>;

static LogicalResult isConstant(MarkingRewriter &rewriter, Arguments args) {
  return success(rewriter.facts.isConstant(args[0].cast<Value>()));
}

static LogicalResult isParameter(MarkingRewriter &rewriter, Arguments args) {
  return success(rewriter.facts.isParameter(args[0].cast<Value>()));
}

static LogicalResult isScalar(MarkingRewriter &rewriter, Arguments args) {
  return success(rewriter.facts.isScalar(args[0].cast<Value>()));
}

static LogicalResult markUnit(MarkingRewriter &rewriter, Arguments args) {
  SmallVectorImpl<Operation *> &members = rewriter.marks.members;
  members.insert(members.begin(), args[0].cast<Operation *>());
  auto kind = cast<StringAttr>(args[1].cast<Attribute>());
  rewriter.marks.kind = *symbolizeUnitKind(kind.getValue());
  return success();
}

static LogicalResult markMember(MarkingRewriter &rewriter, Arguments args) {
  rewriter.marks.members.push_back(args[0].cast<Operation *>());
  return success();
}

template <OperandRole role>
static LogicalResult markOperand(MarkingRewriter &rewriter, Arguments args) {
  std::optional<int64_t> axis;
  if (args.size() > 1)
    axis = cast<IntegerAttr>(args[1].cast<Attribute>()).getInt();
  rewriter.marks.roles.push_back({args[0].cast<Value>(), role, axis});
  return success();
}

ArrayRef<NativeFunction> quantprep::getNativeConstraints() {
  static const NativeFunction constraints[] = {
      {"IsConstant", {NativeArgument::Value}, isConstant},
      {"IsParameter", {NativeArgument::Value}, isParameter},
      {"IsScalar", {NativeArgument::Value}, isScalar},
  };
  return constraints;
}

ArrayRef<NativeFunction> quantprep::getNativeMarks() {
  static const NativeFunction marks[] = {
      {kMarkUnit, {NativeArgument::Op, NativeArgument::Kind}, markUnit},
      {kMarkMember, {NativeArgument::Op}, markMember},
      {"MarkInput", {NativeArgument::Value}, markOperand<OperandRole::input>},
      {"MarkWeight",
       {NativeArgument::Value, NativeArgument::Axis},
       markOperand<OperandRole::weight>},
      {"MarkBias", {NativeArgument::Value}, markOperand<OperandRole::bias>},
      {"MarkIgnored",
       {NativeArgument::Value},
       markOperand<OperandRole::ignored>},
  };
  return marks;
}
