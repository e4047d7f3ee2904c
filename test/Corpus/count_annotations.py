#!/usr/bin/env python3
"""Counts the distinct values of annotations in a module in generic form.

    count_annotations.py MODULE

An annotation is a discardable attribute of the qprep dialect. Prints
`ops N, annotations A, distinct D` and each value with how often it occurs.
"""

import collections
import re
import sys

OPEN, CLOSE = "<[({", ">])}"


def value_at(line, start):
    """The text of the attribute that starts there."""
    depth = 0
    in_string = False
    for at in range(start, len(line)):
        char = line[at]
        if char == '"' and line[at - 1] != "\\":
            in_string = not in_string
        if in_string:
            continue
        if char in OPEN:
            depth += 1
        elif char in CLOSE and line[at - 1] != "-":
            depth -= 1
        if depth < 0 or (depth == 0 and char == ","):
            return line[start:at]
    return line[start:]


def annotations(line):
    """The annotations of the op on this line, as `name = value`."""
    # Values such as #qprep.unit<...> are no names; neither are names of ops.
    for match in re.finditer(r"(?<=[{ ])qprep\.(\w+)(?: = |(?=[,}]))", line):
        yield f"{match.group(1)} = {value_at(line, match.end())}"


def main():
    ops = 0
    counts = collections.Counter()
    with open(sys.argv[1], encoding="utf-8") as stream:
        for line in stream:
            if re.match(r'\s*(%[\w#:, %]+ = )?"[a-z_]+\.', line):
                ops += 1
            counts.update(annotations(line))
    print(f"ops {ops}, annotations {sum(counts.values())}, distinct {len(counts)}")
    for value, count in counts.most_common():
        print(f"{count} {value}")


if __name__ == "__main__":
    main()
