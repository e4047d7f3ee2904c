# Configuration of the lit tests.
#
# Features:
#   sphinx   python3-sphinx and python3-myst-parser are there
#   shared   $QUANTPREP_SHARED names a folder with models and parity cases
#   mpirun   mpirun is in the path

import os
import shutil

import lit.formats
from lit.llvm import llvm_config
from lit.llvm.subst import ToolSubst

config.name = "QuantPrep"
config.test_format = lit.formats.ShTest(not llvm_config.use_lit_shell)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "unit"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.quantprep_obj_root, "test")

bin_dir = os.path.join(config.quantprep_obj_root, "bin")
lib_dir = os.path.join(config.quantprep_obj_root, "lib")
llvm_lib_dir = os.path.join(config.llvm_prefix, "lib")

sanitizers = config.use_sanitizer.lower().replace(";", ",")
sanitizer_flags = "-fsanitize=" + sanitizers if sanitizers else ""

config.substitutions += [
    # Debian's, as another python3 may come first in PATH.
    ("%python", "/usr/bin/python3"),
    ("%cmake", config.cmake),
    ("%cxx", config.cxx),
    ("%cc", config.cc),
    ("%sanitizer_flags", sanitizer_flags),
    ("%build_type", config.build_type),
    ("%quantprep_src", config.quantprep_src_root),
    ("%quantprep_obj", config.quantprep_obj_root),
    ("%quantprep_libs", lib_dir),
    ("%quantprep_tool", os.path.join(bin_dir, "quant-prep-opt")),
    ("%quantprep_plugin", os.path.join(lib_dir, "QuantPrepPlugin.so")),
    ("%mlir_libs", llvm_lib_dir),
]

# A tool that is missing is an error, never a skipped test.
tools = [
    "quant-prep-compare", "quant-prep-opt", "quant-prep-reduce", "quant-prep-run", "quantprep-c-test", "FileCheck", "not", "count", "split-file",
    "mlir-opt", "mlir-pdll", "mlir-runner", "mlir-translate", "mlir-tblgen",
]
llvm_config.use_default_substitutions()
llvm_config.add_tool_substitutions(
    [ToolSubst(name, unresolved="fatal") for name in tools],
    # Tests see attributes where they stand and not their aliases, which depend
    # on what else is in the module; %quantprep_tool is the tool itself, which
    # prints resources as well.
    [os.path.join(config.test_exec_root, "bin"), bin_dir, config.llvm_tools_dir])
llvm_config.with_environment("PATH", [bin_dir, config.llvm_tools_dir], append_path=True)

# Tests leave nothing in the source tree.
llvm_config.with_environment("PYTHONDONTWRITEBYTECODE", "1")

# Where a build with coverage (scripts/coverage.sh) writes what was reached.
if "LLVM_PROFILE_FILE" in os.environ:
    llvm_config.with_environment("LLVM_PROFILE_FILE", os.environ["LLVM_PROFILE_FILE"])

shared = os.environ.get("QUANTPREP_SHARED")
if shared and os.path.isdir(shared):
    config.available_features.add("shared")
    shared = os.path.abspath(shared)
    llvm_config.with_environment("QUANTPREP_SHARED", shared)
    config.substitutions.append(("%shared", shared))
elif shared:
    lit_config.fatal("QUANTPREP_SHARED is no folder: " + shared)

if os.path.exists("/usr/bin/sphinx-build") and os.path.isdir("/usr/lib/python3/dist-packages/myst_parser"):
    config.available_features.add("sphinx")

if shutil.which("mpirun"):
    config.available_features.add("mpirun")

if sanitizers:
    config.available_features.add("sanitizer")

if "Address" in config.use_sanitizer:
    # libMLIR is not built with the sanitizer, so that its allocators do not
    # unpoison what our inlined copies of them poison. Memory that is not there is
    # null, as without the sanitizer.
    llvm_config.with_environment(
        "ASAN_OPTIONS", "allow_user_poisoning=0:allocator_may_return_null=1")

if "Thread" in config.use_sanitizer:
    # libMLIR is not built with this one either.
    suppressions = os.path.join(config.test_source_root, "tsan-suppressions.txt")
    llvm_config.with_environment("TSAN_OPTIONS", "suppressions=" + suppressions)
