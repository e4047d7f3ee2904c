//===- FailingOpInterface.td - Ops that end the program -----*- tablegen -*-===//

#ifndef QUANTPREP_INTERFACES_FAILINGOPINTERFACE_TD
#define QUANTPREP_INTERFACES_FAILINGOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def FailingOpInterface : OpInterface<"FailingOpInterface"> {
  let cppNamespace = "::quantprep";
  let description = [{
    An op that may stop the program: a raised error, a false assertion. What a
    branch yields behind one says nothing (T12).
  }];
  let methods = [
    InterfaceMethod<[{
      Whether it is known to stop the program whenever it is reached.
    }], "bool", "alwaysFails">,
  ];
}

#endif // QUANTPREP_INTERFACES_FAILINGOPINTERFACE_TD
