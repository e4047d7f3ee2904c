//===- CheckedPass.td - The bases of our passes ------------*- tablegen -*-===//

#ifndef QUANTPREP_SUPPORT_CHECKEDPASS_TD
#define QUANTPREP_SUPPORT_CHECKEDPASS_TD

include "mlir/Pass/PassBase.td"

class QPrep_ModulePass<string argument>
    : PassBase<argument, "::quantprep::CheckedPass<::mlir::OperationPass<::mlir::ModuleOp>>">;

class QPrep_FunctionPass<string argument>
    : PassBase<argument, "::quantprep::CheckedPass<::mlir::InterfacePass<::mlir::FunctionOpInterface>>">;

#endif // QUANTPREP_SUPPORT_CHECKEDPASS_TD
