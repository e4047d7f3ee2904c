#!/usr/bin/env python3
"""Plants a bad unit in a small network, and asks quant-prep-compare which one it is.

    planted.py SEEDS FOLDER [--first SEED] [--nets conv,...] [--plants channel,...]

The networks are those of nets.py. Of seed to seed another unit is made bad, in one of these ways:
  channel   one channel of a weight is a hundred times larger, and the weight has one scale;
  element   one element of it is;
  range     the scale of a result is 32 times too large or too small, in the calibrated module;
  imported  the same by --qprep-import-qparams, and the module is on integers;
  bias      the bias of a channel that is never above zero is beyond what the accumulator of a
            convolution holds (a sum behind a product stays float then: no harm);
  clipped   the calibrated module has the bias of a layer clipped to a tenth of its range.
--sensitivity has to name the unit first, as text and as JSON, and the configuration that is written
has to give the results back, to within 0.5 dB of the model without the plant.
The tools are taken from PATH.
"""

import argparse
import json
import math
import pathlib
import random
import re
import struct
import sys
import zipfile

import nets
from tools import run

RUNS = 16


def write_data(path, shape, seed, runs):
    """Images that are smooth along their width."""
    rng = random.Random(seed)
    values = []
    for _ in range(runs * math.prod(shape) // shape[3]):
        base = rng.gauss(0, 1)
        values += [base + rng.gauss(0, 0.5) for _ in range(shape[3])]
    header = str({"descr": "<f4", "fortran_order": False, "shape": (runs, *shape)}).encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(values)}f", *values))


class Case:
    """A network, the folder with its files, and what is planted."""

    def __init__(self, folder, net_name, seed):
        self.rng = random.Random(seed)
        self.folder = folder
        self.net, self.result = nets.make(net_name, seed)
        self.model = self.write("model.mlir", self.net.parameters)
        self.calibration, self.test = folder / "calibration.npz", folder / "test.npz"
        write_data(self.calibration, self.net.input, seed + 1000, 32)
        write_data(self.test, self.net.input, seed + 2000, RUNS)
        self.qconfig = "tosa"

    def write(self, name, parameters):
        path = self.folder / name
        path.write_text(self.net.print(self.result, parameters))
        return path

    def layers(self):
        return [name[:-len("_weight")] for name in self.net.parameters if name.endswith("_weight")]

    def opt(self, model, output, *options):
        path = self.folder / output
        run("quant-prep-opt", model, "--mlir-print-debuginfo", "-o", path, *options)
        return path

    def calibrate(self, model, output, *options):
        return self.opt(model, output, f"--qprep-prepare=backend=tosa qconfig={self.qconfig}",
                        f"--qprep-calibrate=inputs={self.calibration}", "--qprep-choose-qparams", *options)

    def convert(self, module):
        """On integers, whether it is or not."""
        if "qprep.observer" not in module.read_text():
            return module
        return self.opt(module, "converted.mlir", "--qprep-convert", "--qprep-lower-to-integer")

    def quantize(self, model, output, options=None):
        return self.opt(model, output, f"--qprep-quantize=inputs={self.calibration} {options or 'qconfig=' + self.qconfig}")

    def compare(self, model, quantized, *options):
        return run("quant-prep-compare", model, quantized, f"--input={self.test}", *options)


def channels_of(shape, name):
    """How far apart the elements of a channel are, and how many channels there are."""
    if len(shape) == 4 and shape[3] == 1 and "depthwise" in name:
        return 1, shape[2]
    return (math.prod(shape[1:]), shape[0]) if len(shape) == 4 else (1, shape[-1])


