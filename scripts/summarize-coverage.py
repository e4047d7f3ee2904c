#!/usr/bin/env python3
"""Prints how many lines of each folder tests reach, and of all together.

    summarize-coverage.py COVERAGE.json [--at-least PERCENT]

COVERAGE.json is what `llvm-cov export -summary-only` writes (scripts/coverage.sh).
Exit code 1 if fewer lines than that are reached in all, or if there are none.
"""

import argparse
import collections
import json
import os
import sys


def read_folders(path):
    """{folder: [lines, lines reached]}; folders from lib or include on."""
    folders = collections.defaultdict(lambda: [0, 0])
    with open(path, encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    root = os.path.commonpath([entry["filename"] for entry in files]) if files else ""
    for entry in files:
        folder = os.path.dirname(os.path.relpath(entry["filename"], root))
        lines = entry["summary"]["lines"]
        folders[folder][0] += lines["count"]
        folders[folder][1] += lines["covered"]
    return folders


def percent(lines, reached):
    return 100 * reached / lines if lines else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coverage")
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT")
    args = parser.parse_args()

    folders = read_folders(args.coverage)
    total = [sum(counts) for counts in zip(*folders.values())] or [0, 0]
    print("| folder | lines | reached | % |\n| --- | --- | --- | --- |")
    for folder, counts in [*sorted(folders.items()), ("all", total)]:
        print(f"| {folder} | {counts[0]} | {counts[1]} | {percent(*counts):.1f} |")
    if not total[0]:
        print("error: no lines were counted", file=sys.stderr)
        return 1
    if percent(*total) < args.at_least:
        print(f"error: {percent(*total):.2f} % of lines are reached, but at least {args.at_least:g} % are wanted; "
              "see coverage.sh --missing", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
