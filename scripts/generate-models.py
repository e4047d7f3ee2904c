#!/usr/bin/env python3
"""Writes docs/models.md: how much of each model preparation observes.

    generate-models.py CORPUS --tool QUANT_PREP_OPT [--check]

CORPUS is a folder of models. --check writes nothing and fails if the page is
not what would be written. Fails if too few of the multiply-accumulates of a model
in float are in observed units: less than 99 % with the defaults, less than all on
the backend tosa.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import typing

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "test" / "Corpus"))
from command_line import make_parser  # noqa: E402

PAGE = ROOT / "docs" / "models.md"

HEAD = """<!-- Written by scripts/generate-models.py; do not edit. -->

# Models of other front ends

What `qprep-prepare` does with models as front ends write them. *MACs* are those of matrix
products and convolutions in float units; *observed* is the share of them in observed units.
Units are counted by decision (see [report.md](report.md)); *stays float* is why: F14 and F16
are kinds, or dtypes, that the backend does not have, B9 that there is no observer to share,
B16 that a unit follows what it reads, and that is float, B5 that it has no float tensors: a
model that is quantized already is left alone.
"""

SECTION = """
## {title}

{text}

| model | MACs | observed | units observed | shared | stays float |
| --- | ---: | ---: | ---: | ---: | --- |
"""


class Setting(typing.NamedTuple):
    title: str
    text: str
    flags: list
    least: float  # percent of the MACs


SETTINGS = [
    Setting("The defaults", "QConfig fbgemm on the backend native.", ["--qprep-prepare"], 99.0),
    Setting("An integer accelerator", "QConfig tosa on the backend tosa, after `--qprep-fold-batch-norm`.",
            ["--qprep-fold-batch-norm", "--qprep-prepare=qconfig=tosa backend=tosa"], 100.0),
]


def report_of(model, tool, flags):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "report.json"
        done = subprocess.run([tool, str(model), *flags,
                               f"--qprep-report=output={path} format=json", "-o", "/dev/null"],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{model.name}: {done.stderr.strip()[:2000]}")
        return json.loads(path.read_text(encoding="utf-8"))


def row_of(model, report):
    """The row of one model, and the share of its MACs that is observed."""
    units = [unit for function in report["functions"] for unit in function["units"]]
    counts = collections.Counter(unit["decision"] for unit in units)
    inside = ("observed", "shared")
    floats = [unit for unit in units if unit["rule"] != "B5"]
    macs = sum(unit["macs"] or 0 for unit in floats)
    seen = sum(unit["macs"] or 0 for unit in floats if unit["decision"] in inside)
    share = 100 * seen / macs if macs else None
    rest = collections.Counter((unit["rule"], unit["kind"]) for unit in units
                               if unit["decision"] not in inside)
    reasons = ", ".join(f"{count} {kind} ({rule})"
                        for (rule, kind), count in sorted(rest.items(), key=lambda e: (-e[1], e[0])))
    shown = "" if share is None else f"{share:.1f} %"
    return (f"| {model.stem} | {macs or ''} | {shown} | {counts['observed']} | "
            f"{counts['shared']} | {reasons} |"), share


def main():
    parser = make_parser(__doc__, "corpus")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text, few = HEAD, []
    for setting in SETTINGS:
        text += SECTION.format(title=setting.title, text=setting.text)
        for model in sorted(options.corpus.glob("*.mlir")):
            row, share = row_of(model, report_of(model, options.tool, setting.flags))
            text += row + "\n"
            if share is not None and share < setting.least:
                few.append(f"{model.stem} ({share:.1f} %, {setting.title})")
    if not options.check:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/models.md is not up to date; run scripts/generate-models.py")
    if few:
        sys.exit(f"too few of the MACs are observed: {', '.join(few)}")


if __name__ == "__main__":
    main()
