#!/usr/bin/env python3
"""Checks what must hold of the preparation of any model.

    check_model.py MODEL --tool QUANT_PREP_OPT [--unchanged]

* preparation succeeds;
* every conv and linear of the report is observed or shared, or has a reason;
* prepare and strip give the input back, byte for byte;
* preparing twice is preparing once;
* the result is the same without threads;
* a prepared module verifies;
* --unchanged: preparation observes nothing (a model that is quantized already).
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from command_line import make_parser

# What the text of a module must show to be compared byte for byte.
PRINT = ["--mlir-print-op-generic", "--mlir-print-debuginfo"]


class Failure(Exception):
    pass


def run(tool, *arguments):
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"{' '.join(map(str, arguments))}: exit status {done.returncode}\n"
                      f"{done.stderr[-4000:]}")


def expect_equal(left, right, what):
    """Compares two files; shows the first line that differs."""
    if left.read_bytes() == right.read_bytes():
        return
    texts = [path.read_text(encoding="utf-8").splitlines() for path in (left, right)]
    for number, (a, b) in enumerate(zip(*texts), 1):
        if a != b:
            raise Failure(f"{what}: line {number} differs\n  {a[:400]}\n  {b[:400]}")
    raise Failure(f"{what}: {len(texts[0])} lines against {len(texts[1])}")


def is_contraction(kind):
    return kind.startswith("conv") or kind == "linear"


def check_report(report, unchanged):
    """The number of convs and linears; each has an answer."""
    count = 0
    for function in report["functions"]:
        if unchanged and function["observations"]:
            raise Failure(f"@{function['name']} has observations")
        for unit in function["units"]:
            where = f"@{function['name']}: {unit['kind']} {unit['name'] or unit['index']}"
            observed = unit["decision"] in ("observed", "shared")
            if observed and not unit["observers"] and not unit["shared_with"]:
                raise Failure(f"{where} is {unit['decision']} by no observer")
            if not observed and not (unit["rule"] and unit["reason"]):
                raise Failure(f"{where} is {unit['decision']} without a reason")
            count += is_contraction(unit["kind"])
    return count


def check(model, tool, unchanged, folder):
    paths = {name: folder / f"{name}.mlir" for name in
             ("input", "prepared", "stripped", "twice", "serial", "reprepared")}
    report = folder / "report.json"
    run(tool, model, *PRINT, "-o", paths["input"])
    run(tool, model, "--qprep-prepare", f"--qprep-report=output={report} format=json",
        "--qprep-verify-prepared", *PRINT, "-o", paths["prepared"])
    run(tool, model, "--qprep-prepare", "--qprep-strip", *PRINT, "-o", paths["stripped"])
    expect_equal(paths["input"], paths["stripped"], "prepare and strip")
    run(tool, model, "--pass-pipeline=builtin.module(qprep-prepare,qprep-prepare)", *PRINT,
        "-o", paths["twice"])
    expect_equal(paths["prepared"], paths["twice"], "preparing twice in one run")
    run(tool, paths["prepared"], "--qprep-prepare", *PRINT, "-o", paths["reprepared"])
    expect_equal(paths["prepared"], paths["reprepared"], "preparing what was prepared")
    run(tool, model, "--qprep-prepare", "--mlir-disable-threading", *PRINT, "-o", paths["serial"])
    expect_equal(paths["prepared"], paths["serial"], "without threads")
    return check_report(json.loads(report.read_text(encoding="utf-8")), unchanged)


def main():
    parser = make_parser(__doc__, "model")
    parser.add_argument("--unchanged", action="store_true")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            count = check(options.model, options.tool, options.unchanged, pathlib.Path(folder))
    except Failure as failure:
        sys.exit(f"error: {options.model.name}: {failure}")
    print(f"{options.model.name}: {count} convs and linears have an answer")


if __name__ == "__main__":
    main()
