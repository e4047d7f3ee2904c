"""Scales and zero points of every observer, compared with PyTorch's formulas to the bit.

    observers.py FOLDER [--torch]

A module has an observer of each kind, dtype, scheme, range, eps, averaging constant and axis.
It is calibrated on data of every size (per channel: a channel of each), and what comes of it is
compared with the formulas in float32: UniformQuantizationObserverBase._calculate_qparams and the two ways to a range. With
--torch these are compared with the observers of PyTorch themselves.
"""

import itertools
import json
import os
import subprocess
import sys

import numpy

SHAPE = (5, 3, 4)  # the first are runs
EPS = 2.0**-23
LIMITS = {"ui8": [None, (0, 200), (0, 63), (0, 1)],
          "i8": [None, (-127, 127), (-8, 7), (-100, 27), (0, 127), (-128, 0)]}
DEFAULTS = {"ui8": (0, 255), "i8": (-128, 127)}
CLASSES = {"minmax": "MinMaxObserver",
           "moving_average_minmax": "MovingAverageMinMaxObserver",
           "per_channel_minmax": "PerChannelMinMaxObserver",
           "moving_average_per_channel_minmax": "MovingAveragePerChannelMinMaxObserver"}


class Spec:
    def __init__(self, kind, dtype, scheme, limits, reduced, eps, constant, axis):
        self.kind, self.dtype, self.scheme, self.limits = kind, dtype, scheme, limits
        self.reduced, self.eps, self.constant, self.axis = reduced, eps, constant, axis

    def attribute(self):
        fields = [self.kind, self.dtype, self.scheme]
        if self.limits:
            fields += ["quant_min = %d, quant_max = %d" % self.limits]
        if self.reduced:
            fields += ["reduce_range = true"]
        fields += [f"{name} = {value:.17e}" for name, value in
                   (("eps", self.eps), ("averaging_constant", self.constant)) if value]
        if self.axis is not None:
            fields += [f"axis = {self.axis}"]
        return f"#qprep.observer<{', '.join(fields)}>"

    def collected(self):
        """What decides what the range is."""
        return self.kind, self.constant, self.axis

    def range(self, runs):
        """What min_val and max_val are after all runs, as lists of one for each channel."""
        low = high = None
        others = tuple(i for i in range(runs.ndim - 1) if i != self.axis)
        constant = numpy.float32(self.constant or 0.01)
        for run in runs.astype(numpy.float32):
            new_low, new_high = (numpy.atleast_1d(f(run, axis=others)) for f in (numpy.min, numpy.max))
            if low is None:
                low, high = new_low, new_high
            elif self.kind.startswith("moving_average"):
                low, high = low + constant * (new_low - low), high + constant * (new_high - high)
            else:
                low, high = numpy.minimum(low, new_low), numpy.maximum(high, new_high)
        return low, high

    def parameters(self, low, high):
        """Scales and zero points."""
        quant_min, quant_max = self.limits or DEFAULTS[self.dtype]
        if self.reduced:
            quant_min, quant_max = quant_min // 2, quant_max // 2
        eps = numpy.float32(self.eps or EPS)
        low, high = numpy.minimum(low, 0), numpy.maximum(high, 0)
        if self.scheme.endswith("symmetric"):
            scale = numpy.maximum(-low, high) / numpy.float32((quant_max - quant_min) / 2)
            zero = 0 if self.dtype == "i8" else (quant_min + quant_max) // 2 if self.limits else 128
            return numpy.maximum(scale, eps), numpy.full(low.shape, zero)
        scale = numpy.maximum((high - low) / numpy.float32(quant_max - quant_min), eps)
        zeros = quant_min - numpy.rint(low / scale).astype(int)
        return scale, numpy.clip(zeros, quant_min, quant_max)

    def check_torch(self, observed, runs, low, high):
        """The same by PyTorch; `observed` keeps the ranges of what differs in the rest."""
        import torch
        from torch.ao.quantization import observer
        arguments = {"dtype": {"ui8": torch.quint8, "i8": torch.qint8}[self.dtype],
                     "qscheme": getattr(torch, self.scheme), "reduce_range": self.reduced}
        optional = {"eps": self.eps, "averaging_constant": self.constant, "ch_axis": self.axis,
                    "quant_min": self.limits and self.limits[0], "quant_max": self.limits and self.limits[1]}
        arguments.update({key: value for key, value in optional.items() if value is not None})
        made = getattr(observer, CLASSES[self.kind])(**arguments)
        key = self.collected()
        if key not in observed:
            for run in runs:
                made(torch.from_numpy(run))
            observed[key] = made.min_val, made.max_val
        made.min_val, made.max_val = observed[key]
        found = [values.numpy().reshape(-1) for values in (*observed[key], *made.calculate_qparams())]
        return all(numpy.array_equal(a, b) for a, b in zip(found, (low, high, *self.parameters(low, high))))


