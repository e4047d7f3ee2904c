#!/usr/bin/env python3
"""Measures calibration, and PyTorch's in the same run.

    calibrate.py --tool build/release/bin/quant-prep-opt [--json FILE]
                 [--networks resnet18,resnet50,mobilenet_v2] [--images 32] [--threads 2] [--repeat 3]

Both start cold: a process, which imports or parses, prepares, compiles where there is
something to compile, and calibrates with histograms on images of 224 x 224, with random
weights. `runs` is calibration alone, without what comes before; of ours, the difference to
the same command with no more than one run per thread. Each time is the least of `repeat`.
PyTorch is asked where python3-torch and python3-torchvision are installed. Machines are
shared: what counts are the ratios.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))

PYTORCH = """
import sys, time
start = time.time()
import torch, torchvision
from torch.ao.quantization import get_default_qconfig_mapping
from torch.ao.quantization.quantize_fx import prepare_fx
name, images, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
model = getattr(torchvision.models, name)().eval()
data = torch.randn(images, 1, 3, 224, 224)
model = prepare_fx(model, get_default_qconfig_mapping(), (data[0],))
begin = time.time()
with torch.no_grad():
    for image in data:
        model(image)
print(time.time() - begin)
"""


def measure(command):
    """(seconds of the process, peak memory in bytes, what it printed)."""
    begin = time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.communicate()
    seconds = time.time() - begin
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{err}")
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, out


def difference(measure_count, few, many):
    """What the runs from `few` to `many` take, of the best of each."""
    return min(measure_count(many)) - min(measure_count(few))


def has_pytorch():
    return subprocess.run(["/usr/bin/python3", "-c", "import torch, torchvision"], capture_output=True,
                          check=False).returncode == 0


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.run = os.path.join(os.path.dirname(options.tool), "quant-prep-run")

    def write(self, network):
        model = os.path.join(self.folder, network + ".mlir")
        with open(model, "w") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "networks.py"), network], stdout=file, check=True)
        bytecode = model + "bc"
        subprocess.run([self.options.tool, model, "--emit-bytecode", "-o", bytecode], check=True)
        os.unlink(model)
        return bytecode

    def images(self, count):
        path = os.path.join(self.folder, f"images{count}.npz")
        if not os.path.exists(path):
            numpy.savez(path, **{"0": numpy.random.default_rng(0).standard_normal((count, 1, 224, 224, 3),
                                                                                  dtype=numpy.float32)})
        return path

    def calibrate(self, model, count):
        return measure([self.options.tool, model, "--qprep-prepare",
                        f"--qprep-calibrate=inputs={self.images(count)} threads={self.options.threads}",
                        "--emit-bytecode", "-o", os.path.join(self.folder, "out.mlirbc")])

    def float_runs(self, model, count):
        return measure([self.run, model, f"--input={self.images(count)}", f"--threads={self.options.threads}",
                        "--output=" + os.path.join(self.folder, "out.npz")])

    def network(self, network, pytorch):
        options = self.options
        model = self.write(network)
        few, many = options.threads, options.threads + options.images

        def repeat(command, *arguments):
            return [command(*arguments)[0] for _ in range(options.repeat)]

        row = {"network": network, "total": min(repeat(self.calibrate, model, options.images)),
               "runs": difference(lambda count: repeat(self.calibrate, model, count), few, many),
               "float runs": difference(lambda count: repeat(self.float_runs, model, count), few, many)}
        if pytorch:
            command = ["/usr/bin/python3", "-c", PYTORCH, network, str(options.images), str(options.threads)]
            theirs = [measure(command) for _ in range(options.repeat)]
            row.update({"PyTorch total": min(seconds for seconds, _, _ in theirs),
                        "PyTorch runs": min(float(out.split()[-1]) for _, _, out in theirs)})
        return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--json")
    parser.add_argument("--networks", default="resnet18,resnet50,mobilenet_v2")
    parser.add_argument("--images", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    pytorch = has_pytorch()
    rows = []
    print("| network | total s | PyTorch s | ratio | runs s | PyTorch's s | ratio | prepared / float |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, folder)
        for network in options.networks.split(","):
            row = bench.network(network, pytorch)
            rows.append(row)

            def both(key):
                ours, theirs = row[key], row.get("PyTorch " + key)
                return f"{ours:.2f} | {theirs:.2f} | {ours / theirs:.2f}" if theirs else f"{ours:.2f} | |"

            print(f"| {network} | {both('total')} | {both('runs')} | {row['runs'] / row['float runs']:.2f} |",
                  flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(rows, file, indent=1)


if __name__ == "__main__":
    main()
