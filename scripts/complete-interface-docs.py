#!/usr/bin/env python3
"""Corrects the page on interfaces that mlir-tblgen prints: reads it, prints it.

    complete-interface-docs.py FILE.td ...

It says of every method that it must be implemented, of those too that have a
default implementation.
"""

import re
import sys

DEFAULT = re.compile(r'"(\w+)"\s*,\s*\(ins[^()]*(?:\([^()]*\)[^()]*)*\)\s*,\s*\[\{\}\]\s*,\s*\[\{')
HEADING = re.compile(r"^#+ `(\w+)`$")
NOTE = "NOTE: This method *must* be implemented by the user."


def main():
    optional = set()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            optional.update(DEFAULT.findall(file.read()))
    method = None
    for line in sys.stdin:
        line = line.rstrip("\n")
        if heading := HEADING.match(line):
            method = heading[1]
        if line == NOTE:
            line = "Has a default implementation." if method in optional else "Has to be implemented."
        print(line)


main()
