#!/usr/bin/env python3
"""Compares the units of models before and after --canonicalize --cse.

    compare_canonical.py MODEL ... --tool QUANT_PREP_OPT

Both have the same units of floats: the same kinds and labels, in each function. Data movement is left
out: what CSE makes one reshape of three is one unit instead of a part of three, and what the
canonicalizer removes is none. So are comparisons, which CSE merges.
"""

import collections
import pathlib
import sys
import tempfile

from command_line import make_parser
from reports import functions_of, run

MOVEMENT = {"reshape", "transpose", "repeat", "identity", "slice"}
COMPARISONS = {"greater", "greater_equal"}


def units_of(model, tool, folder):
    return {function["name"]: collections.Counter(
        (unit["kind"], unit["label"]) for unit in function["units"]
        if unit["decision"] != "skipped" and unit["kind"] not in MOVEMENT | COMPARISONS)
            for function in functions_of(model, tool, folder)}


def main():
    parser = make_parser(__doc__, "models", nargs="+", metavar="MODEL")
    options = parser.parse_args()
    differences = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        canonical = folder / "canonical.mlir"
        for model in options.models:
            run(options.tool, model, "--canonicalize", "--cse", "--mlir-print-debuginfo",
                "-o", canonical)
            before = units_of(model, options.tool, folder)
            after = units_of(canonical, options.tool, folder)
            for function in sorted(before.keys() & after.keys()):
                lost, found = before[function] - after[function], after[function] - before[function]
                if lost or found:
                    differences.append(f"{model.stem} @{function}: lost {dict(lost)}, "
                                       f"found {dict(found)}")
    print("\n".join(differences))
    print(f"{len(options.models)} models have the same units" if not differences else "")
    sys.exit(bool(differences))


if __name__ == "__main__":
    main()
