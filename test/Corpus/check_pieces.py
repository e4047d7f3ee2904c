#!/usr/bin/env python3
"""Checks preparation on files of many small modules.

    check_pieces.py FOLDER --tool QUANT_PREP_OPT [--shard K/N]

Files are split at `// -----`. Pieces that do not parse are left out, and so are
those that preparation rejects with an error at one of its lines. For the others
prepare and strip must give the input back, byte for byte. The tool may never
crash or hang.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from command_line import make_parser

OPTIONS = ["--split-input-file", "--allow-unregistered-dialect", "--mlir-print-op-generic",
           "--mlir-print-debuginfo", "--mlir-print-local-scope"]
SEPARATOR = "// -----"
TIMEOUT = 300  # seconds for one file


class Failure(Exception):
    pass


class File:
    """The pieces of a file; those that are dropped become empty, so that lines stay."""

    def __init__(self, path, tool, folder):
        self.path, self.tool = path, tool
        self.copy = folder / path.name
        self.pieces = [[]]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(SEPARATOR):
                self.pieces.append([])
            else:
                self.pieces[-1].append(line)
        self.dropped = set()

    def run(self, *passes):
        """What the tool prints; pieces with errors are dropped, and the rest is run again."""
        while True:
            text = f"\n{SEPARATOR}\n".join(
                "\n".join("" if number in self.dropped else line for line in piece)
                for number, piece in enumerate(self.pieces))
            self.copy.write_text(text + "\n", encoding="utf-8")
            try:
                done = subprocess.run([self.tool, str(self.copy), *OPTIONS, *passes], text=True,
                                      capture_output=True, check=False, timeout=TIMEOUT)
            except subprocess.TimeoutExpired:
                raise Failure(f"no end after {TIMEOUT} s") from None
            if done.returncode == 0:
                return done.stdout
            bad = self.pieces_of_errors(done.stderr) - self.dropped
            if done.returncode != 1 or not bad:
                raise Failure(f"exit status {done.returncode} of {' '.join(passes) or 'parsing'}: "
                              f"{done.stderr[-2000:]}")
            self.dropped |= bad

    def pieces_of_errors(self, errors):
        found, starts, at = set(), [], 1
        for piece in self.pieces:
            starts.append(at)
            at += len(piece) + 1
        places = re.findall(re.escape(self.copy.name) + r'"?:(\d+):\d+\)?: error:', errors)
        for line in map(int, places):
            found.add(max(i for i, start in enumerate(starts) if start <= line))
        return found


def check(path, tool, folder):
    """Counts of pieces: prepared, rejected by preparation, rejected by the parser."""
    file = File(path, tool, folder)
    file.run()
    invalid = len(file.dropped)
    file.run("--qprep-prepare", "--qprep-verify-prepared")
    rejected = len(file.dropped) - invalid
    if file.run("--qprep-prepare", "--qprep-strip") != file.run():
        raise Failure("prepare and strip do not give the input back")
    return len(file.pieces) - len(file.dropped), rejected, invalid


def main():
    parser = make_parser(__doc__, "folder")
    parser.add_argument("--shard", default="0/1")
    options = parser.parse_args()
    shard, shards = map(int, options.shard.split("/"))
    paths = sorted(options.folder.glob("*.mlir"))[shard::shards]
    if not paths:
        sys.exit(f"no files in {options.folder}")
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            try:
                counts = check(path, options.tool, pathlib.Path(folder))
            except Failure as failure:
                sys.exit(f"error: {path.name}: {failure}")
            print(f"{path.name}: {counts[0]} prepared, {counts[1]} rejected, {counts[2]} invalid")


if __name__ == "__main__":
    main()
