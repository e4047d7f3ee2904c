#!/usr/bin/python3
"""Runs a model as it is and prepared, and compares.

Usage: run_example.py MODEL --libs FOLDER [--mlir-libs FOLDER]
                      [--prepare FLAG | --observe-everything] [--lower tensor|linalg|memref]

Three programs are run with mlir-runner on the same input:
  float     the model as it is;
  prepared  the model with its observations, lowered to calls of the runtime library;
  values    the prepared model with each observation taken out, and the value it is on
            returned as one more result.
The results of all three have to be the same bits, and each observer has to have
seen exactly the minimum, the maximum and the number of elements of its values.

quant-prep-opt and mlir-runner are taken from PATH. Exit code 1, and one line per
difference, if anything differs.
"""

import argparse
import os
import re
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples"))
from add_main import SIGNATURE, TENSOR, add_main, elements  # noqa: E402

TO_LINALG = ("func.func(tosa-to-scf,tosa-optional-decompositions,tosa-make-broadcastable,tosa-infer-shapes,"
             "tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith{include-apply-rescale=true},"
             "tosa-to-tensor,convert-elementwise-to-linalg,linalg-fuse-elementwise-ops)")
TO_BUFFERS = ("empty-tensor-to-alloc-tensor,one-shot-bufferize{bufferize-function-boundaries=true allow-return-allocs-from-loops=true "
              "function-boundary-type-conversion=identity-layout-map}")
TO_LLVM = ("buffer-deallocation-pipeline,convert-bufferization-to-memref,"
           "func.func(convert-linalg-to-loops),expand-strided-metadata,lower-affine,convert-scf-to-cf,"
           "func.func(math-expand-ops{ops=rsqrt}),convert-math-to-libm,convert-to-llvm,"
           "reconcile-unrealized-casts")
SPEC = "#qprep.observer<minmax, ui8, per_tensor_affine>"
LOWER = "qprep-lower-observers"
PIPELINES = {
    "tensor": [LOWER, TO_LINALG, TO_BUFFERS, TO_LLVM],
    "linalg": [TO_LINALG, LOWER, TO_BUFFERS, TO_LLVM],
    "memref": [TO_LINALG, TO_BUFFERS, LOWER, TO_LLVM],
}
OBSERVE = re.compile(r"\s*(%\w+) = qprep\.observe (%\w+) by @(\"[^\"]+\"|[\w$.-]+) .*: (tensor<.*>)$")
SEEN = re.compile(r"observer (\d+): min = (\S+), max = (\S+), count = (\d+), nan = (\d+)")
OBSERVER = re.compile(r"\s*qprep\.observer .*@(\"[^\"]+\"|[\w$.-]+) ?\{id = (\d+),")


def fail(message):
    sys.exit("run_example.py: " + message)


def run(command, text="", env=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=env)
    if done.returncode != 0:
        fail("%s failed with exit code %d:\n%s" % (" ".join(command), done.returncode, done.stderr[:4000]))
    return done.stdout


def opt(text, *flags):
    return run(["quant-prep-opt", "-", *flags], text)


def observe_everything(text):
    """Puts an observer of its own on every f32 tensor of more than one element."""
    argument = re.compile(r"(%%arg\d+): (%s)" % TENSOR)
    result = re.compile(r"\s*(%%\d+) = .*?(%s)$" % TENSOR)
    lines, observers, renamed = [], [], {}

    def observe(value, tensor):
        symbol = "obs_%d" % len(observers)
        observers.append("  qprep.observer private @%s {id = %d, spec = %s}" % (symbol, len(observers), SPEC))
        renamed[value] = "%" + symbol
        lines.append("    %%%s = qprep.observe %s by @%s : %s" % (symbol, value, symbol, tensor))

    for line in text.splitlines():
        lines.append(re.sub(r"%\w+", lambda m: renamed.get(m.group(), m.group()), line))
        if SIGNATURE.match(line):
            for match in argument.finditer(line):
                observe(match.group(1), match.group(2))
        match = result.match(line)
        if match and elements(match.group(2)) > 1:
            observe(match.group(1), match.group(2))
    at = next(i for i, line in enumerate(lines) if line.startswith("module"))
    return "\n".join(lines[:at + 1] + observers + lines[at + 1:]) + "\n"


def observed_values_as_results(text):
    """The module without its observations; and their (id, type), in the order of the added results."""
    ids = {m.group(1): int(m.group(2)) for m in map(OBSERVER.match, text.splitlines()) if m}
    places, lines, renamed = [], [], {}
    for line in text.splitlines():
        line = re.sub(r"%\w+", lambda m: renamed.get(m.group(), m.group()), line)
        match = OBSERVE.match(line)
        if match:
            result, value, symbol, tensor = match.groups()
            renamed[result] = value
            places.append((ids[symbol], value, tensor))
        else:
            lines.append(line)
    if len(places) != text.count("qprep.observe "):
        fail("expected every observation on a line of its own, in @forward")
    for i, line in enumerate(lines):
        match = SIGNATURE.match(line)
        if match:
            head, arguments, results, attributes = match.groups()
            types = [results.strip("()")] + [tensor for _, _, tensor in places]
            lines[i] = "%s%s) -> (%s)%s {" % (head, arguments, ", ".join(types), attributes or "")
        match = re.fullmatch(r"(    return )(.*) : (.*)", line)
        if match:
            values = [match.group(2)] + [value for _, value, _ in places]
            types = [match.group(3)] + [tensor for _, _, tensor in places]
            lines[i] = "%s%s : %s" % (match.group(1), ", ".join(values), ", ".join(types))
    return "\n".join(lines) + "\n", [(identifier, tensor) for identifier, _, tensor in places]


