//===- QuantizableOpInterface.td - What an op is to quantization -*- tablegen -*-===//

#ifndef QUANTPREP_INTERFACES_QUANTIZABLEOPINTERFACE_TD
#define QUANTPREP_INTERFACES_QUANTIZABLEOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def QuantizableOpInterface : OpInterface<"QuantizableOpInterface"> {
  let cppNamespace = "::quantprep";
  let description = [{
    What quantization preparation has to know of an op. Ops of foreign dialects
    get it as an external model; see docs/adding-ops.md for how to add one.

    An op without this interface is `opaque`: it stays float.
  }];
  // A branch is control flow, but for one that is written where an op was meant.
  let extraClassOf = [{ return $_op.isQuantizable(); }];
  let methods = [
    InterfaceMethod<[{
      The kind of unit that the op is by itself.
    }], "::quantprep::qprep::UnitKind", "getUnitKind">,
    InterfaceMethod<[{
      Appends one role for each operand: `input`, `element` (of a list), `weight`
      with the axis of its output channels in this layout, `bias`, or `ignored`
      (shapes, zero points, indices, destinations).
    }], "void", "getOperandRoles",
      (ins "::llvm::SmallVectorImpl<::quantprep::OperandRoleInfo> &":$roles)>,
    InterfaceMethod<[{
      For an activation or weight of a contraction: its dimension of input channels.
      None for other operands and ops.
    }], "std::optional<int64_t>", "getInputChannelAxis", (ins "unsigned":$operand), [{}],
      [{ return std::nullopt; }]>,
    InterfaceMethod<[{
      For a contraction, and the operand that is its weight: the dimensions of the
      weight, and those of the result, whose elements, counted row by row, are the
      output channels. Empty for other ops.
    }], "::quantprep::ChannelDims", "getOutputChannelDims", (ins "unsigned":$weight), [{}],
      [{ return {}; }]>,
    InterfaceMethod<[{
      For a convolution: whether some element of the result reads fewer elements of
      the input than the window has, because the window reaches beyond its edge.
    }], "bool", "readsBeyondEdges", (ins), [{}], [{ return false; }]>,
    InterfaceMethod<[{
      The values that the op computes its kind from, in the order in which patterns
      name them: by default the operands whose role is not `ignored`. An op with a
      body has the constants that the body captures among them. The roles are those of
      `getOperandRoles`.
    }], "::llvm::SmallVector<::mlir::Value, 3>", "getDataValues",
      (ins "::llvm::ArrayRef<::quantprep::OperandRoleInfo>":$roles), [{}],
      [{ return ::quantprep::getDataOperands($_op, roles); }]>,
    InterfaceMethod<[{
      For a reduction: the dimensions of the first operand that it runs over. Empty
      for other ops.
    }], "::llvm::SmallVector<int64_t>", "getReducedDims", (ins), [{}], [{ return {}; }]>,
    InterfaceMethod<[{
      Whether the result holds elements of the first operand (or of the list of
      elements), and constants at most.
    }], "bool", "movesData", (ins), [{}], [{ return false; }]>,
    InterfaceMethod<[{
      For a transpose: which dimension of the operand each dimension of the result
      is. Empty for other ops.
    }], "::llvm::SmallVector<int64_t>", "getPermutation", (ins), [{}], [{ return {}; }]>,
    InterfaceMethod<[{
      For an op that repeats its operand along dimensions of the result: which dimension
      of the operand each dimension of the result is, -1 for one it is repeated along.
      Empty for other ops, and where this is not known.
    }], "::llvm::SmallVector<int64_t>", "getBroadcastDims", (ins), [{}], [{ return {}; }]>,
    InterfaceMethod<[{
      The scalar that every element of the result is. Null for ops that do not fill
      their result with one scalar.
    }], "::mlir::Value", "getFilledScalar", (ins), [{}], [{ return {}; }]>,
    InterfaceMethod<[{
      For an op that moves a window over dimensions 1, 2, ... of its first operand:
      the strides. Empty for other ops.
    }], "::llvm::SmallVector<int64_t>", "getWindowStrides", (ins), [{}], [{ return {}; }]>,
    InterfaceMethod<[{
      For a slice: whether it is known to start at index 0 of every dimension.
    }], "bool", "startsAtOrigin", (ins), [{}], [{ return false; }]>,
    InterfaceMethod<[{
      For an op with a body that computes one element of the result: the last step of
      the body; `opaque` where elements of operands do not meet as they lie (one is
      transposed). None for other ops.
    }], "std::optional<::quantprep::BodyStep>", "getBodyStep", (ins), [{}],
      [{ return std::nullopt; }]>,
    InterfaceMethod<[{
      The operand that an argument of such a body is an element of; null for other
      arguments.
    }], "::mlir::OpOperand *", "getBodyOperand", (ins "::mlir::BlockArgument":$argument),
      [{}], [{ return nullptr; }]>,
    InterfaceMethod<[{
      For an op that bounds its operand by constants of its own: the lowest and the
      highest value, infinite where it has none. None for other ops.
    }], "std::optional<std::pair<double, double>>", "getBounds", (ins), [{}],
      [{ return std::nullopt; }]>,
    InterfaceMethod<[{
      Whether this op is to be asked at all. Not for ops with regions of any kind, of
      which few say by what is in them that they are one op.
    }], "bool", "isQuantizable", (ins), [{}], [{ return true; }]>,
    InterfaceMethod<[{
      For such an op: the uses in its regions of what it makes a result of. They are
      operands of its unit like those of the op.
    }], "::llvm::SmallVector<::mlir::OpOperand *, 2>", "getCapturedInputs",
      (ins "unsigned":$result), [{}], [{ return {}; }]>,
    InterfaceMethod<[{
      Multiply-accumulates of one execution, a dynamic dimension counted as 1.
    }], "int64_t", "getMacs", (ins), [{}], [{ return 0; }]>,
  ];
}

#endif // QUANTPREP_INTERFACES_QUANTIZABLEOPINTERFACE_TD
