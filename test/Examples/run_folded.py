#!/usr/bin/python3
"""Runs a model as it is and with its batch norms folded, and compares.

Usage: run_folded.py MODEL --libs FOLDER [--mlir-libs FOLDER] [--lower-first]

Both run with mlir-runner on the same input. Results may differ by 1e-5 of the
largest. No batch norm may be left. With --lower-first the model is linalg when it
is folded. quant-prep-opt and mlir-runner are taken from PATH.
"""

import argparse
import json
import struct
import tempfile

from run_example import Runner, fail, opt

TO_LINALG = ("builtin.module(func.func(tosa-optional-decompositions,tosa-make-broadcastable,tosa-infer-shapes,"
             "tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith,tosa-to-tensor))")
LIMIT = 1e-5


def units(text):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/report.json"
        opt(text, "--qprep-prepare", "--qprep-report=output=%s format=json" % path)
        with open(path, encoding="utf-8") as file:
            return [unit for function in json.load(file)["functions"] for unit in function["units"]]


def numbers(words):
    return [struct.unpack(">f", bytes.fromhex(word))[0] for word in words]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--libs", required=True)
    parser.add_argument("--mlir-libs", default="/usr/lib/llvm-22/lib")
    parser.add_argument("--lower-first", action="store_true")
    arguments = parser.parse_args()
    arguments.lower = "memref"
    with open(arguments.model) as file:
        model = opt(file.read())
    if arguments.lower_first:
        model = opt(model, "--pass-pipeline=" + TO_LINALG)
    folded = opt(model, "--qprep-fold-batch-norm")
    left = [unit["kind"] for unit in units(folded) if unit["kind"] in ("batch_norm", "mul")]
    if left:
        fail("left in the folded model: %s" % ", ".join(left))
    count = sum(len(unit.get("folded", [])) for unit in units(folded))
    if count == 0:
        fail("nothing is folded")
    runner = Runner(arguments)
    worst = 0
    for a, b in zip(runner(model)[0], runner(folded)[0]):
        a, b = numbers(a), numbers(b)
        largest = max(map(abs, a))
        if not 0 < largest < 1e6:
            fail("the results are no numbers to compare: largest is %g" % largest)
        worst = max([worst] + [abs(p - q) / largest for p, q in zip(a, b)])
    if worst > LIMIT:
        fail("results differ by %.2e of the largest" % worst)
    print("%d units are folded, results are equal to 1e-5" % count)


if __name__ == "__main__":
    main()
