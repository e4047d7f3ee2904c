#!/usr/bin/env python3
"""Prepares random models and checks what comes out.

    fuzz_models.py --tool build/dev/bin/quant-prep-opt [--libs build/dev/lib] [--seconds 120] [--seed 1] [--keep FOLDER]

Of every model (generate_models.py), prepared with random options and a random
configuration (generate_configs.py): the tool does not crash, and does not fail
without saying why; what is prepared verifies, and so does the report; strip
gives the input back, op for op and location for location; preparing twice is
preparing once; one thread makes what many make. With --libs, one module of each
batch that can be lowered is run as it is and prepared: the results are the same
bits.

Prints each finding, with its seed and options, and the number of models. Exit
code 1 if there was a finding.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import types

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "test", "Examples")]
import generate_configs  # noqa: E402
import run_example  # noqa: E402
from generate_models import generate  # noqa: E402

# What a user is told that a model and a configuration do not go together.
ANSWERS = ("must share an observer of dtype", "let both be observed or none", "has fixed quantization parameters",
           "is called here with", "give what makes it qconfigs of one dtype", "branches do not agree on whether result",
           "give what reads it one qconfig (T7)", "there is no qconfig to observe it with",
           "is not called, so that no call gives it a qconfig")
# Upstream does not bufferize a cf.cond_br whose two successors are one block, which it makes of
# two blocks that do nothing else, and when it frees what dead blocks allocate it crashes, or makes
# a bufferization.dealloc of what it finds in their place.
UPSTREAM = ("type mismatch for bb argument", "DeallocationState::getMemrefsToRetain", "'bufferization.dealloc' op operand")
GENERIC = ["--mlir-print-op-generic", "--mlir-print-debuginfo"]
SEPARATOR = "// -----\n"


class Finding(Exception):
    pass


class Checker:
    def __init__(self, tool, libs):
        self.tool, self.ran, self.answered = tool, 0, 0
        self.runner = None
        if libs:
            os.environ["PATH"] = os.pathsep.join([os.path.dirname(os.path.abspath(tool)), os.environ["PATH"], "/usr/lib/llvm-22/bin"])
            self.runner = run_example.Runner(types.SimpleNamespace(libs=libs, mlir_libs="/usr/lib/llvm-22/lib", lower="memref"))

    def opt(self, text, *flags):
        """Output, or None if the tool gave an answer that is no finding."""
        done = subprocess.run([self.tool, "-", "--split-input-file", "--output-split-marker=// -----", *flags], input=text,
                              capture_output=True, text=True, timeout=300)
        if done.returncode == 0:
            return done.stdout
        if done.returncode not in (0, 1) or "PLEASE submit a bug report" in done.stderr or "Sanitizer" in done.stderr:
            raise Finding(f"crash, exit code {done.returncode}\n{done.stderr[-3000:]}")
        errors = [line for line in done.stderr.splitlines() if "error:" in line]
        if not errors:
            raise Finding(f"fails and does not say why\n{done.stderr[-3000:]}")
        for error in errors:
            if not any(answer in error for answer in ANSWERS):
                raise Finding(f"an error that is not expected\n{error[:3000]}")
        return None

    def check(self, text, prepare):
        """One or more models; raises a Finding. False if there was an answer instead of output."""
        # Each model has a report of its own.
        with tempfile.TemporaryDirectory() as folder:
            prepared = self.opt(text, prepare, "--qprep-verify-prepared", f"--qprep-report=output={folder}/report.json format=json",
                                "--mlir-print-debuginfo")
            if prepared is None:
                return False
            reports = sorted(pathlib.Path(folder).iterdir())
            self.compare("a model has no report", f"{text.count(SEPARATOR) + 1} reports", f"{len(reports)} reports")
            for report in reports:
                json.loads(report.read_text(encoding="utf-8"))
        self.compare("threads matter", prepared, self.opt(text, prepare, "--mlir-disable-threading", "--mlir-print-debuginfo"))
        # In one process: the pretty form does not print all locations.
        self.compare("strip does not give the input back", self.opt(text, *GENERIC), self.opt(text, prepare, "--qprep-strip", *GENERIC))
        self.compare("preparing twice is not preparing once", self.opt(prepared), self.opt(prepared, prepare))
        return True

    @staticmethod
    def compare(what, wanted, got):
        for number, (a, b) in enumerate(zip(wanted.splitlines(), (got or "").splitlines()), 1):
            if a != b:
                raise Finding(f"{what}; line {number}:\n  {a[:300]}\n  {b[:300]}")
        if wanted != got:
            raise Finding(f"{what}: one is longer")

    def run(self, text, prepare):
        """Runs a model as it is and prepared."""
        model = self.opt(text, "--qprep-strip")
        try:
            wanted, _ = self.runner(model)
        except SystemExit:
            return  # Upstream does not lower it.
        prepared = self.opt(text, prepare)
        if prepared is None or "qprep.fake_quantize" in prepared:
            return
        try:
            got, _ = self.runner(prepared)
        except SystemExit as error:
            if any(failure in str(error) for failure in UPSTREAM):
                return
            raise Finding(f"what is prepared does not run\n{error}")
        self.ran += 1
        if wanted != got:
            raise Finding("the results are not the same bits")

    def check_all(self, models, prepare):
        """Models are texts by seed. Gives (seed, finding) of each finding."""
        try:
            if self.check(SEPARATOR.join(models.values()), prepare):
                return
            finding = None
        except (Finding, subprocess.TimeoutExpired) as error:
            finding = error
        if len(models) > 1:
            seeds = list(models)
            for half in (seeds[:len(seeds) // 2], seeds[len(seeds) // 2:]):
                yield from self.check_all({seed: models[seed] for seed in half}, prepare)
        elif finding:
            yield next(iter(models)), finding
        else:
            self.answered += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--libs")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="where models with findings are written")
    args = parser.parse_args()
    checker, seed, found, end = Checker(args.tool, args.libs), args.seed, 0, time.monotonic() + args.seconds
    while time.monotonic() < end:
        options, with_config = generate_configs.options(random.Random(seed))
        models = {one: generate(one, with_config, "placement=value" in options) for one in range(seed, seed + args.batch)}
        prepare = "--qprep-prepare=" + options
        seed += args.batch
        findings = list(checker.check_all({one: text for one, (text, _) in models.items()}, prepare))
        to_run = next((one for one, (_, can_run) in models.items() if can_run), None)
        if checker.runner and to_run is not None:
            try:
                checker.run(models[to_run][0], prepare)
            except (Finding, subprocess.TimeoutExpired) as finding:
                findings.append((to_run, finding))
        for one, finding in findings:
            found += 1
            path = os.path.join(args.keep, f"model-{one}.mlir")
            with open(path, "w") as file:
                file.write(models[one][0])
            print(f"seed {one}, {prepare}: {finding}\n  the model is in {path}", flush=True)
    print(f"{seed - args.seed} models, {checker.answered} of them answered by an error, {checker.ran} run, {found} findings")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
