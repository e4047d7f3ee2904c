#!/usr/bin/env python3
"""Converts random models to integers and compares them with their reference form.

    fuzz_conversion.py --tool build/dev/bin/quant-prep-opt [--seconds 120 | --count 40] [--seed 1] [--keep FOLDER]

Every model (generate_models.py) is calibrated on random arrays and converted to the reference
form and to the integer form, with a preset of an integer accelerator or of PyTorch. The tool does not
crash, and does not fail without an error that has a place; what is converted verifies and runs. The
results of the two forms are as near to each other as units make them that are a step apart: the
integer form adds at most as much error as quantization did, and two steps of the results.

Prints each finding, with its seed, and the number of models. Exit code 1 if there was a finding.
"""

import argparse
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from generate_models import Model  # noqa: E402

PRESETS = ["qconfig=tosa backend=tosa"] * 4 + [
    "qconfig=tosa-per-tensor backend=tosa", "qconfig=tosa-a16w8 backend=tosa", "qconfig=fbgemm backend=native",
    "qconfig=qnnpack backend=native"]
RUNS = 4
# Crashes when it frees what blocks without predecessors allocate.
UPSTREAM = "bufferization::deallocateBuffersOwnershipBased"
# In a file, or at an op with a name.
LOCATED = re.compile(r"^(\S+:\d+:\d+|\S+ in @\S+): error: ")


class Finding(Exception):
    pass


class Answer(Exception):
    """The tool says what it does not do, and where."""


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=300)
    if done.returncode == 0:
        return
    if UPSTREAM in done.stderr:
        raise Answer(UPSTREAM)
    if done.returncode not in (0, 1) or "PLEASE submit a bug report" in done.stderr or "Sanitizer" in done.stderr:
        raise Finding(f"crash, exit code {done.returncode}\n{done.stderr[-3000:]}")
    errors = [line for line in done.stderr.splitlines() if "error: " in line]
    if not errors or not LOCATED.match(errors[0]):
        raise Finding(f"fails without an error that has a place\n{done.stderr[-3000:]}")
    raise Answer(f"{os.path.basename(str(command[0]))}: {errors[0]}")


def argument_shapes(text):
    line = next(line for line in text.splitlines() if "@forward(" in line)
    arguments = line[line.index("("):line.index("->")]
    return [[1 if size == "?" else int(size) for size in shape.split("x")[:-1]]
            for shape in re.findall(r"tensor<([^>]*)>", arguments)]


def noise(a, b):
    return float(numpy.sqrt(numpy.mean(numpy.square(a - b))))


class Checker:
    def __init__(self, tool, runner, folder):
        self.tool, self.folder = tool, folder
        self.runner = runner or os.path.join(os.path.dirname(os.path.abspath(tool)), "quant-prep-run")

    def results(self, module):
        output = self.folder / "results.npz"
        run([self.runner, module, f"--input={self.folder / 'inputs.npz'}", "--entry=forward", f"--output={output}"])
        with numpy.load(output) as stored:
            return [stored[str(index)].astype(numpy.float64) for index in range(len(stored.files))]

    def check(self, text, preset, generator):
        model, reference, integer = (self.folder / f"{name}.mlir" for name in ("model", "reference", "integer"))
        model.write_text(text, encoding="utf-8")
        arrays = [generator.standard_normal([RUNS, *shape]).astype(numpy.float32) for shape in argument_shapes(text)]
        numpy.savez(self.folder / "inputs.npz", **{str(index): array for index, array in enumerate(arrays)})
        run([self.tool, model, f"--qprep-quantize=inputs={self.folder / 'inputs.npz'} entry=forward to=reference "
             f"threads=1 {preset}", "-o", reference])
        run([self.tool, reference, "--qprep-lower-to-integer", "-o", integer])
        plain, wanted, got = (self.results(module) for module in (model, reference, integer))
        for index, (real, a, b) in enumerate(zip(plain, wanted, got, strict=True)):
            self.compare(index, real, a, b)

    @staticmethod
    def compare(index, real, wanted, got):
        if wanted.dtype.kind != "f" or not numpy.isfinite(wanted).all() or not numpy.isfinite(real).all():
            return
        if not numpy.isfinite(got).all():
            raise Finding(f"result {index} is not finite")
        allowed = noise(wanted, real) + numpy.abs(wanted).max() / 64
        if noise(got, wanted) > allowed:
            raise Finding(f"result {index}: the integer form is {noise(got, wanted):.3g} from the reference form, "
                          f"which is {noise(wanted, real):.3g} from float; its largest value is {numpy.abs(wanted).max():.3g}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--runner", help="quant-prep-run, if it is not beside the tool")
    parser.add_argument("--seconds", type=int, help="how long")
    parser.add_argument("--count", type=int, help="how many models, instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="where models with findings are written")
    parser.add_argument("--verbose", action="store_true", help="also print each model that is answered by an error")
    options = parser.parse_args()
    end, seed = time.monotonic() + (options.seconds or 1e9), options.seed
    found, answered, answers = 0, 0, {}
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(options.tool, options.runner, pathlib.Path(folder))
        while time.monotonic() < end and (options.count is None or seed < options.seed + options.count):
            model, preset = Model(seed), random.Random(seed).choice(PRESETS)
            text = model.text(with_config=False, by_value=False)
            seed += 1
            if not model.ends:
                continue
            try:
                checker.check(text, preset, numpy.random.default_rng(seed))
            except Answer as answer:
                answered += 1
                if options.verbose:
                    print(f"seed {seed - 1}, {preset}: {answer}", flush=True)
                kind = re.sub(r"\d+", "N", re.sub(r"^.*?error: ", "", str(answer)))
                answers[kind[:200]] = answers.get(kind[:200], 0) + 1
            except (Finding, subprocess.TimeoutExpired) as finding:
                found += 1
                path = os.path.join(options.keep, f"conversion-{seed - 1}.mlir")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                print(f"seed {seed - 1}, {preset}: {finding}\n  the model is in {path}", flush=True)
    for answer, times in answers.items():
        print(f"{times} times: {answer}")
    print(f"{seed - options.seed} models, {answered} of them answered by an error, {found} findings")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