class Runner:
    def __init__(self, arguments):
        self.libraries = [os.path.join(arguments.mlir_libs, "libmlir_c_runner_utils.so"),
                          os.path.join(arguments.libs, "libQuantPrepRuntime.so"),
                          os.path.join(arguments.libs, "libQuantPrepTestDump.so")]
        self.pipeline = "builtin.module(%s)" % ",".join(PIPELINES[arguments.lower])

    def __call__(self, text):
        """The dumped results, as lists of hexadecimal words, and what each observer saw."""
        lowered = opt(add_main(text, "dump_f32"), "--pass-pipeline=" + self.pipeline)
        with tempfile.NamedTemporaryFile("w", suffix=".mlir") as file:
            file.write(lowered)
            file.flush()
            # With optimizations, LLVM evaluates functions of constants itself, which
            # may give another last bit than calling them.
            command = ["mlir-runner", file.name, "-e", "main", "-entry-point-result=void", "-O0",
                       "--shared-libs=" + ",".join(self.libraries)]
            output = run(command, env={**os.environ, "QPREP_RUNTIME_PRINT": "1"})
        results, seen = [], {}
        for line in output.splitlines():
            words = line.split()
            if words[0] == "dump":
                results.append(words[2:])
            elif words[0] == "observer":
                identifier, low, high, count, nans = SEEN.fullmatch(line).groups()
                seen[int(identifier)] = (float(low), float(high), int(count), int(nans))
            else:
                fail("unexpected output: " + line)
        return results, seen


def expected_observations(places, values):
    """From the values themselves: id to (minimum, maximum, count, NaNs)."""
    by_id = {}
    for (identifier, tensor), words in zip(places, values):
        if len(words) != elements(tensor):
            fail("got %d elements of a %s" % (len(words), tensor))
        numbers = (struct.unpack(">f", bytes.fromhex(word))[0] for word in words)
        by_id.setdefault(identifier, []).extend(numbers)
    expected = {}
    for identifier, numbers in by_id.items():
        real = [number for number in numbers if number == number]
        expected[identifier] = (min(real), max(real), len(numbers), len(numbers) - len(real))
    return expected


def compare(float_results, prepared_results, values_results, expected, seen):
    """One line per difference."""
    differences = []
    for name, results in (("prepared", prepared_results), ("values", values_results)):
        for i, (a, b) in enumerate(zip(float_results, results)):
            wrong = [k for k, (p, q) in enumerate(zip(a, b)) if p != q]
            if wrong or len(a) != len(b):
                differences.append("result %d: %d of %d elements differ between the float and the %s model, "
                                   "first at %s" % (i, len(wrong), len(a), name, wrong[:1]))
    for identifier in sorted(expected.keys() | seen.keys()):
        if expected.get(identifier) != seen.get(identifier):
            differences.append("observer %d: expected (min, max, count, nan) = %s, it saw %s"
                               % (identifier, expected.get(identifier), seen.get(identifier)))
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--libs", required=True,
                        help="folder of libQuantPrepRuntime.so and libQuantPrepTestDump.so")
    parser.add_argument("--mlir-libs", default="/usr/lib/llvm-22/lib")
    parser.add_argument("--prepare", default="--qprep-prepare", help="flag of quant-prep-opt that prepares")
    parser.add_argument("--observe-everything", action="store_true",
                        help="observe every value instead of preparing")
    parser.add_argument("--lower", choices=PIPELINES, default="memref",
                        help="where in the pipeline observers are lowered")
    arguments = parser.parse_args()

    with open(arguments.model) as file:
        model = opt(file.read())
    prepared = observe_everything(model) if arguments.observe_everything else opt(model, arguments.prepare)
    values, places = observed_values_as_results(prepared)
    if not places:
        fail("nothing is observed in the prepared model")

    runner = Runner(arguments)
    float_results, _ = runner(model)
    prepared_results, seen = runner(prepared)
    values_results, _ = runner(values)
    differences = compare(float_results, prepared_results, values_results[:len(float_results)],
                          expected_observations(places, values_results[len(float_results):]), seen)
    for difference in differences:
        print(difference)
    if differences:
        fail("%d differences" % len(differences))
    print("%d results equal bit for bit, %d observers exact in %d places"
          % (len(float_results), len(seen), len(places)))


if __name__ == "__main__":
    main()
