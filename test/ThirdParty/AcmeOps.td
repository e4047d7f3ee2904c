//===- AcmeOps.td - A dialect that QuantPrep does not know -*- tablegen -*-===//
//
// Stands for the dialect of somebody else in docs/adding-ops.md.
//
//===----------------------------------------------------------------------===//

#ifndef ACME_OPS_TD
#define ACME_OPS_TD

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Acme_Dialect : Dialect {
  let name = "acme";
  let cppNamespace = "::acme";
}

def Acme_DenseOp : Op<Acme_Dialect, "dense", [Pure]> {
  let summary = "a dense layer; the weight is output channels by input channels";
  let arguments = (ins AnyTensor:$weight, AnyTensor:$input, AnyTensor:$bias);
  let results = (outs AnyTensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

def Acme_GateOp : Op<Acme_Dialect, "gate", [Pure]> {
  let summary = "the logistic function";
  let arguments = (ins AnyTensor:$input);
  let results = (outs AnyTensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

#endif // ACME_OPS_TD
