#!/usr/bin/env python3
"""Compares what two builds of quant-prep-opt decide, model by model.

    compare-placement.py OLD_TOOL NEW_TOOL PATH... [--option OPTIONS]... [--decisions-only] [--jobs N]

PATH is a module, or a folder that is searched for *.mlir; a folder with a
settings.json is a parity case, which is prepared as it says. Modules are
prepared with each --option in turn (by default with none).

Two reports are equal if the same values are observed on the same uses, by
observers of the same specs that are shared in the same way, and if each unit
has the same kind, place, pattern and decision. Names of observers and wording
do not count. Every difference is printed. The last line is

    equal N of M

Exit status 0 only if all are equal. A model that one build refuses has to be
refused by the other.
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "test" / "parity"))
import settings as settings_module  # noqa: E402
import values  # noqa: E402

TIMEOUT = 300  # seconds for one command


def find_inputs(paths):
    """Pairs of a module and its settings, None for one that is no parity case."""
    for path in map(pathlib.Path, paths):
        modules = [path] if path.is_file() else sorted(path.rglob("*.mlir"))
        for module in modules:
            settings = module.parent / "settings.json"
            yield module, settings if settings.exists() else None


def to_options(tool, module, settings, folder):
    """The options of one parity case, and the module to prepare."""
    settings = json.loads(settings.read_text(encoding="utf-8"))
    if module.name == "model.mlir":
        model = folder / "model.mlir"
        model.write_text(values.to_model(module.read_text(encoding="utf-8")), encoding="utf-8")
        return model, values.to_options(settings, folder)

    def print_preset(name):
        done = subprocess.run([tool, "/dev/null", f"--qprep-print-preset=name={name} backend=true",
                               "-o", "/dev/null"], capture_output=True, text=True, check=True)
        return done.stdout
    return module, settings_module.to_options(settings, folder, print_preset)


def prepare(tool, model, options):
    """The report, or a string for a run that fails."""
    with tempfile.TemporaryDirectory() as name:
        report = pathlib.Path(name) / "report.json"
        flag = "--qprep-prepare" + (f"={options}" if options else "")
        try:
            done = subprocess.run([tool, str(model), flag, f"--qprep-report=output={report} format=json",
                                   "--allow-unregistered-dialect", "-o", "/dev/null"],
                                  capture_output=True, text=True, timeout=TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            return "no end"
        if done.returncode == 1:
            return "refused"
        if done.returncode:
            return f"crashed with {done.returncode}"
        return json.loads(report.read_text(encoding="utf-8"))


def describe(value):
    """Where a value or use is, without names."""
    return tuple(str(value.get(key)) for key in ("op", "argument", "index", "path", "result", "operand"))


def summarize(report, decisions_only):
    """What counts of a report, as a set of lines."""
    lines = set()
    for function in report["functions"]:
        where = function["name"]
        specs = {observer["name"]: {key: value for key, value in observer.items() if key not in ("name", "id")}
                 for observer in function["observers"]}
        groups = {}
        for observation in function["observations"]:
            groups.setdefault(observation["observer"], set()).add(describe(observation["value"]))
        for observation in function["observations"] if not decisions_only else []:
            name = observation["observer"]
            lines.add(f"{where}: observes {describe(observation['value'])} as {observation['role']} for "
                      f"{sorted(describe(use) for use in observation['uses'])} by {specs.get(name)} "
                      f"with {sorted(groups[name])}")
        for unit in function["units"]:
            lines.add(f"{where}: unit {unit['kind']} at {unit['index']} {unit.get('path')} of {unit['members']}: "
                      f"{unit['decision']} {unit['rule']} {unit['pattern']} {unit['qconfig_from']}")
    return lines


def compare(module, settings, options, arguments):
    """The text of all differences, empty for none."""
    with tempfile.TemporaryDirectory() as name:
        model = module
        try:
            if settings:
                model, options = to_options(arguments.new, module, settings, pathlib.Path(name))
        except settings_module.Untranslatable as error:
            return f"the settings cannot be said: {error}"
        old = prepare(arguments.old, model, options)
        new = prepare(arguments.new, model, options)
    if isinstance(old, str) or isinstance(new, str):
        states = [report if isinstance(report, str) else "prepared" for report in (old, new)]
        return "" if states[0] == states[1] else f"was {states[0]}, is {states[1]}"
    before, after = (summarize(report, arguments.decisions_only) for report in (old, new))
    return "\n".join([f"- {line}" for line in sorted(before - after)] + [f"+ {line}" for line in sorted(after - before)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", metavar="OLD_TOOL")
    parser.add_argument("new", metavar="NEW_TOOL")
    parser.add_argument("paths", metavar="PATH", nargs="+")
    parser.add_argument("--option", action="append", default=[], help="options of qprep-prepare")
    parser.add_argument("--decisions-only", action="store_true", help="compare units, but not observations")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    jobs = [(module, settings, options) for module, settings in find_inputs(arguments.paths)
            for options in ([None] if settings else arguments.option or [""])]
    if not jobs:
        sys.exit("compare-placement.py: no modules found")
    equal = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = pool.map(lambda job: compare(*job, arguments), jobs)
        for (module, _, options), text in zip(jobs, results):
            equal += not text
            if text:
                print(f"{module} {options or ''}\n{text}\n")
    print(f"equal {equal} of {len(jobs)}")
    return 0 if equal == len(jobs) else 1


if __name__ == "__main__":
    sys.exit(main())
