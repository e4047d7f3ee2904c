#!/usr/bin/env python3
"""Lists the rules that the code speaks of and no test carries the label of.

A rule (F17, T5, B2) counts as mentioned if its label stands in a file of lib/ or
include/, and as tested if a test names a function after it (@f17_...) or a unit
test (TEST(F17_...)), or says so in a comment (// F17).

usage: check-rule-labels.py [--rules F1-F31] [ROOT]

--rules: the rules that must have a test, whether the code speaks of them or not;
several are separated by commas.
"""

import argparse
import pathlib
import re
import sys

LABEL = re.compile(r"\b([FTB])([1-9]\d?)\b")
RANGE = re.compile(r"\b([FTB])([1-9]\d?)-(?:\1)?([1-9]\d?)\b")
TESTED = re.compile(r"@([ftb][1-9]\d?)_|\bTEST(?:_F|_P)?\((?:\w+, )?([FTB][1-9]\d?)_")
LAST = {"F": 31, "T": 18, "B": 24}


def texts(root, folders, suffixes):
    """(path, text) of the files below the folders that have such a suffix."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file():
                yield path, path.read_text(encoding="utf-8")


def labels(text):
    """The labels in a text; F17-F20 and F17-20 stand for all four."""
    for letter, first, last in RANGE.findall(text):
        for number in range(int(first), int(last) + 1):
            yield f"{letter}{number}"
    for letter, number in LABEL.findall(text):
        yield letter + number


def is_rule(label):
    return int(label[1:]) <= LAST[label[0]]


def mentioned(root):
    """Each rule that the code speaks of, and the first place."""
    places = {}
    suffixes = {".cpp", ".h", ".td", ".mlir", ".pdll", ".inc"}
    for path, text in texts(root, ["lib", "include"], suffixes):
        for number, line in enumerate(text.splitlines(), 1):
            for label in labels(line):
                if is_rule(label):
                    places.setdefault(label, f"{path.relative_to(root)}:{number}")
    return places


def tested(root):
    found = set()
    for path, text in texts(root, ["test"], {".mlir", ".test", ".cpp", ".py"}):
        # The test of this script has labels that mean nothing.
        if path.stem == "check-rule-labels":
            continue
        for names in TESTED.findall(text):
            found.update(name.upper() for name in names if name)
        for line in text.splitlines():
            comment = re.search(r"(?://|#)\s(.*)", line)
            if comment:
                found.update(labels(comment.group(1)))
    return found


def parse_rules(text):
    """The rules that an option lists."""
    for part in text.split(","):
        found = list(labels(part))
        single = RANGE.fullmatch(part) or LABEL.fullmatch(part)
        if not single or not found or not all(map(is_rule, found)):
            raise argparse.ArgumentTypeError(f"'{part}' is no rule or range of rules, such as F1-F31")
        yield from found


def report(rules, places, found):
    """Prints the rules without a test, and exits with 1 if there are any."""
    missing = sorted(set(rules) - found, key=lambda label: (label[0], int(label[1:])))
    for label in missing:
        place = f"{places[label]}: " if label in places else ""
        print(f"error: {place}rule {label} has no test; name one "
              f"@{label.lower()}_..., or write // {label} above it")
    if missing:
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    default = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=default)
    parser.add_argument("--rules", type=lambda text: set(parse_rules(text)))
    options = parser.parse_args()
    places = mentioned(options.root)
    if not places:
        sys.exit(f"error: no rule is mentioned in lib/ and include/ of {options.root}")
    report(options.rules or places, places, tested(options.root))
    if options.rules:
        print(f"{len(options.rules)} rules are asked for, each has a test")
    else:
        print(f"{len(places)} rules are mentioned, each has a test")


if __name__ == "__main__":
    main()
