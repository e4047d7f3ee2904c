#!/usr/bin/python3
"""Checks what the backend tosa leaves in float, and what it quantizes only to move (B16).

Usage: check_following.py MODEL... --tool QUANT_PREP_OPT

Each model is prepared with qconfig and backend tosa, after its batch norms are
folded. No unit between two quantized ones is float, but of kinds that the backend
does not have (F14) or that are integer already (B5). No argument, and no value that
a float unit makes, is observed if only movement and float units read it.
"""

import argparse
import collections
import json
import subprocess
import sys
import tempfile

MOVEMENT = {"reshape", "transpose", "slice", "pad", "cat", "repeat", "flip", "roll", "gather", "identity"}


def report_of(model, tool):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/report.json"
        done = subprocess.run([tool, model, "--qprep-fold-batch-norm",
                               "--qprep-prepare=backend=tosa qconfig=tosa", "--qprep-verify-prepared",
                               "--qprep-report=output=" + path, "-o", "/dev/null"],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit("%s: %s" % (model, done.stderr[:2000]))
        with open(path, encoding="utf-8") as file:
            return json.load(file)


def position(place):
    return tuple(place.get("path") or [place["index"]])


def faults(function):
    """One line per fault."""
    unit_at = {}
    for unit in function["units"]:
        prefix = position(unit)[:-1]
        for member in unit["members"]:
            unit_at[prefix + (member,)] = unit
    quantized = ("observed", "shared")
    for observation in function["observations"]:
        value = observation["value"]
        argument = "argument" in value
        maker = None if argument else unit_at.get(position(value))
        readers = [unit_at.get(position(use)) for use in observation["uses"]]
        # What a call, a branch or a loop makes is decided inside.
        if not (argument or maker) or (maker and maker["decision"] in quantized) or None in readers:
            continue
        if all(unit["kind"] in MOVEMENT or unit["decision"] not in quantized for unit in readers):
            yield "%s: observed only for %s" % (observation["observer"],
                                                ", ".join(sorted({unit["kind"] for unit in readers})))
    for unit in function["units"]:
        if unit["decision"] == "float" and unit["rule"] not in ("F14", "B16"):
            yield "%s at %s stays float: %s" % (unit["kind"], unit["index"], unit["reason"])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--tool", required=True)
    arguments = parser.parse_args()
    found = collections.Counter()
    for model in arguments.models:
        for function in report_of(model, arguments.tool)["functions"]:
            for fault in faults(function):
                print("%s: %s: %s" % (model, function["name"], fault))
                found[model] += 1
    if found:
        sys.exit("%d faults" % sum(found.values()))
    print("%d models follow" % len(arguments.models))


if __name__ == "__main__":
    main()
