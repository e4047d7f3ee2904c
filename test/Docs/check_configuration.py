#!/usr/bin/python3
"""Runs the examples of docs/configuration.md.

Usage: check_configuration.py PAGE --examples FOLDER

An example follows a comment that says what it runs on, and what becomes of some
layers: <!-- runs on cnn.mlir: fc skipped, stem.conv observed -->. It may warn of
nothing. quant-prep-opt is taken from PATH.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

EXAMPLE = re.compile(r"<!-- runs on (\S+): (.*?) -->\n```mlir\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(model, config, folder):
    """What was decided, by name of layer."""
    file, report = folder / "mine.mlir", folder / "report.json"
    file.write_text(config, encoding="utf-8")
    done = subprocess.run(["quant-prep-opt", str(model), "--qprep-prepare=config=%s" % file,
                           "--qprep-verify-prepared", "--qprep-report=output=%s" % report, "-o", "/dev/null"],
                          capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        sys.exit("%s\n%s" % (config, done.stderr))
    units = [unit for function in json.loads(report.read_text())["functions"] for unit in function["units"]]
    return {unit["name"]: unit["decision"] for unit in units}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--examples", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    page = arguments.page.read_text(encoding="utf-8")
    examples = EXAMPLE.findall(page)
    if len(examples) != page.count("```mlir"):
        sys.exit("an example does not say what it runs on")
    with tempfile.TemporaryDirectory() as folder:
        for model, expectations, config in examples:
            decided = run(arguments.examples / model, config, pathlib.Path(folder))
            for name, decision in (entry.rsplit(" ", 1) for entry in expectations.split(", ")):
                if decided.get(name) != decision:
                    sys.exit("%s\n%s is %s, not %s" % (config, name, decided.get(name), decision))
    print("%d examples run" % len(examples))


if __name__ == "__main__":
    main()
