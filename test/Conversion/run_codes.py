#!/usr/bin/env python3
"""Runs every function of a module that takes nothing and returns a tensor of i8, and
prints what each returns.

    run_codes.py MODULE.mlir
"""

import re
import subprocess
import sys

LIBS = "/usr/lib/llvm-22/lib"
PASSES = ("builtin.module(func.func(tosa-optional-decompositions,tosa-to-linalg-named,tosa-to-linalg,"
          "tosa-to-arith{include-apply-rescale=true},tosa-to-tensor),convert-elementwise-to-linalg,"
          "one-shot-bufferize{bufferize-function-boundaries=true "
          "function-boundary-type-conversion=identity-layout-map},buffer-deallocation-pipeline,"
          "convert-bufferization-to-memref,func.func(convert-linalg-to-loops),expand-strided-metadata,"
          "lower-affine,convert-scf-to-cf,convert-math-to-llvm,convert-math-to-libm,convert-to-llvm,"
          "reconcile-unrealized-casts)")


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        text = stream.read()
    functions = re.findall(r"func\.func @(\w+)\(\) -> tensor<(\d+)xi8>", text)
    calls = "".join(f"""
    %{name} = func.call @{name}() : () -> tensor<{size}xi8>
    %{name}_wide = arith.extsi %{name} : tensor<{size}xi8> to tensor<{size}xi32>
    %{name}_any = tensor.cast %{name}_wide : tensor<{size}xi32> to tensor<*xi32>
    func.call @printMemrefI32(%{name}_any) : (tensor<*xi32>) -> ()""" for name, size in functions)
    text = text.rstrip()[:-1] + f"""
  func.func private @printMemrefI32(tensor<*xi32>) attributes {{llvm.emit_c_interface}}
  func.func @main() {{{calls}
    return
  }}
}}
"""
    lowered = subprocess.run(["mlir-opt", f"--pass-pipeline={PASSES}"], input=text, text=True,
                             capture_output=True, check=False)
    if lowered.returncode:
        sys.exit(lowered.stderr)
    done = subprocess.run(["mlir-runner", "-e", "main", "-entry-point-result=void",
                           f"-shared-libs={LIBS}/libmlir_runner_utils.so,{LIBS}/libmlir_c_runner_utils.so"],
                          input=lowered.stdout, text=True, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    printed = re.findall(r"data =\s*\[([^\]]*)\]", done.stdout)
    for (name, _), values in zip(functions, printed, strict=True):
        print(f"{name}: {' '.join(value.strip() for value in values.split(','))}")


if __name__ == "__main__":
    main()
