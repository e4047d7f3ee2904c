#!/usr/bin/env python3
"""Checks what no model may have observed.

    check_observed.py MODEL ... --tool QUANT_PREP_OPT

* no value inside a composite: neither made by a member of a unit that is not its last op, nor by
  an op that is nothing but a piece of a composite (the variance of a norm), but for the softmax that a
  loop computes block by block;
* no mask: what is made of infinities and numbers like them, by selects, products and movement;
* no parameter of a product by the activation's spec;
* with qconfig=dynamic-int8 every matrix product with a parameter is observed (convolutions are never
  dynamic).
"""

import json
import re
import subprocess
import sys

from command_line import check_models, make_parser

PRODUCTS = ("conv", "linear", "matmul", "embedding")
PIECES = {"rsqrt", "reciprocal", "sqrt", "pow", "exp", "erf", "reduce_sum", "reduce_max", "square"}
OP = re.compile(r'^\s*(%\w+)(?::\d+)? = "([\w.]+)"\(([^)]*)\)')
HUGE = re.compile(r"dense<\s*(-\d+(?:\.\d+)?[eE]\+?(?:[4-9]|\d\d)|0xF[F8]\w*|-(?:\d{5,})[.\d]*)>")
# What makes a mask of masks and constants.
THROUGH = re.compile(r"mul|select|reshape|transpose|tile|cast|slice|broadcast|collapse|expand")


def prepare(tool, model, qconfig, folder):
    report, prepared = folder / "report.json", folder / "prepared.mlir"
    done = subprocess.run([tool, str(model), "--qprep-prepare" + (f"=qconfig={qconfig}" if qconfig else ""),
                           f"--qprep-report=output={report} format=json", "--mlir-print-op-generic",
                           "-o", str(prepared)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{model}: {done.stderr[:2000]}")
    return (json.loads(report.read_text(encoding="utf-8"))["functions"],
            prepared.read_text(encoding="utf-8"))


def position(place):
    return tuple(place.get("path") or [place["index"]])


def inside(function):
    """Observers of what composites have inside."""
    internal, maker = set(), {}
    for unit in function["units"]:
        prefix = position(unit)[:-1]
        maker[position(unit)] = unit
        internal |= {prefix + (member,) for member in unit["members"] if member != unit["members"][-1]}
    for observation in function["observations"]:
        value = observation["value"]
        if "argument" in value:
            continue
        if position(value) in internal:
            yield f"{observation['observer']} is inside a composite"
        unit = maker.get(position(value))
        if unit and unit["kind"] in PIECES and "path" not in value:
            yield f"{observation['observer']} observes a loose {unit['kind']}"


def masks(prepared):
    """Observers of masks, by the text of the module; names of values are those of one function."""
    is_mask, is_constant = {}, set()
    for line in prepared.splitlines():
        if "func.func" in line:
            is_mask, is_constant = {}, set()
        match = OP.match(line)
        if not match:
            continue
        value, op, operands = match.group(1), match.group(2), match.group(3).split(", ")
        if op.endswith("const") or op.endswith("constant"):
            is_constant.add(value)
            is_mask[value] = bool(HUGE.search(line)) and "f32" in line
        elif op == "qprep.observe":
            is_mask[value] = is_mask.get(operands[0], False)
            if is_mask[value]:
                yield f"{line.strip()[:100]} observes a mask"
        elif THROUGH.search(op):
            is_mask[value] = any(is_mask.get(operand, False) for operand in operands)


def parameters(function, is_called):
    """Observers that have a parameter of a product, but are for activations; callers observe those of
    functions that are called."""
    products = {}
    for unit in function["units"]:
        if unit["kind"].startswith(PRODUCTS) and unit.get("parameter"):
            prefix = position(unit)[:-1]
            for member in unit["members"]:
                products[prefix + (member,)] = unit
    by_unit = {}
    for observation in function["observations"]:
        for use in observation["uses"]:
            unit = products.get(position(use))
            if unit:
                by_unit.setdefault(position(unit), []).append(observation)
    for place, observations in by_unit.items():
        unit = products[place]
        if (unit["decision"] == "observed" and not is_called
                and not any(one["role"] == "weight" for one in observations)):
            yield f"{unit['kind']} {unit['label']} has no weight observed as one"
        for one in observations:
            constant = one["value"].get("op", "").endswith(("const", "constant"))
            if constant and one["role"] != "weight":
                yield f"{one['observer']} observes a parameter of {unit['label']} as {one['role']}"


def dynamic(function):
    for unit in function["units"]:
        if unit["kind"] in ("linear", "matmul") and unit.get("parameter") and unit["decision"] != "observed":
            yield f"{unit['kind']} {unit['label']} is float: {unit['rule']} {unit['reason']}"


def faults(tool, model, folder):
    functions, prepared = prepare(tool, model, "", folder)
    for function in functions:
        yield from inside(function)
        yield from parameters(function, re.search(rf"callee = @\"?{re.escape(function['name'])}\b", prepared))
    yield from masks(prepared)
    functions, _ = prepare(tool, model, "dynamic-int8", folder)
    for function in functions:
        for fault in dynamic(function):
            yield "dynamic-int8: " + fault


def main():
    options = make_parser(__doc__, "models", nargs="+", metavar="MODEL").parse_args()
    check_models(options.models, lambda model, folder: faults(options.tool, model, folder),
                 "what must not be observed is", "observe what they should")

if __name__ == "__main__":
    main()
