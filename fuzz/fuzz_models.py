#!/usr/bin/env python3
"""Prepares random models and checks what comes out.

    fuzz_models.py --tool build/dev/bin/quant-prep-opt [--libs build/dev/lib] [--seconds 120] [--seed 1] [--keep FOLDER]

Of every model (generate_models.py): the tool does not crash, and does not fail
without saying why; what is prepared verifies; strip gives the input back, op
for op and location for location; preparing twice is preparing once. With
--libs, every tenth module that can be lowered is run as it is and prepared:
the results are the same bits.

Prints each finding, with its seed and options, and the number of models. Exit
code 1 if there was a finding.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import types

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "test", "Examples")]
import run_example  # noqa: E402
from generate_models import generate  # noqa: E402

OPTIONS = ["", "", "qconfig=qnnpack", "qconfig=qnnpack backend=qnnpack", "qconfig=dynamic-int8", "qat=true", "inputs-quantized=0",
           "qconfig=static-f16 backend=native_and_fp16", "qconfig=x86 backend=x86", "qconfig=weight-only", "backend=tensorrt",
           "backend=executorch"]
# What a user is told that a model and a configuration do not go together.
ANSWERS = ("must share an observer of dtype", "let both be observed or none")
GENERIC = ["--mlir-print-op-generic", "--mlir-print-debuginfo"]
SEPARATOR = "// -----\n"


class Finding(Exception):
    pass


class Checker:
    def __init__(self, tool, libs):
        self.tool, self.ran = tool, 0
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
        if "error:" not in done.stderr:
            raise Finding(f"fails and does not say why\n{done.stderr[-3000:]}")
        if not any(answer in done.stderr for answer in ANSWERS):
            raise Finding(f"an error that is not expected\n{done.stderr[:3000]}")
        return None

    def check(self, text, prepare):
        """One or more models; raises a Finding."""
        before = self.opt(text, *GENERIC)
        prepared = self.opt(text, prepare, "--qprep-verify-prepared", "--mlir-print-debuginfo")
        if prepared is None:
            return
        # In one process: the pretty form does not print all locations.
        self.compare("strip does not give the input back", before, self.opt(text, prepare, "--qprep-strip", *GENERIC))
        self.compare("preparing twice is not preparing once", self.opt(prepared), self.opt(prepared, prepare))

    @staticmethod
    def compare(what, wanted, got):
        for number, (a, b) in enumerate(zip(wanted.splitlines(), (got or "").splitlines()), 1):
            if a != b:
                raise Finding(f"{what}; line {number}:\n  {a[:300]}\n  {b[:300]}")
        if wanted != got:
            raise Finding(f"{what}: one is longer")

    def run(self, text, prepare):
        """Runs a model as it is and prepared."""
        model = self.opt(text)
        try:
            wanted, _ = self.runner(model)
        except SystemExit:
            return  # Upstream does not lower it.
        prepared = self.opt(model, prepare)
        if prepared is None or "qprep.fake_quantize" in prepared:
            return
        try:
            got, _ = self.runner(prepared)
        except SystemExit as error:
            # A limit of one-shot-bufferize: what a loop yields may not be copied.
            if "not equivalent to the corresponding iter bbArg" in str(error):
                return
            raise Finding(f"what is prepared does not run\n{error}")
        self.ran += 1
        if wanted != got:
            raise Finding("the results are not the same bits")


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
        seeds = range(seed, seed + args.batch)
        models = {one: generate(one) for one in seeds}
        prepare = "--qprep-prepare=" + OPTIONS[seed // args.batch % len(OPTIONS)]
        seed += args.batch
        try:
            checker.check(SEPARATOR.join(models.values()), prepare)
            suspects = []
        except (Finding, subprocess.TimeoutExpired):
            suspects = list(seeds)
        if checker.runner:
            suspects.append(seeds[0])
        for one in suspects:
            try:
                if len(suspects) > 1:
                    checker.check(models[one], prepare)
                if checker.runner and one == seeds[0] and "?" not in models[one]:
                    checker.run(models[one], prepare)
            except (Finding, subprocess.TimeoutExpired) as finding:
                found += 1
                path = os.path.join(args.keep, f"model-{one}.mlir")
                with open(path, "w") as file:
                    file.write(models[one])
                print(f"seed {one}, {prepare}: {finding}\n  the model is in {path}", flush=True)
    print(f"{seed - args.seed} models, {checker.ran} of them run, {found} findings")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
