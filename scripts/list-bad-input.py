#!/usr/bin/env python3
"""Prints test/messages.md: what the tests of bad input expect to be said.

The messages are those of the tests themselves, so that each row has one. Tests
of bad input are *invalid*.mlir and those named below.
"""

import glob
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")

INTRODUCTION = """\
<!-- Written by scripts/generate-docs.sh from the tests; do not edit. -->

# Messages that are tested

What causes the frequent ones, and what to do, is in [docs/bad-input.md](../docs/bad-input.md).

Each row is a test, which the last column names; `...` stands for what depends on the input.
"""

# Heading, and the tests under it; the first that fits is taken.
SECTIONS = [
    ("Options and files", ["test/Transforms/attach-config-options-invalid.mlir", "test/Transforms/report-unwritable.mlir",
                           "test/Tools/whole-files.test", "test/IR/bad-input.test", "test/Transforms/*options-invalid.mlir"]),
    ("Data to run a model on", ["test/Execution/*invalid.test", "test/Execution/failures.test", "test/Transforms/calibrate-invalid.mlir"]),
    ("Files of patterns", ["test/Matching/*invalid.mlir"]),
    ("Configurations", ["test/Config/*invalid.mlir", "test/IR/config-invalid.mlir", "test/Transforms/attach-config-invalid.mlir"]),
    ("Ops and attributes", ["test/IR/*invalid.mlir", "test/Conversion/quantize-ops-invalid.mlir"]),
    ("Conversion to integers", ["test/Conversion/convert.mlir", "test/Conversion/*invalid.mlir",
                                "test/Conversion/lower-to-integer-float.mlir"]),
    ("A model and a configuration that do not go together",
     ["test/Transforms/assign-qconfig-invalid.mlir", "test/Transforms/insert-observers-invalid.mlir",
      "test/Transforms/share-observers-invalid.mlir", "test/Transforms/equalization-invalid.mlir",
      "test/Transforms/standalone-invalid.mlir", "test/Transforms/unused-assignments.mlir",
      "test/Transforms/prepare-nested-modules.mlir"]),
    ("Steps run by hand, and modules edited in between", ["test/Transforms/*invalid.mlir"]),
]

EXPECTED = re.compile(r"expected-(error|warning)\s*(?:@\S+\s*)?\d*\s*(?:\{\{(.*)\}\})")
CHECKED = re.compile(r"^(?:// |# )?[A-Z0-9_-]+:.*?\b(error|warning): (.+)$")


def clean(message):
    """The text, without the regular expressions of the test."""
    message = re.sub(r"\{\{\(?\.[*+]\)?\}\}", "...", message)
    message = re.sub(r"\{\{\[(\w)\w\]\}\}", r"\1", message)
    message = re.sub(r"^'qprep\.\w+' op ", "", message.strip())
    return re.sub(r"\{\{.*?\}\}", "...", message)


def read_rows(path):
    """(severity, message) of one test, without repetitions."""
    rows = {}
    with open(path) as file:
        for line in file:
            found = EXPECTED.search(line) or CHECKED.match(line)
            if found and (message := clean(found[2])) not in ("...", ""):
                rows[found[1], message] = None
    return list(rows)


def main():
    print(INTRODUCTION, end="")
    seen = set()
    for heading, patterns in SECTIONS:
        print(f"\n## {heading}\n\n| message | test |\n| --- | --- |")
        for pattern in patterns:
            for path in sorted(glob.glob(os.path.join(ROOT, pattern))):
                name = os.path.relpath(path, os.path.join(ROOT, "test"))
                if name in seen:
                    continue
                seen.add(name)
                for severity, message in read_rows(path):
                    mark = "*warning:* " if severity == "warning" else ""
                    fence = "``" if "`" in message else "`"
                    text = message.replace("|", "\\|")
                    print(f"| {mark}{fence}{text}{fence} | {name} |")


main()
