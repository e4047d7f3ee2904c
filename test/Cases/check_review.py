#!/usr/bin/env python3
"""Runs the modules that once broke a step by their shape, or after an edit by hand.

    check_review.py FOLDER --tool QUANT_PREP_OPT [--seconds N]

FOLDER has the modules and make_big.py, which writes the large ones. Each run of the table below
ends within N seconds of CPU time (2 by default): with what it is to print, or with the error. A
few modules still say `qprep.decision`, `qprep.passed` or `qprep.observed`, which a plan took the
place of: they have to be refused, and what they show is tested with plans beside the steps.
"""

import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

PREPARE = ["--qprep-prepare"]
MINE = ["--qprep-prepare=config=@mine"]
UNREGISTERED = ["--allow-unregistered-dialect"]


def in_function(name):
    return [f"--pass-pipeline=builtin.module(func.func({name}))"]


REPLACED = "unknown attribute"
NO_BACKEND = "is generated, but has no backend inside it"
OWN_RESULT = "observes its own result"
ENTRY = "is no function of the module with a body"
TERMS = "write at most 6"
# (module, options, part of the error; none if it is to succeed)
RUNS = [
    ("cast-cycle", PREPARE, None),
    ("observe-cycle", PREPARE, OWN_RESULT),
    ("observe-cycle-2", PREPARE, OWN_RESULT),
    ("inner-cycle", in_function("qprep-assign-qconfig"), REPLACED),
    ("config-without-backend", in_function("qprep-match-units"), NO_BACKEND),
    ("config-preset-backend", in_function("qprep-match-units"), NO_BACKEND),
    ("config-backend-beside", in_function("qprep-match-units"), NO_BACKEND),
    ("assigned-none", in_function("qprep-insert-observers"), REPLACED),
    ("unknown-pattern", in_function("qprep-insert-observers"), REPLACED),
    ("observed-wrong-size", in_function("qprep-insert-observers"), REPLACED),
    ("passed-wrong-size", in_function("qprep-insert-observers"), REPLACED),
    ("entry-gone-reset", ["--qprep-add-reset-functions"], ENTRY),
    ("entry-gone-copy", ["--qprep-copy-entry"], ENTRY),
    ("entry-gone-copy", ["--qprep-propagate-values"], ENTRY),
    ("nested-inline-spec", ["--qprep-share-observers"], None),
    ("nested-observers", ["--qprep-share-observers"], REPLACED),
    ("cluster-16-terms", MINE, TERMS),
    ("cluster-33-terms", MINE, TERMS),
    ("specs-that-contradict", UNREGISTERED, "needs a scheme per tensor"),
    ("si8", MINE, "signed ones are written without s"),
    ("report-alone-in-plugin", [*PREPARE, "--qprep-report=output=/dev/stderr"], None),
    ("strip-called-generated", ["--qprep-strip"], REPLACED),
    ("value-weight-unobserved", ["--qprep-verify-prepared"], REPLACED),
    ("dtypes-again", in_function("qprep-prepare"), "restricted to 'builtin.module'"),
    ("dtypes-again", [*PREPARE, "--qprep-propagate-dtypes"], None),
    ("unregistered-region", [*UNREGISTERED, *in_function("qprep-fuse-units")], "its annotation has 1 roles"),
    ("chain-18", PREPARE, None), ("chain-64", PREPARE, None), ("chain-2000", PREPARE, None),
    ("expand-16", PREPARE, None), ("expand-1000", PREPARE, None),
    ("fan-2000", PREPARE, None), ("fan-32000", PREPARE, None),
]
# What a run that succeeds prints.
PRINTED = {
    ("report-alone-in-plugin", PREPARE[0]): "B5",
    ("dtypes-again", PREPARE[0]): "i8 by weight <per_channel_minmax, ",
}


def get_cpu_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def check(tool, path, options, error, seconds):
    """What is wrong with one run; empty for nothing."""
    before = get_cpu_time()
    done = subprocess.run([tool, path, *options], capture_output=True, text=True, timeout=60)
    took = get_cpu_time() - before
    if took > seconds:
        return f"takes {took:.1f} s"
    if done.returncode != (1 if error else 0):
        return f"exit status {done.returncode}: {done.stderr[-1000:]}"
    errors = [line for line in done.stderr.splitlines() if "error:" in line]
    if error and not any(error in line for line in errors):
        return f"another error than '{error}': {errors}"
    printed = PRINTED.get((path.stem, options[0]), "") if not error else ""
    return "" if printed in done.stdout + done.stderr else f"does not print '{printed}'"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--seconds", type=float, default=2)
    arguments = parser.parse_args()
    modules = {path.stem for path in arguments.folder.glob("*.mlir")}
    wrong = sorted(modules - {name for name, _, _ in RUNS})
    findings = [f"{name}: there is no run of it" for name in wrong]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, arguments.folder / "make_big.py", folder], check=True)
        for name, options, error in RUNS:
            path = arguments.folder / f"{name}.mlir"
            if not path.exists():
                path = pathlib.Path(folder) / f"{name}.mlir"
            if text := check(arguments.tool, path, options, error, arguments.seconds):
                findings.append(f"{name} {' '.join(options)}: {text}")
    print("\n".join(findings + [f"{len(RUNS)} runs, {len(findings)} findings"]))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
