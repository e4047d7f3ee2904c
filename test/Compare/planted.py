#!/usr/bin/env python3
"""Plants one bad unit in a trained model, and has quant-prep-compare find and cure it.

    planted.py SEEDS FOLDER

A plant is a weight with one element a hundred times larger, under one scale for all of it,
or the range of a unit's result taken 16 times too large or too small. --sensitivity has to
name the unit first, and the configuration that is written has to give the results back, to
within 0.5 dB of the model without the plant.
"""

import json
import pathlib
import random
import re
import sys
import zipfile

from tools import run

DIGITS = pathlib.Path(__file__).resolve().parents[2] / "examples" / "digits"
IMAGES = 64
QCONFIG = "tosa-per-tensor"


def write_few_images(path):
    """The first images of the test data."""
    with zipfile.ZipFile(DIGITS / "test.npz") as archive:
        data = archive.read("0.npy")
    size = 10 + int.from_bytes(data[8:10], "little")
    header = data[10:size].decode("latin-1").replace("(596,", f"({IMAGES},")
    header = header.rstrip().ljust(len(data[10:size]) - 1) + "\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0.npy", data[:10] + header.encode("latin-1") + data[size:size + IMAGES * 64 * 4])


def calibrate(model, output):
    run("quant-prep-opt", model, "--mlir-print-debuginfo", "-o", output, f"--qprep-prepare=backend=tosa qconfig={QCONFIG}",
        f"--qprep-calibrate=inputs={DIGITS / 'calibration.npz'}", "--qprep-choose-qparams")


def compare(model, quantized, images, *options):
    return json.loads(run("quant-prep-compare", model, quantized, f"--input={images}", "--format=json", *options))


def plant_weight(rng, folder):
    """A layer's name begins its weight's."""
    names = re.findall(r'loc\("(\w+_weight)"\)', (DIGITS / "model.mlir").read_text())
    index = rng.randrange(len(names) - 1)  # the last is the classifier, whose result is the model's
    run(DIGITS / "plant.py", DIGITS / "model.mlir", folder / "bad.mlir", names[index])
    calibrate(folder / "bad.mlir", folder / "bad-calibrated.mlir")
    return folder / "bad.mlir", f"conv2d_{index}" if index else "conv2d"


def plant_range(rng, folder):
    text = (folder / "calibrated.mlir").read_text()
    observers = re.findall(r"qprep\.observer private @((?:relu|add|conv2d)\w*_out\w*) ", text)
    if not observers:
        sys.exit("the calibrated module has no observers of results")
    name = rng.choice(observers)
    factor = rng.choice([1 / 16, 16])

    def scale(match):
        return f"{match.group(1)}{float(match.group(2)) * factor!r}{match.group(3)}"

    text = re.sub(rf"(qprep\.observer private @{name} .*scale = \[)([^\]]+)(\].*)", scale, text)
    (folder / "bad-calibrated.mlir").write_text(text)
    return DIGITS / "model.mlir", name.split("_out")[0]


def main():
    folder = pathlib.Path(sys.argv[2])
    images = folder / "images.npz"
    write_few_images(images)
    calibrate(DIGITS / "model.mlir", folder / "calibrated.mlir")
    whole = compare(DIGITS / "model.mlir", folder / "calibrated.mlir", images, "--sensitivity")["all"]["sqnr"]
    for seed in range(int(sys.argv[1])):
        rng = random.Random(seed)
        plant = rng.choice([plant_weight, plant_range])
        model, label = plant(rng, folder)
        config = folder / "mixed.mlir"
        report = compare(model, folder / "bad-calibrated.mlir", images, f"--target-sqnr={whole - 0.5}", f"--write-config={config}")
        first = report["sensitivity"][0]
        if label not in first["units"]:
            sys.exit(f"seed {seed}: {plant.__name__} at {label}, but {first['units']} is first")
        run("quant-prep-opt", model, "--mlir-print-debuginfo", "-o", folder / "mixed8.mlir",
            f"--qprep-quantize=config={config} inputs={DIGITS / 'calibration.npz'} to=reference")
        after = compare(model, folder / "mixed8.mlir", images)["results"][0]["sqnr"]
        if after < whole - 0.5:
            sys.exit(f"seed {seed}: {after} dB with the configuration, {whole} dB without the plant")
    print(f"{sys.argv[1]} plants found")


if __name__ == "__main__":
    main()
