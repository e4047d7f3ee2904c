#!/usr/bin/env python3
"""The measures of quant-prep-compare, of units as well as of results, are those computed here.

    check_units.py FLOAT QUANTIZED INPUT.npz FOLDER

FLOAT is a float module, QUANTIZED an integer one of tosa or linalg, both with names in their
locations (or without names in both). They are written to FOLDER with the values of all units
as results, and run by quant-prep-run; what comes out is compared in double precision, and
has to be what quant-prep-compare reports, to 1e-6. With numpy if there is one, else slowly.
The tools are taken from PATH.
"""

import json
import math
import pathlib
import re
import sys

from npz import load
from tools import run

try:
    import numpy
except ImportError:
    numpy = None

TYPE = r"tensor<[^>]*>"


def values_of(text):
    """For each op with a result: its name, type, attributes and location; regions are skipped."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        match = re.match(r"( *)(%[\w#]+) = (.*)", line)
        if not match:
            continue
        end = line
        if line.endswith("{"):
            end = next(other for other in lines[index + 1:] if other.startswith(match.group(1) + "}"))
        types = re.findall(TYPE, re.sub(r' loc\(.*', "", end))
        name = re.search(r' loc\("([^":]*)"\)$| loc\("([^":]*)"\(', end)
        if types:
            yield match.group(2), types[-1], line, (name.group(1) or name.group(2)) if name else ""


def dump(module, text, units, folder):
    """Runs a module with the values of units as further results."""
    lines = text.split("\n")
    (at,) = [i for i, line in enumerate(lines) if re.match(r" *return ", line)]
    names, types = re.match(r" *return (.*?) : (.*?)(?: loc\(.*)?$", lines[at]).groups()
    names += "".join(f", {value}" for value, _ in units)
    types += "".join(f", {type}" for _, type in units)
    lines[at] = f"    return {names} : {types}"
    (head,) = [i for i, line in enumerate(lines) if "func.func @" in line]
    lines[head] = re.sub(r"\) -> .*?( attributes .*)?\{$", lambda match: f") -> ({types}) {match.group(1) or ''}{{", lines[head])
    # What it says of units is of the function that it was.
    lines[head] = re.sub(r"attributes \{.*\} ?\{$", "{", lines[head])
    path = folder / f"{module}.mlir"
    path.write_text("\n".join(lines))
    run("quant-prep-run", path, f"--input={sys.argv[3]}", f"--output={folder / module}.npz")
    return names.count(",") + 1 - len(units)


def print_module(path, *options):
    text = run("quant-prep-opt", path, "--mlir-print-debuginfo", "--mlir-print-local-scope", *options)
    # Blobs are printed with the whole module only.
    if "dense_resource<" in text:
        whole = run("quant-prep-opt", path)
        text += whole[whole.rindex("\n{-#"):]
    return text


def float_units(path, is_folded):
    """The value of each unit, by label (B19) and kind; folded as the quantized module is."""
    fold = "qprep-fold-batch-norm," if is_folded else ""
    text = print_module(path, f"--pass-pipeline=builtin.module({fold}qprep-attach-config,any(qprep-match-units))")
    seen, units = {}, {}
    for value, type, line, name in values_of(text):
        match = re.search(r"qprep\.unit = #qprep\.unit<([\w.]+)", line)
        if match:
            kind = match.group(1)
            label = name or f"{kind}_{seen.get(kind, 0)}"
            seen[kind] = seen.get(kind, 0) + 1
            units.setdefault((label, kind), (value, type))
    return text, units


def quantized_units(path):
    """Where each unit has its value, and what the integers there stand for, by label and kind."""
    text = print_module(path)
    units = {}
    for value, type, line, _ in values_of(text):
        match = re.search(r"qprep\.converted = \[(\{.*?\})\]", line)
        if not match:
            continue
        listed = match.group(1).split("}, {")
        names = [tuple(re.search(rf'{field} = "([^"]*)"', one).group(1) for field in ("label", "kind")) for one in listed]
        scale = re.search(r"\bscale = array<f64: ([^,>]*)>", listed[-1])
        zero = re.search(r"zero_point = array<i64: ([^,>]*)>", listed[-1])
        for name in names:
            units.setdefault(name, (names[-1], value, type, float(scale.group(1)) if scale else 0, int(zero.group(1)) if zero else 0))
    return text, units


def decode(codes, scale, zero):
    if not scale:
        return codes
    if numpy:
        return scale * (numpy.array(codes, dtype=numpy.float64) - zero)
    return [scale * (code - zero) for code in codes]


def measures(a, b):
    if numpy:
        a, b = numpy.array(a, dtype=numpy.float64), numpy.array(b, dtype=numpy.float64)
        signal, noise, other, product = (float(x) for x in (a @ a, (a - b) @ (a - b), b @ b, a @ b))
        largest = float(abs(a - b).max())
    else:
        signal, other = math.fsum(x * x for x in a), math.fsum(x * x for x in b)
        noise, product = math.fsum((x - y) ** 2 for x, y in zip(a, b)), math.fsum(x * y for x, y in zip(a, b))
        largest = max(abs(x - y) for x, y in zip(a, b))
    return {"sqnr": 10 * math.log10(signal / noise) if noise else None,
            "cosine": product / math.sqrt(signal) / math.sqrt(other), "max_difference": largest}


def main():
    folder = pathlib.Path(sys.argv[4])
    folder.mkdir(parents=True, exist_ok=True)
    report = json.loads(run("quant-prep-compare", sys.argv[1], sys.argv[2], f"--input={sys.argv[3]}", "--format=json"))
    other_text, integers = quantized_units(sys.argv[2])
    text, floats = float_units(sys.argv[1], re.search(r"qprep\.folded|\bfolded = ", other_text))
    measured = sorted({integers[row["label"], row["kind"]][0] for row in report["units"]})
    count = dump("float", text, [floats[name] for name in measured], folder)
    dump("quantized", other_text, [integers[name][1:3] for name in measured], folder)
    wrong = []

    def check(what, row, a, b):
        for name, wanted in measures(a, b).items():
            found = row[name]
            if (found is None) != (wanted is None) or (wanted is not None and abs(found - wanted) > 1e-6 * max(1, abs(wanted))):
                wrong.append(f"{what}: {name} is {found}, not {wanted}")

    def load_pair(index):
        return load(folder / "float.npz", str(index))[1], load(folder / "quantized.npz", str(index))[1]

    for row in report["results"]:
        check(f"result {row['result']}", row, *load_pair(row["result"]))
    for row in report["units"]:
        name, _, _, scale, zero = integers[row["label"], row["kind"]]
        a, b = load_pair(count + measured.index(name))
        check(row["label"], row, a, decode(b, scale, zero))
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(report['results'])} results and {len(report['units'])} units are right")


if __name__ == "__main__":
    main()
