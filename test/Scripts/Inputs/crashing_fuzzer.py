#!/usr/bin/python3
"""The fuzzer of the parser, with an end of the kind that $END names the first time (see fuzz-parser.test)."""

import os
import sys
import time

UPSTREAM = """    #0 0x7fca05e83a83 in mlir::Attribute::getContext() const (libMLIR.so.22.1+0x6083a83)
    #1 0x7fca0346930a in mlir::linalg::ReduceOp::parse(mlir::OpAsmParser&, mlir::OperationState&) (libMLIR.so.22.1+0x366930a)
"""
OURS = "    #2 0x555d25743000 in quantprep::qprep::ConfigOp::parse(mlir::OpAsmParser&, mlir::OperationState&) ConfigOps.cpp:1:1\n"
TARGET = """    #3 0x555d2574320e in mlir::OwningOpRef<mlir::ModuleOp> mlir::parseSourceString<mlir::ModuleOp>(llvm::StringRef) Parser.h:249:14
    #4 0x555d25741586 in LLVMFuzzerTestOneInput ParserFuzzer.cpp:146:34
"""
SEGV = "==17==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000\n"
ENDS = {
    "upstream": SEGV + UPSTREAM + TARGET,
    "ours": SEGV + UPSTREAM + OURS + TARGET,
    "verifier": SEGV + UPSTREAM + TARGET.splitlines()[1] + "\n",
    "leak": "==17==ERROR: LeakSanitizer: detected memory leaks\n" + UPSTREAM + TARGET,
    "abort": "FOUND: what is prepared does not verify\n==17== ERROR: libFuzzer: deadly signal\n" + TARGET,
}

prefix = next(flag for flag in sys.argv if flag.startswith("-artifact_prefix=")).split("=", 1)[1]
if not os.listdir(sys.argv[-1]):
    sys.exit("there is nothing to start from")
if os.environ["END"] == "start":
    sys.exit("no such library")
print("stat::number_of_executed_units: 7", file=sys.stderr)
if "-seed=5" in sys.argv:
    print(f"{ENDS[os.environ['END']]}Test unit written to {prefix}crash-1", file=sys.stderr)
    sys.exit(77)
time.sleep(1)
