#!/usr/bin/env python3
"""Completes the page on passes that mlir-tblgen prints: reads it, prints it.

    complete-pass-docs.py FILE.td ...

The page gets a title, and options that have a closed set of values get these
below them, from the files that declare them.
"""

import re
import sys

OPTION = re.compile(r'Option<"\w+",\s*"([\w-]+)",(.*?)(?=\bOption<|\bListOption<|\]\s*(?:\)|;|$))', re.S)
VALUE = re.compile(r'clEnumValN\([\w:]+,\s*"([\w-]+)",\s*"([^"]*)"\)')
ROW = re.compile(r"^-([\w-]+) *:")


def read_values(paths):
    """(value, meaning) of options, by name."""
    values = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for name, rest in OPTION.findall(file.read()):
                if found := VALUE.findall(rest):
                    values[name] = found
    return values


def main():
    values = read_values(sys.argv[1:])
    print("# Passes\n")
    print("Options of a pass are written `--qprep-prepare='placement=value mode=dynamic'`, and in a pipeline\n"
          "`qprep-prepare{placement=value mode=dynamic}`; those that list several values `inputs-quantized=0,1`.\n"
          "`qprep-prepare` and `qprep-quantize` are what most need; the others are their steps, and tools around them.\n")
    for line in sys.stdin:
        line = re.sub(r"^###(#?) ", r"##\1 ", line.rstrip("\n"))
        print(line)
        row = ROW.match(line)
        for value, meaning in values.get(row[1], []) if row else []:
            print(" " * (line.index(":") + 2) + f"{value}: {meaning}")


main()
