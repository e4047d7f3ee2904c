#!/usr/bin/env python3
"""Compares what is reported of the tosa and the linalg form of a model.

    compare_forms.py MODEL ... --tool QUANT_PREP_OPT --mlir-opt MLIR_OPT [--without KIND,...]

MODEL is a file in tosa, which the passes of upstream lower to linalg here, or a
folder with model.tosa.mlir and model.linalg.mlir. Both forms must have the same
units in the same order: kinds, names and decisions. --without leaves out kinds of
units that the lowering folds into others: a flatten in front of a linear layer.
"""

import pathlib
import sys
import tempfile

from command_line import make_parser
from reports import functions_of, run

LOWERING = ("builtin.module(func.func(tosa-optional-decompositions,tosa-to-linalg-named,"
            "tosa-to-linalg,tosa-to-arith,tosa-to-tensor))")


def forms_of(model, mlir_opt, folder):
    if model.is_dir():
        return model / "model.tosa.mlir", model / "model.linalg.mlir"
    lowered = folder / "linalg.mlir"
    run(mlir_opt, model, f"--pass-pipeline={LOWERING}", "--mlir-print-debuginfo", "-o", lowered)
    return model, lowered


def units_of(model, tool, without, folder):
    return [f"{function['name']}: {unit['kind']} {unit['name']} {unit['decision']}"
            for function in functions_of(model, tool, folder) for unit in function["units"]
            if unit["kind"] not in without]


def main():
    parser = make_parser(__doc__, "models", nargs="+", metavar="MODEL")
    parser.add_argument("--mlir-opt", required=True)
    parser.add_argument("--without", default="")
    options = parser.parse_args()
    failed = False
    for model in options.models:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            tosa, linalg = (units_of(form, options.tool, options.without.split(","), folder)
                            for form in forms_of(model, options.mlir_opt, folder))
        if tosa == linalg:
            print(f"{model.name}: {len(tosa)} units are the same")
            continue
        failed = True
        first = next((i for i, (a, b) in enumerate(zip(tosa, linalg)) if a != b),
                     min(len(tosa), len(linalg)))
        print(f"{model.name}: {len(tosa)} units in tosa, {len(linalg)} in linalg; "
              f"from unit {first} on:")
        for form, units in (("tosa", tosa), ("linalg", linalg)):
            print(f"  {form}: " + "; ".join(units[first:first + 4]))
    sys.exit(failed)


if __name__ == "__main__":
    main()
