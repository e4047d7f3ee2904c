//===- QPrepOps.td - Ops of the qprep dialect --------------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPOPS_TD
#define QUANTPREP_IR_QPREPOPS_TD

include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "QuantPrep/IR/QPrepAttrs.td"
include "QuantPrep/IR/QPrepInterfaces.td"
include "QuantPrep/IR/QPrepTypes.td"

class QPrep_Op<string mnemonic, list<Trait> traits = []>
    : Op<QPrep_Dialect, mnemonic, traits>;

include "QuantPrep/IR/QPrepObserverOps.td"
include "QuantPrep/IR/QPrepConfigOps.td"
include "QuantPrep/IR/QPrepQuantizeOps.td"

#endif // QUANTPREP_IR_QPREPOPS_TD
