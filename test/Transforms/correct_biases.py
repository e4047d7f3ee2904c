"""Prepares, calibrates and corrects random layers, and computes their biases independently, to the bit.

    correct_biases.py QUANT_PREP_OPT FOLDER

Convolutions (with groups as depthwise ones, padding, strides) and linear layers, in tosa and after the stock lowering to linalg;
weights with a scale per channel and for the tensor.
"""

import re
import subprocess
import sys

import numpy as np

LOWER = ("builtin.module(func.func(tosa-optional-decompositions,tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith,"
         "tosa-to-tensor))")


def dense(values):
    return f'"tosa.const"() <{{values = dense<"0x{values.tobytes().hex().upper()}"> : {type_of(values)}}}> : () -> {type_of(values)}'


def type_of(values):
    return f"tensor<{'x'.join(map(str, values.shape))}xf32>"


def make_layer(kind, form, rng):
    """The text of a function, its weight as [outputs, inputs, rest] and the axis of input channels."""
    n, h, w, c, o = 2, 5, 4, 3, 6
    bias = rng.normal(size=o).astype(np.float32)
    # Lowered padding is an op of its own, behind which channels are not told apart.
    pad = 1 if form == "tosa" else 0
    zero = '  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>\n'
    if kind == "linear":
        weight = rng.normal(size=(1, c, o)).astype(np.float32)
        bias = bias.reshape(1, 1, o)
        x, y = f"tensor<1x{h}x{c}xf32>", f"tensor<1x{h}x{o}xf32>"
        body = (f"  %0 = tosa.matmul %x, %w, %z, %z : ({x}, {type_of(weight)}, tensor<1xf32>, tensor<1xf32>) -> {y}\n"
                f"  %1 = tosa.add %0, %b : ({y}, {type_of(bias)}) -> {y}\n  return %1 : {y}\n")
        shape, parts = (1, h, c), weight[0].T[:, :, None]
    else:
        x, y = f"tensor<{n}x{h}x{w}x{c}xf32>", f"tensor<{n}x{h}x{w}x{o}xf32>"
        if kind == "conv2d":
            weight = rng.normal(size=(o, 3, 3, c)).astype(np.float32)
            parts = weight.transpose(0, 3, 1, 2).reshape(o, c, 9)
        else:
            weight = rng.normal(size=(3, 3, c, o // c)).astype(np.float32)
            parts = np.zeros((o, c, 9), np.float32)
            for channel in range(o):
                parts[channel, channel // (o // c)] = weight[:, :, channel // (o // c), channel % (o // c)].reshape(9)
        body = (f"  %0 = tosa.{kind} %x, %w, %b, %z, %z {{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: {pad}, {pad}, {pad}, {pad}>, "
                f"stride = array<i64: 1, 1>}} : ({x}, {type_of(weight)}, tensor<{o}xf32>, tensor<1xf32>, tensor<1xf32>) -> {y}\n"
                f"  return %0 : {y}\n")
        if not pad:
            body = body.replace(y, f"tensor<{n}x{h - 2}x{w - 2}x{o}xf32>")
            y = f"tensor<{n}x{h - 2}x{w - 2}x{o}xf32>"
        shape = (n, h, w, c)
    text = f"func.func @f(%x: {x}) -> {y} {{\n  %w = {dense(weight)}\n  %b = {dense(bias)}\n{zero}{body}}}\n"
    return text, shape, parts, bias.reshape(-1)


def read_qparams(text, spec):
    """scale and zero point of the one observer whose spec and statistics match."""
    line = next(line for line in text.splitlines() if "qprep.observer private" in line and re.search(spec, line))
    scales, zeros = re.search(r"qparams<scale = \[(.*?)\], zero_point = \[(.*?)\]", line).groups()
    return np.float32([float(s) for s in scales.split(",")]), np.int64([int(z) for z in zeros.split(",")])


def to_codes(values, scale, zero, low, high):
    return np.clip(np.rint(values * (np.float32(1) / scale)) + np.float32(zero), low, high).astype(np.float64)


def get_bias(text, size):
    """The constant of `size` elements that is no weight: as dense text or as bytes."""
    for values, shape in re.findall(r"dense<(.*?)> : tensor<([0-9x]*)xf32>", text):
        if np.prod([int(d) for d in shape.split("x")]) != size or not values.strip("[]").strip('"').startswith(("0x", "-", *"0123456789")):
            continue
        if values.startswith('"0x'):
            return np.frombuffer(bytes.fromhex(values[3:-1]), np.float32)
        numbers = np.float32([float(v) for v in values.replace("[", "").replace("]", "").split(",")])
        if numbers.size == size:
            return numbers
    raise SystemExit(f"no bias in\n{text}")


def check(tool, folder, kind, form, qconfig, rng):
    text, shape, parts, bias = make_layer(kind, form, rng)
    source = f"{folder}/{kind}.mlir"
    with open(source, "w") as file:
        file.write(text)
    if form == "linalg":
        subprocess.run(["mlir-opt", source, f"--pass-pipeline={LOWER}", "-o", source], check=True)
    x = rng.normal(0.7, 1, size=(5, *shape)).astype(np.float32)
    np.savez(f"{folder}/x.npz", **{"0": x})

    def run(*passes):
        done = subprocess.run([tool, source, "--mlir-print-elementsattrs-with-hex-if-larger=1000", "--mlir-print-local-scope",
                               f"--qprep-prepare=backend=tosa qconfig={qconfig}", f"--qprep-calibrate=inputs={folder}/x.npz",
                               "--qprep-choose-qparams", *passes], check=True, capture_output=True, text=True)
        return done.stdout

    chosen = run()
    corrected = run(f"--qprep-correct-biases=inputs={folder}/x.npz threads=1")
    assert corrected == run(f"--qprep-correct-biases=inputs={folder}/x.npz threads=3"), "threads change biases"
    scale, zero = read_qparams(chosen, f"count = {x.size},")
    weight_scale, _ = read_qparams(chosen, "quant_min = -127")
    weight_scale = np.broadcast_to(weight_scale, parts.shape[0])[:, None, None]
    codes = to_codes(x, scale[0], zero[0], -128, 127).reshape(-1, shape[-1])
    means = np.float64(scale[0]) * (codes.sum(0) / len(codes) - zero[0])
    rounded = to_codes(parts, weight_scale, 0, -127, 127) * weight_scale.astype(np.float64)
    error = ((rounded - parts) * means[None, :, None]).sum((1, 2))
    expected = (bias.astype(np.float64) - error).astype(np.float32)
    found = get_bias(corrected, bias.size)
    # Sums of doubles in another order: one unit of float32 at most.
    assert np.all(np.abs(found - expected) <= np.spacing(np.abs(expected))), (kind, form, qconfig, found, expected)
    assert np.any(np.abs(error) > 1e-4) and not np.array_equal(found, bias)


def main():
    tool, folder = sys.argv[1:]
    rng = np.random.default_rng(1)
    for kind in ("conv2d", "depthwise_conv2d", "linear"):
        for form in ("tosa", "linalg"):
            for qconfig in ("tosa", "tosa-per-tensor"):
                check(tool, folder, kind, form, qconfig, rng)
                print("equal", kind, form, qconfig)


main()