def plant_outlier(case, whole_channel):
    case.qconfig = "tosa-per-tensor"
    name = case.rng.choice(case.layers())
    weight = list(case.net.parameters[name + "_weight"])
    inner, count = channels_of(case.net.shapes[name + "_weight"], name)
    channel = case.rng.randrange(count)
    indexes = [i for i in range(len(weight)) if i // inner % count == channel]
    if not whole_channel:
        indexes = [max(indexes, key=lambda i: abs(weight[i]))]
    for i in indexes:
        weight[i] *= 100
    model = case.write("bad.mlir", {**case.net.parameters, name + "_weight": weight})
    form = case.rng.choice([case.calibrate, case.quantize])
    return model, form(model, "bad_quantized.mlir"), name


def plant_channel(case):
    return plant_outlier(case, True)


def plant_element(case):
    return plant_outlier(case, False)


def choose_observer(case, calibrated):
    """Of a result in the middle."""
    text = calibrated.read_text()
    layers = case.layers()[:-1]
    names = re.findall(r"qprep\.observer private @(\w+) .*scale = \[[^\],]+\]", text)
    names = [name for name in names if name.endswith("_out") and any(name.startswith(layer) for layer in layers)]
    name = case.rng.choice(names)
    return name, case.rng.choice([1 / 32, 32])


def plant_range(case):
    calibrated = case.calibrate(case.model, "calibrated.mlir")
    name, factor = choose_observer(case, calibrated)
    text = re.sub(rf"(qprep\.observer private @{name} .*scale = \[)([^\]]+)(\].*)",
                  lambda match: f"{match.group(1)}{float(match.group(2)) * factor!r}{match.group(3)}", calibrated.read_text())
    bad = case.folder / "bad_quantized.mlir"
    bad.write_text(text)
    return case.model, bad, name[:-len("_out")]


def plant_imported(case):
    calibrated = case.calibrate(case.model, "calibrated.mlir")
    name, factor = choose_observer(case, calibrated)
    scale, zero = re.search(rf"qprep\.observer private @{name} .*scale = \[([^\]]+)\], zero_point = \[([^\]]+)\]", calibrated.read_text()).groups()
    entry = {name: {"scale": [float(scale) * factor], "zero_point": [int(zero)]}}
    (case.folder / "qparams.json").write_text(json.dumps(entry))
    bad = case.calibrate(case.model, "bad_quantized.mlir", f"--qprep-import-qparams={case.folder / 'qparams.json'}",
                         "--qprep-convert", "--qprep-lower-to-integer")
    return case.model, bad, name[:-len("_out")]


def plant_bias(case):
    case.qconfig = "tosa-per-tensor"
    text = case.model.read_text()
    name = case.rng.choice([layer for layer in case.layers() if len(case.net.shapes[layer + "_weight"]) == 4 and f'"{layer}_relu"' in text])
    bias = list(case.net.parameters[name + "_bias"])
    bias[bias.index(min(bias))] = -case.rng.uniform(3e6, 3e7)
    model = case.write("bad.mlir", {**case.net.parameters, name + "_bias": bias})
    form = case.rng.choice([case.calibrate, case.quantize])
    return model, form(model, "bad_quantized.mlir"), name


def plant_clipped(case):
    name = case.rng.choice(case.layers())
    bias = case.net.parameters[name + "_bias"]
    # As large as the values, or clipping would be no matter.
    case.net.parameters[name + "_bias"] = bias = [10 * value for value in bias]
    case.model = case.write("model.mlir", case.net.parameters)
    bound = max(map(abs, bias)) / 10
    clipped = case.write("clipped.mlir", {**case.net.parameters, name + "_bias": [min(max(value, -bound), bound) for value in bias]})
    return case.model, case.calibrate(clipped, "bad_quantized.mlir"), name


PLANTS = {name[len("plant_"):]: function for name, function in globals().items()
          if name.startswith("plant_") and name != "plant_outlier"}


def choose(names, plants, seed):
    """The network and the plant of a seed."""
    name, plant = names[seed % len(names)], plants[seed % len(plants)]
    return name, "clipped" if plant == "bias" and name in nets.WITHOUT_CONVOLUTIONS else plant


def plant_badly(folder, name, plant, seed):
    """The first case of a seed that costs 3 dB or more: with luck, outliers do no harm."""
    for attempt in range(20):
        case = Case(folder, name, seed + 100 * attempt)
        model, bad, label = PLANTS[plant](case)
        clean = case.quantize(case.model, "clean.mlir")
        whole = json.loads(case.compare(case.model, clean, "--format=json"))["results"][0]["sqnr"]
        spoilt = json.loads(case.compare(model, case.convert(bad), "--format=json"))["results"][0]["sqnr"]
        if spoilt is not None and spoilt < whole - 3:
            return case, model, bad, label, whole
    sys.exit(f"{plant} in {name} does no harm with seed {seed}")


def check(case, model, bad, label, whole):
    """What is wrong, if anything, and what was measured."""
    config = case.folder / "mixed.mlir"
    calibration = f"--calibration={case.calibration}"
    report = json.loads(case.compare(model, bad, calibration, "--format=json", f"--target-sqnr={whole - 0.5}", f"--write-config={config}"))
    mixed = case.quantize(model, "mixed.mlir.out", f"config={config}")
    after = json.loads(case.compare(model, mixed, "--format=json"))["results"][0]["sqnr"]
    after = float("inf") if after is None else after
    first = report["sensitivity"][0]
    second = report["sensitivity"][1]
    text = case.compare(model, bad, calibration, "--sensitivity", "--top=1").split("\n")[1]
    wrong = []
    if label not in first["units"]:
        wrong.append("not first")
    if not re.search(rf"\b{label}\b", text):
        wrong.append("not first as text")
    if after < whole - 0.5:
        wrong.append("not restored")
    return wrong, (f"{label}: first {', '.join(first['units'])} {first['sqnr']} dB, next {', '.join(second['units'])} {second['sqnr']} dB; all "
                   f"{report['all']['sqnr']} dB, {len(report['float'])} float: {after:.2f} dB, without the plant {whole:.2f} dB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--nets", default=",".join(nets.MAKERS))
    parser.add_argument("--plants", default=",".join(PLANTS))
    arguments = parser.parse_args()
    names, plants = arguments.nets.split(","), arguments.plants.split(",")
    failed = 0
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        name, plant = choose(names, plants, seed)
        folder = arguments.folder / f"{seed}"
        folder.mkdir(parents=True, exist_ok=True)
        wrong, measured = check(*plant_badly(folder, name, plant, seed))
        failed += bool(wrong)
        print(f"seed {seed}, {plant} in {name}, {measured}{': WRONG, ' + ', '.join(wrong) if wrong else ''}", flush=True)
    if failed:
        sys.exit(f"{failed} of {arguments.seeds} plants are not found, or not cured")
    print(f"{arguments.seeds} plants found")


if __name__ == "__main__":
    main()
