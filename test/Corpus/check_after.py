#!/usr/bin/env python3
"""Checks that other passes may run on a prepared model.

    check_after.py MODEL ... --tool QUANT_PREP_OPT [--all]

After --canonicalize, --cse, --inline and --symbol-dce a prepared model verifies, and its report names
the observers that it named before: each of the four alone, and all of them forwards and backwards;
with --all in every order. So it does with placement=value, where the model has one entry.
"""

import itertools
import json
import subprocess

from command_line import check_models, make_parser

PASSES = ("--canonicalize", "--cse", "--inline", "--symbol-dce")


def orders(every):
    if every:
        return [order for number in range(1, len(PASSES) + 1)
                for order in itertools.permutations(PASSES, number)]
    return [(one,) for one in PASSES] + [PASSES, PASSES[::-1]]


def report_of(tool, model, passes, folder, output="/dev/null"):
    """The names of observers that the report has, or what went wrong."""
    report = folder / "report.json"
    done = subprocess.run([tool, str(model), *passes, "--qprep-verify-prepared",
                           f"--qprep-report=output={report} format=json",
                           "--mlir-print-debuginfo", "-o", str(output)],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        error = next(line for line in done.stderr.splitlines() if "error:" in line)
        return error[error.index("error:"):]
    functions = json.loads(report.read_text(encoding="utf-8"))["functions"]
    return {observer["name"] for function in functions for observer in function["observers"]}


def faults(tool, model, every, folder):
    for placement in ("graph", "value"):
        prepared = folder / "prepared.mlir"
        before = report_of(tool, model, [f"--qprep-prepare=placement={placement}"], folder, prepared)
        if isinstance(before, str):
            # By value there must be one entry.
            if placement == "graph" or "entry" not in before:
                yield f"prepare by {placement}: {before}"
            continue
        for order in orders(every):
            after = report_of(tool, prepared, order, folder)
            if isinstance(after, str):
                yield f"by {placement}, {' '.join(order)}: {after}"
            elif after != before:
                yield (f"by {placement}, {' '.join(order)}: lost {sorted(before - after)[:5]}, "
                       f"found {sorted(after - before)[:5]}")


def main():
    parser = make_parser(__doc__, "models", nargs="+", metavar="MODEL")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    check_models(options.models, lambda model, folder: faults(options.tool, model, options.all, folder),
                 "not all orders of passes leave the observers as they are", "keep their observers")

if __name__ == "__main__":
    main()
