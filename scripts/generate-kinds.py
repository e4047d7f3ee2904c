#!/usr/bin/env python3
"""Writes docs/kinds.md: what becomes of each kind of unit.

    generate-kinds.py [--check]

From the list of kinds, the built-in clusters and the backend native. --check
writes nothing and fails if the page is not what would be written.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "kinds.md"
ENUMS = ROOT / "include" / "QuantPrep" / "IR" / "QPrepEnums.td"
CLUSTERS = ROOT / "lib" / "Matching" / "clusters.mlir"
BACKEND = ROOT / "lib" / "Config" / "presets" / "backend" / "native.mlir"

HEAD = """<!-- Written by scripts/generate-kinds.py; do not edit. -->

# Kinds of units

What front ends write, and what becomes of it. *Recognized as*: the formulas of the built-in
clusters (`lib/Matching/clusters.mlir`), each in any order of its sums and products, in one op or
many, or in the body of one, over the normal form of ops
([adding-ops.md](adding-ops.md#the-normal-form)): bounds of any spelling are `relu`, `relu6` or
`clamp`, ops that change nothing are not there; kinds without one are ops of tosa, linalg, arith, math or tensor by
themselves. What lowering to linalg takes apart (padding, a bias behind a convolution, a sum by
its count, slices of a list) is put together again by `lib/Matching/lowered.mlir`. *Backend
native*: how PyTorch's native backend takes the kind, by functions and methods (F6);
`qprep-print-preset` shows the other backends.

Some are not kinds of their own, since PyTorch's FX mode does not know them either: a scaled
matrix product is `matmul` and `mul`, a rotary embedding is `mul`, `neg`, `cat` and `add`, a
batch norm that was folded into a scale and a shift is `mul` and `add`, global pooling is `mean`
or `avg_pool2d`.

| kind | recognized as | backend native |
| --- | --- | --- |
"""

MEANINGS = {
    "different": "observed, with an observer of its own",
    "shared": "observed, shares the observer of its input",
    "by_operands": "observed; with one tensor operand it shares that one's observer",
}


def read_kinds():
    """Kinds in the order of the list, without those inside clusters and of calls."""
    text = ENUMS.read_text(encoding="utf-8")
    text = text[text.index('QPrep_Enum<"UnitKind"'):]
    sections = re.split(r"^  // (.*)$", text, flags=re.M)
    kinds = re.findall(r'I32EnumCase<"(\w+)"', sections[0])
    for title, body in zip(sections[1::2], sections[2::2]):
        if not title.startswith(("Inside clusters", "Calls of functions")):
            kinds += re.findall(r'I32EnumCase<"(\w+)"', body)
    return kinds


def read_formulas():
    """Kind to the comments of its clusters."""
    formulas, comment = {}, []
    for line in CLUSTERS.read_text(encoding="utf-8").splitlines():
        cluster = re.match(r"qprep[.]cluster @\w+ is (\w+)( inside)? \{", line)
        if line.startswith("// ") and not line.startswith("//==="):
            comment.append(line[3:])
        elif cluster and comment and not cluster.group(2):
            formulas.setdefault(cluster.group(1), []).append(" ".join(comment).rstrip("."))
        if not line.startswith("//"):
            comment = []
    return formulas


def read_backend():
    """Kind to the meaning of its entry, from patterns of one node."""
    entries = {}
    pattern = re.compile(r"qprep[.]pattern @\w+ (\w+) ([^{]*)\{\n((?:    .*\n)*)  \}")
    fused = set()
    for observation, rest, body in pattern.findall(BACKEND.read_text(encoding="utf-8")):
        nodes = re.findall(r"qprep[.]node (\w+)", body)
        if len(nodes) > 1:
            fused.add(nodes[0])
            continue
        meaning = MEANINGS[observation]
        if "unobserved" in rest:
            meaning = "not observed"
        elif " output " in f" {rest}":
            meaning += ", with fixed parameters"
        entries[nodes[0]] = meaning
    for kind in fused & entries.keys():
        entries[kind] += "; fused with a relu behind it"
    return entries


def main():
    formulas, entries = read_formulas(), read_backend()
    rows = [f"| `{kind}` | {'; '.join(formulas.get(kind, []))} | {entries.get(kind, 'float (F14)')} |"
            for kind in read_kinds() if kind != "opaque"]
    text = HEAD + "\n".join(row.replace("|x|", "abs(x)") for row in rows) + "\n"
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/kinds.md is not up to date; run scripts/generate-kinds.py")


if __name__ == "__main__":
    main()
