//===- IntegerFormOpInterface.td - What an op is on integers -*- tablegen -*-===//

#ifndef QUANTPREP_CONVERSION_INTEGERFORMOPINTERFACE_TD
#define QUANTPREP_CONVERSION_INTEGERFORMOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def IntegerFormOpInterface : OpInterface<"IntegerFormOpInterface"> {
  let cppNamespace = "::quantprep";
  let description = [{
    How an op on floats is computed on integers. Ops of foreign dialects get it as an
    external model. An op without it stays float.
  }];
  let methods = [
    InterfaceMethod<[{
      Emits ops on integers that compute what the op computes, and returns the integers
      that stand for its one result. Operands are looked up in `lowering`, which
      `fail` tells why there is no integer form.
    }], "::mlir::FailureOr<::quantprep::IntegerValue>", "buildIntegerForm",
      (ins "::quantprep::IntegerLowering &":$lowering)>,
  ];
}

#endif // QUANTPREP_CONVERSION_INTEGERFORMOPINTERFACE_TD
