#!/usr/bin/env python3
"""Writes docs/kinds.md: what becomes of each kind of unit.

    generate-kinds.py [--check]

From the list of kinds, the named functions, the built-in clusters, the backend native, the normal form in
docs/adding-ops.md, and the tests of matching, which are the examples. --check writes nothing
and fails if the page is not what would be written.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "kinds.md"
ENUMS = ROOT / "include" / "QuantPrep" / "IR" / "QPrepEnums.td"
CLUSTERS = ROOT / "lib" / "Matching" / "clusters.mlir"
FUNCTIONS = ROOT / "lib" / "Matching" / "NormalFunctions.cpp"
NORMAL_FORM = ROOT / "docs" / "adding-ops.md"
TESTS = ROOT / "test" / "Matching"
BACKEND = ROOT / "lib" / "Config" / "presets" / "backend" / "native.mlir"

HEAD = """<!-- Written by scripts/generate-kinds.py; do not edit. -->

# Kinds of units

What front ends write, and what becomes of it. *Recognized as*: the formulas of the built-in
clusters (`lib/Matching/clusters.mlir`), each in any order of its sums and products, in one op or
many, or in the body of one, over the normal form of ops
([below](#the-normal-form)): bounds of any spelling are `relu`, `relu6` or
`clamp`, ops that change nothing are not there; kinds without one are ops of tosa, linalg, arith, math or tensor by
themselves. A formula of `x` alone is recognized by its values, however it is written
(`lib/Matching/NormalFunctions.cpp`). What lowering to linalg takes apart (padding, a bias behind a convolution, a sum by
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

NORMAL_HEAD = """
## The normal form

What is the same to all of these formulas, however it is written:

"""

EXAMPLES_HEAD = """
## Examples

Ops that tests have as one unit, in their order; the name is that of the function in `test/Matching`.

| kind | ops |
| --- | --- |
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
    """Kind to the formulas of its functions and the comments of its clusters."""
    formulas, comment = {}, []
    for kind, formula in re.findall(r'\{UnitKind::(\w+),\s+"(.*)"', FUNCTIONS.read_text(encoding="utf-8")):
        formulas.setdefault(kind, []).append(formula)
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


def read_normal_form():
    """The table of what is written and its normal form."""
    text = NORMAL_FORM.read_text(encoding="utf-8")
    section = text[text.index("### The normal form"):]
    return re.search(r"(?:^\|.*\n)+", section, flags=re.M).group(0)


def read_examples():
    """Kind to lists of ops, each with the name of a function that is one unit of them."""
    examples = {}
    check = re.compile(r"// CHECK(-NEXT)?:\s+(?:%\S+ = )?(\w+[.]\w+).*?qprep[.](member|unit)"
                       r"(?: = #qprep[.]unit<(\w+))?")
    for path in sorted(TESTS.glob("*.mlir")):
        if path.name.startswith("pdl-"):
            continue
        for part in path.read_text(encoding="utf-8").split("// CHECK-LABEL: ")[1:]:
            name = re.match(r"(?:func[.]func )?@(\w+)", part)
            lines = [match.groups() for match in map(check.match, part.splitlines()) if match]
            units = [kind for *_, mark, kind in lines if mark == "unit"]
            is_whole = all(is_next for is_next, *_ in lines)
            if not name or name.group(1).startswith("not_") or len(units) != 1 or not is_whole:
                continue
            ops = tuple(op for _, op, *_ in lines)
            if units[0] and lines[-1][2] == "unit" and len(ops) > 1:
                examples.setdefault(units[0], {}).setdefault(ops, name.group(1))
    return examples


def main():
    formulas, entries = read_formulas(), read_backend()
    rows = [f"| `{kind}` | {'; '.join(formulas.get(kind, []))} | {entries.get(kind, 'float (F14)')} |"
            for kind in read_kinds() if kind != "opaque"]
    examples = read_examples()
    shown = []
    for kind in read_kinds():
        found = [f"{', '.join(ops)} (`{name}`)" for ops, name in examples.get(kind, {}).items()]
        if found:
            shown.append(f"| `{kind}` | {'; '.join(found)} |")
    text = (HEAD + "\n".join(row.replace("|x|", "abs(x)") for row in rows) + "\n"
            + NORMAL_HEAD + read_normal_form() + EXAMPLES_HEAD + "\n".join(shown) + "\n")
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/kinds.md is not up to date; run scripts/generate-kinds.py")


if __name__ == "__main__":
    main()
