"""Lowers a program on tensors by stock passes and runs its @main with mlir-runner."""

import argparse
import os
import subprocess
import sys

PIPELINE = (
    "builtin.module(func.func(tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith,tosa-to-tensor),"
    "empty-tensor-to-alloc-tensor,one-shot-bufferize{bufferize-function-boundaries=true "
    "function-boundary-type-conversion=identity-layout-map allow-return-allocs-from-loops=true},"
    "buffer-deallocation-pipeline,convert-bufferization-to-memref,func.func(convert-linalg-to-loops),"
    "expand-strided-metadata,lower-affine,convert-scf-to-cf,convert-to-llvm,reconcile-unrealized-casts)")


def run(command, text):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("run_tensors.py: %s failed:\n%s" % (command[0], done.stderr[:4000]))
    return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--libs", required=True, help="where QuantPrepTestDump is")
    parser.add_argument("--mlir-libs", required=True)
    options = parser.parse_args()
    with open(options.program) as file:
        lowered = run(["quant-prep-opt", "--pass-pipeline=" + PIPELINE], file.read())
    libraries = [
        os.path.join(options.mlir_libs, "libmlir_c_runner_utils.so"),
        os.path.join(options.libs, "libQuantPrepTestDump.so"),
    ]
    sys.stdout.write(run(["mlir-runner", "-e", "main", "-entry-point-result=void",
                          "-shared-libs=" + ",".join(libraries)], lowered))


if __name__ == "__main__":
    main()
