//===- ValuePassingOpInterface.td - Ops that hand values on -*- tablegen -*-===//

#ifndef QUANTPREP_INTERFACES_VALUEPASSINGOPINTERFACE_TD
#define QUANTPREP_INTERFACES_VALUEPASSINGOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def ValuePassingOpInterface : OpInterface<"ValuePassingOpInterface"> {
  let cppNamespace = "::quantprep";
  let description = [{
    How values get into the regions of an op, around in them, and out again.

    For branches and loops without RegionBranchOpInterface: those of tosa, which
    ops of a foreign dialect cannot be given that interface for, since it makes
    promises about control flow to all of MLIR.
  }];
  let methods = [
    InterfaceMethod<[{
      For operands of the op and of the terminators of its regions: the arguments
      of regions and the results that they are handed on to. Operands that are
      only read (a condition) are left out.
    }], "void", "getPassedValues",
      (ins "::mlir::RegionBranchSuccessorMapping &":$mapping)>,
    InterfaceMethod<[{
      Whether a region may be entered again after it has been left.
    }], "bool", "isLoop">,
  ];
}

#endif // QUANTPREP_INTERFACES_VALUEPASSINGOPINTERFACE_TD
