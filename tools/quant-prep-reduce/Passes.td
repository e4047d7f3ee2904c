//===- Passes.td - Passes of quant-prep-reduce -------------*- tablegen -*-===//

#ifndef QUANTPREP_TOOLS_REDUCE_PASSES
#define QUANTPREP_TOOLS_REDUCE_PASSES

include "QuantPrep/Support/CheckedPass.td"

def ReduceModel : QPrep_ModulePass<"qprep-reduce"> {
  let summary = "Make a model smaller while a test finds it interesting";
  let description = [{
    Cuts ops out of the module as long as the test, a program that is run with
    the name of a file as its last argument, exits with another code than 0.
    What an op computed becomes an argument of its function, so that the ops
    around it stay as they are. Results of functions and the elements of
    constants go as well.

    `reduction-tree` of upstream only erases ops, and a model has none that
    nobody uses.
  }];
  let options = [
    Option<"test", "test", "std::string", /*default=*/"\"\"",
           "The program that exits with 1 for an interesting module">,
    ListOption<"testArgs", "test-arg", "std::string",
               "Arguments of the test, before the file">
  ];
}

#endif // QUANTPREP_TOOLS_REDUCE_PASSES
