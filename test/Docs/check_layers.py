#!/usr/bin/env python3
"""Whether folders use only those that docs/architecture.md lists above them.

    check_layers.py PAGE ROOT
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^#include "QuantPrep/(\w+)/', re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def main():
    page, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    table = page.read_text(encoding="utf-8").partition("## Where things live")[2].partition("## ")[0]
    folders = ROW.findall(table)
    there = {path.name for path in (root / "lib").iterdir() if path.is_dir()}
    wrong = [f"{name}: in {where}, not in {missing}" for names, others, where, missing in
             ((folders, there, page.name, "lib"), (there, folders, "lib", page.name)) for name in sorted(set(names) - set(others))]
    for folder in (name for name in folders if name in there):
        for base in (root / "lib" / folder, root / "include" / "QuantPrep" / folder):
            for path in sorted(base.rglob("*.*")):
                if path.suffix not in (".h", ".cpp"):
                    continue
                for used in INCLUDE.findall(path.read_text(encoding="utf-8")):
                    if used not in folders or folders.index(used) > folders.index(folder):
                        wrong.append(f"{path.relative_to(root)}: uses {used}, which is not above {folder}")
    print("\n".join(wrong) or f"{len(folders)} folders use only those above them")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
