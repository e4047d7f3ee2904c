#!/usr/bin/python3
"""Runs the commands of a documentation page, and checks the output that it shows.

Usage: run_doc_commands.py PAGE [NAME=FOLDER...]

Every ```sh block of the page is run, in order, in one shell in an empty folder, in
which each NAME is a link to a FOLDER. A block that fails ends it. If the next block is
```text, the output of the commands has to be that text; there, ... stands for anything,
on a line of its own for any lines.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
MARK = "=== commands of line %d ==="


class Block:
    def __init__(self, line, commands, expected):
        self.line = line
        self.commands = commands
        self.expected = expected


def parse(page):
    """The blocks to run, with the output that is shown for them, or None."""
    found = [(page.count("\n", 0, m.start()) + 1, m.group(1), m.group(2)) for m in FENCE.finditer(page)]
    blocks = []
    for i, (line, language, text) in enumerate(found):
        if language == "sh":
            shown = i + 1 < len(found) and found[i + 1][1] == "text"
            blocks.append(Block(line, text, found[i + 1][2] if shown else None))
    return blocks


def matches(expected, output):
    pattern = re.escape(expected.strip())
    pattern = re.sub(r"(?m)^\\\.\\\.\\\.$\n?", r"(?:.*\\n?)*?", pattern.replace("\\\n", "\n"))
    pattern = pattern.replace(r"\.\.\.", r".*")
    return re.fullmatch(pattern, output.strip()) is not None


def run(blocks, links):
    """The exit code, and the output of each block that was reached."""
    script = "exec 2>&1\n" + "".join("echo '%s'\n%s" % (MARK % b.line, b.commands) for b in blocks)
    with tempfile.TemporaryDirectory() as folder:
        for link in links:
            name, target = link.split("=", 1)
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(os.path.abspath(target))
        done = subprocess.run(["sh", "-eu", "-c", script], cwd=folder, stdout=subprocess.PIPE, text=True)
    outputs = re.split(r"^=== commands of line \d+ ===\n", done.stdout, flags=re.M)[1:]
    return done.returncode, outputs


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    page = pathlib.Path(sys.argv[1])
    blocks = parse(page.read_text())
    if not blocks:
        sys.exit("%s: no commands: expected blocks that begin with ```sh" % page)
    code, outputs = run(blocks, sys.argv[2:])
    if code != 0:
        block = blocks[len(outputs) - 1]
        sys.exit("%s:%d: exit code %d\n%s%s" % (page, block.line, code, block.commands, outputs[-1]))
    for block, output in zip(blocks, outputs):
        if block.expected is not None and not matches(block.expected, output):
            sys.exit("%s:%d: the output is not the one shown\n--- shown\n%s--- output\n%s"
                     % (page, block.line, block.expected, output))
    print("%s: %d blocks of commands run" % (page.name, len(blocks)))


if __name__ == "__main__":
    main()
