"""Lets lit tests of other projects use QuantPrep.

Substitutions:
  %quant-prep-opt     the driver, which prints attributes where they stand
  %quantprep-plugin   the library that mlir-opt loads
  %mlir-opt-qprep     mlir-opt with the library loaded; our passes go through
                      --pass-pipeline
The tools of LLVM (FileCheck, not, count, split-file, mlir-opt) and ours are in
PATH. docs/lit.md has examples.
"""

import os

import lit.formats


def configure(config, lit_config, tool, plugin, llvm_tools_dir):
    """Configures a suite; what its lit.cfg.py says comes after, and wins."""
    config.name = os.path.basename(config.test_source_root)
    config.test_format = lit.formats.ShTest(execute_external=False)
    config.suffixes = [".mlir"]
    config.excludes = ["Inputs"]
    mlir_opt = os.path.join(llvm_tools_dir, "mlir-opt")
    load = f"{mlir_opt} --load-dialect-plugin={plugin} --load-pass-plugin={plugin}"
    config.substitutions += [
        ("%quant-prep-opt", f"{tool} --mlir-print-local-scope"),
        ("%quantprep-plugin", plugin),
        ("%mlir-opt-qprep", load),
    ]
    path = [os.path.dirname(tool), llvm_tools_dir, config.environment.get("PATH", "")]
    config.environment["PATH"] = os.pathsep.join(path)
    own = os.path.join(config.test_source_root, "lit.cfg.py")
    if os.path.exists(own):
        lit_config.load_config(config, own)
