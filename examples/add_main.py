#!/usr/bin/python3
"""Adds to a model a @main that calls its @forward, so that mlir-runner can run it.

Usage: add_main.py MODEL > MODEL_WITH_MAIN

The inputs are pseudo-random numbers between -2 and 2, the same each time; the results
are printed by printMemrefF32, of libmlir_runner_utils.so. The model is the text that
quant-prep-opt prints, with static f32 tensors.
"""

import random
import re
import struct
import sys

TENSOR = r"tensor<((?:\d+x)*)f32>"
SIGNATURE = re.compile(r"(\s*func\.func @forward\()(.*)\) -> (.*?)( attributes .*)? \{$")


def shape_of(tensor):
    match = re.fullmatch(TENSOR, tensor)
    if not match:
        sys.exit("add_main.py: only static f32 tensors can be run, got: " + tensor)
    return [int(size) for size in match.group(1).split("x")[:-1]]


def elements(tensor):
    count = 1
    for size in shape_of(tensor):
        count *= size
    return count


def random_input(generator, tensor):
    numbers = (4 * generator.random() - 2 for _ in range(elements(tensor)))
    data = b"".join(struct.pack("<f", number) for number in numbers)
    return 'arith.constant dense<"0x%s"> : %s' % (data.hex(), tensor)


def print_result(index, tensor, printer):
    """The lines that give the buffer of a result to the printer."""
    layout = "strided<[%s], offset: ?>" % ", ".join("?" for _ in shape_of(tensor))
    buffer = "%s, %s>" % (tensor.replace("tensor", "memref")[:-1], layout)
    return ["    %%buffer%d = bufferization.to_buffer %%results#%d read_only : %s to %s"
            % (index, index, tensor, buffer),
            "    %%any%d = memref.cast %%buffer%d : %s to memref<*xf32>" % (index, index, buffer),
            "    func.call @%s(%%any%d) : (memref<*xf32>) -> ()" % (printer, index)]


def add_main(text, printer="printMemrefF32"):
    """The module with @main, whose results go to @printer(memref<*xf32>)."""
    signature = next(filter(None, map(SIGNATURE.match, text.splitlines())), None)
    if not signature:
        sys.exit("add_main.py: the model has no @forward")
    arguments = re.findall(r": (tensor<[^>]*>)", signature.group(2))
    results = re.findall(r"tensor<[^>]*>", signature.group(3))
    generator = random.Random(7)
    names = ["%%input%d" % i for i in range(len(arguments))]
    lines = ["  func.func private @%s(memref<*xf32>) attributes {llvm.emit_c_interface}" % printer,
             "  func.func @main() {"]
    for name, tensor in zip(names, arguments):
        lines.append("    %s = %s" % (name, random_input(generator, tensor)))
    lines.append("    %%results:%d = func.call @forward(%s) : (%s) -> (%s)"
                 % (len(results), ", ".join(names), ", ".join(arguments), ", ".join(results)))
    for index, tensor in enumerate(results):
        lines += print_result(index, tensor, printer)
    lines += ["    return", "  }"]
    end = text.rindex("}")
    return text[:end] + "\n".join(lines) + "\n}" + text[end + 1:]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1]) as file:
        print(add_main(file.read()), end="")
