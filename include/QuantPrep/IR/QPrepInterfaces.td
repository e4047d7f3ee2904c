//===- QPrepInterfaces.td - Interfaces of qprep ops --------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPINTERFACES_TD
#define QUANTPREP_IR_QPREPINTERFACES_TD

include "mlir/IR/OpBase.td"

def QPrep_ObservationOpInterface : OpInterface<"ObservationOpInterface"> {
  let cppNamespace = "::quantprep::qprep";
  let description = [{
    A place where an observer looks at a value on its way to its users:
    `qprep.observe` and `qprep.fake_quantize`.
  }];
  let methods = [
    InterfaceMethod<"the observed value", "::mlir::Value", "getInput">,
    InterfaceMethod<"the observer's symbol; null before observers are shared",
                    "::mlir::FlatSymbolRefAttr", "getObserverAttr">,
    InterfaceMethod<"the spec, where there is no symbol yet", 
                    "::quantprep::qprep::ObserverAttr", "getSpecAttr">,
    InterfaceMethod<"replaces the spec by a symbol", "void", "setObserver",
                    (ins "::mlir::FlatSymbolRefAttr":$symbol), [{
      $_op.setObserverAttr(symbol);
      $_op.removeSpecAttr();
    }]>,
  ];
}

#endif // QUANTPREP_IR_QPREPINTERFACES_TD
