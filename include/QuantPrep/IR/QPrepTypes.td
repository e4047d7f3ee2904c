//===- QPrepTypes.td - Types of the qprep dialect ----------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPTYPES_TD
#define QUANTPREP_IR_QPREPTYPES_TD

include "mlir/IR/AttrTypeBase.td"
include "QuantPrep/IR/QPrepDialect.td"

def QPrep_ValueType : TypeDef<QPrep_Dialect, "Value"> {
  let mnemonic = "value";
  let summary = "a value of the matched program, inside a pattern";
}

#endif // QUANTPREP_IR_QPREPTYPES_TD