def make_specs(kinds):
    for kind, dtype, symmetric in itertools.product(kinds, LIMITS, (False, True)):
        channels = "per_channel" in kind
        scheme = ("per_channel_" if channels else "per_tensor_") + ("symmetric" if symmetric else "affine")
        constants = (None, 1.0, 0.25) if kind.startswith("moving_average") else (None,)
        for limits, reduced, eps, constant, axis in itertools.product(
                LIMITS[dtype], (False, True), (None, 2.0**-12), constants, (0, 2) if channels else (None,)):
            # PyTorch takes no reduced range of symmetric unsigned codes; one code is no range.
            if not (reduced and (limits == (0, 1) or (symmetric and dtype == "ui8"))) and not (eps and constant):
                yield Spec(kind, dtype, scheme, limits, reduced, eps, constant, axis)


def make_data():
    random = numpy.random.default_rng(18)
    normal = random.standard_normal(SHAPE)
    growth = numpy.arange(1, SHAPE[0] + 1).reshape(-1, 1, 1)
    data = {"normal": normal, "far": normal + 100, "negative": -abs(normal), "zeros": numpy.full(SHAPE, -0.0),
            "constant": numpy.full(SHAPE, 0.37), "denormal": normal * 1e-41, "about eps": normal * 1e-5,
            "huge": normal * 1e36, "growing": normal * growth**3.0, "halves": random.integers(-255, 256, SHAPE) / 2}
    data = {name: runs.astype(numpy.float32) for name, runs in data.items()}
    stacked = {f"axis {axis}": numpy.stack(list(data.values()), axis=axis + 1) for axis in (0, 2)}
    return data, stacked


def write_module(specs, runs):
    kind = f"tensor<{'x'.join(map(str, runs.shape[1:]))}xf32>"
    with open("module.mlir", "w") as file:
        for i, spec in enumerate(specs):
            file.write(f"qprep.observer private @o{i} {{id = {i}, spec = {spec.attribute()}}}\n")
        file.write(f"func.func @f(%x: {kind}) -> {kind} {{\n")
        for i in range(len(specs)):
            file.write(f"  %{i} = qprep.observe %x by @o{i} : {kind}\n")
        file.write(f"  return %x : {kind}\n}}\n")


def calibrate():
    done = subprocess.run(["quant-prep-opt", "module.mlir", "--qprep-calibrate=inputs=x.npy", "--qprep-choose-qparams",
                           "--qprep-report=output=report.json format=json", "-o", os.devnull],
                          capture_output=True, text=True)
    if done.returncode or done.stderr:
        sys.exit(f"observers.py: exit code {done.returncode}: {done.stderr[:4000]}")
    with open("report.json") as file:
        return {observer["name"]: observer for observer in json.load(file)["functions"][0]["observers"]}


def check(specs, name, runs, with_torch):
    write_module(specs, runs)
    numpy.save("x.npy", runs)
    found = calibrate()
    ranges, observed = {}, {}
    for i, spec in enumerate(specs):
        if spec.collected() not in ranges:
            ranges[spec.collected()] = spec.range(runs)
        low, high = ranges[spec.collected()]
        scale, zero_point = spec.parameters(low, high)
        wanted = {"min": low, "max": high, "scale": scale, "zero_point": zero_point}
        for field, values in wanted.items():
            if found[f"o{i}"][field] != values.tolist():
                sys.exit(f"observers.py: {name}: {spec.attribute()}: {field} is {found[f'o{i}'][field]}, "
                         f"not {values.tolist()}")
        if with_torch and not spec.check_torch(observed, runs, low, high):
            sys.exit(f"observers.py: {name}: {spec.attribute()}: PyTorch has other numbers")
    return len(specs)


def main():
    folder, *options = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    done = 0
    for kinds, data in zip((list(CLASSES)[:2], list(CLASSES)[2:]), make_data()):
        specs = list(make_specs(kinds))
        done += sum(check(specs, name, runs, "--torch" in options) for name, runs in data.items())
    print(f"{done} observers have the same scales and zero points")


if __name__ == "__main__":
    main()
