#!/usr/bin/env python3
"""Converts random units to integers and compares them with their reference form.

    fuzz_integer.py --tool build/dev/bin/quant-prep-opt [--form tosa|linalg] [--count 100] [--seed 1] [--keep FOLDER]

Every unit is a function of the reference form: constant codes are dequantized, computed
with, and quantized. Scales are from 1e-8 to 1e4, zero points anywhere and at both ends,
multipliers below and above 1, values on ties. The integer form has no float, and each code is
within a step of that of the reference form, of norms within two. Units that have no integer form say why. Both forms run in mlir-runner.

Prints what differs, and a last line `N units, K within a step, L float`. Exit code 1 if N is
not K + L, or if more than a quarter stay float.
"""

import argparse
import math
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RUN_CODES = os.path.join(HERE, "..", "test", "Conversion", "run_codes.py")


def shape_text(shape):
    return "x".join(map(str, shape))


class Unit:
    """The text of one function, and how much its scales differ."""

    def __init__(self, rng, name):
        self.rng, self.name, self.lines, self.count = rng, name, [], 0
        self.base = 10 ** rng.uniform(-8, 4)

    def emit(self, text):
        self.count += 1
        self.lines.append(f"  %{self.count} = {text}")
        return f"%{self.count}"

    def scale(self, octaves=4):
        """Often a power of two, so that there are ties."""
        exponent = self.rng.uniform(-octaves, octaves)
        return self.base * 2 ** (round(exponent) if self.rng.random() < .4 else exponent)

    def zero(self):
        return self.rng.choice([-128, 127, 0, self.rng.randrange(-128, 128)])

    def constant(self, values, shape, element):
        text = ", ".join(str(value) for value in values)
        flat = f"dense<[{text}]> : tensor<{len(values)}x{element}>"
        value = self.emit(f'"tosa.const"() <{{values = {flat}}}> : () -> tensor<{len(values)}x{element}>')
        if len(shape) == 1:
            return value
        extents = self.emit(f"tosa.const_shape {{values = dense<[{', '.join(map(str, shape))}]> : "
                            f"tensor<{len(shape)}xindex>}} : () -> !tosa.shape<{len(shape)}>")
        return self.emit(f"tosa.reshape {value}, {extents} : (tensor<{len(values)}x{element}>, "
                         f"!tosa.shape<{len(shape)}>) -> tensor<{shape_text(shape)}x{element}>")

    def floats(self, values, shape):
        text = ", ".join(f"{value:.9e}" for value in values)
        nested = text
        if len(values) > 1:
            nested = f"[{text}]"
        opened = "".join("[" for _ in shape[:-1]) if math.prod(shape[:-1]) == 1 else None
        assert opened is not None, "only the last dimension of constants is larger than 1"
        body = f"{opened}{nested if len(values) > 1 else text}{']' * len(shape[:-1])}" if len(values) > 1 else text
        return self.emit(f'"tosa.const"() <{{values = dense<{body}> : tensor<{shape_text(shape)}xf32>}}> '
                         f": () -> tensor<{shape_text(shape)}xf32>")

    def input(self, shape, scale=None, zero=None, low=-128):
        scale = scale or self.scale()
        zero = self.zero() if zero is None else zero
        codes = [self.rng.randrange(low, 128) for _ in range(math.prod(shape))]
        stored = self.constant_codes(codes, shape)
        kind = f"!quant.uniform<i8:f32, {scale:.9e}:{zero}>"
        return self.dequantize(stored, shape, kind)

    def constant_codes(self, codes, shape):
        data = "".join(f"{code & 255:02X}" for code in codes)
        return self.emit(f'"tosa.const"() <{{values = dense<"0x{data}"> : tensor<{shape_text(shape)}xi8>}}> '
                         f": () -> tensor<{shape_text(shape)}xi8>")

    def weight(self, shape, axis, scales):
        codes = [self.rng.randrange(-127, 128) for _ in range(math.prod(shape))]
        kind = f"!quant.uniform<i8<-127:127>:f32:{axis}, {{{', '.join(f'{s:.9e}' for s in scales)}}}>"
        return self.dequantize(self.constant_codes(codes, shape), shape, kind)

    def dequantize(self, stored, shape, kind, element="i8"):
        text = shape_text(shape)
        codes = self.emit(f"quant.scast {stored} : tensor<{text}x{element}> to tensor<{text}x{kind}>")
        return self.emit(f"qprep.dequantize {codes} : tensor<{text}x{kind}> -> tensor<{text}xf32>")

    def number(self, value, element="f32", rank=1):
        return self.emit(f'"tosa.const"() <{{values = dense<{value}> : tensor<{"x".join(["1"] * rank)}x{element}>}}> '
                         f': () -> tensor<{"x".join(["1"] * rank)}x{element}>')

    def op(self, name, operands, attributes, result):
        values = ", ".join(value for value, _ in operands)
        types = ", ".join(kind for _, kind in operands)
        return self.emit(f"tosa.{name} {values} {attributes}: ({types}) -> {result}")

    def finish(self, value, shape, scale, zero=None):
        zero = self.zero() if zero is None else zero
        kind, text = f"!quant.uniform<i8:f32, {scale:.9e}:{zero}>", shape_text(shape)
        count = math.prod(shape)
        codes = self.emit(f"qprep.quantize {value} : tensor<{text}xf32> -> tensor<{text}x{kind}>")
        stored = self.emit(f"quant.scast {codes} : tensor<{text}x{kind}> to tensor<{text}xi8>")
        flat = self.emit(f"tosa.const_shape {{values = dense<[{count}]> : tensor<1xindex>}} : () -> !tosa.shape<1>")
        done = self.emit(f"tosa.reshape {stored}, {flat} : (tensor<{text}xi8>, !tosa.shape<1>) -> tensor<{count}xi8>")
        body = "\n".join(self.lines)
        return f"func.func @{self.name}() -> tensor<{count}xi8> {{\n{body}\n  return {done} : tensor<{count}xi8>\n}}\n"


def tensor(shape, element="f32"):
    return f"tensor<{shape_text(shape)}x{element}>"


def clamp(unit, value, shape, scale):
    low, high = unit.rng.choice([(0.0, 3.40282347e38), (0.0, 40 * scale), (-30 * scale, 50 * scale)])
    return unit.op("clamp", [(value, tensor(shape))],
                   f"{{min_val = {low:.9e} : f32, max_val = {high:.9e} : f32}} ", tensor(shape))


def binary(unit):
    shape = [unit.rng.choice([64, 7])]
    name = unit.rng.choice(["add", "sub", "maximum", "minimum", "mul"])
    scales = [unit.scale(), unit.scale()]
    operands = [(unit.input(shape, scale), tensor(shape)) for scale in scales]
    result = unit.scale() if name != "mul" else scales[0] * scales[1] * 2 ** unit.rng.uniform(0, 10)
    if not 1e-8 < result < 1e8:
        result = max(1e-8, min(1e8, result))
    if name == "mul":
        operands.append((unit.number(0, "i8"), "tensor<1xi8>"))
    value = unit.op(name, operands, "", tensor(shape))
    if unit.rng.random() < .4:
        value = clamp(unit, value, shape, result)
    return unit.finish(value, shape, result)


def scaled(unit):
    """A factor that often makes ties: no rescale can round them to even."""
    shape, scale = [256], unit.scale()
    value = unit.input(shape, scale)
    factor = unit.number(f"{unit.rng.choice([.5, .25, 2, 1 / 3, 1.5, -.5]):.9e}")
    value = unit.op("mul", [(value, tensor(shape)), (factor, tensor([1])), (unit.number(0, "i8"), "tensor<1xi8>")],
                    "", tensor(shape))
    return unit.finish(value, shape, unit.rng.choice([scale, unit.scale(2)]))


def table(unit):
    shape = [256]
    unit.base = 10 ** unit.rng.uniform(-3, 0)
    scale = unit.scale()
    x = unit.input(shape, scale, unit.zero())
    name = unit.rng.choice(["sigmoid", "tanh", "exp", "abs", "erf", "silu", "floor", "round"])
    if name == "round":
        element = unit.rng.choice(["i8", "i32"])
        value = unit.op("cast", [(x, tensor(shape))], "", tensor(shape, element))
        value = unit.op("cast", [(value, tensor(shape, element))], "", tensor(shape))
        return unit.finish(value, shape, 2 ** unit.rng.uniform(-8, 2))
    value = unit.op("sigmoid" if name == "silu" else name, [(x, tensor(shape))], "", tensor(shape))
    if name == "silu":
        value = unit.op("mul", [(value, tensor(shape)), (x, tensor(shape)), (unit.number(0, "i8"), "tensor<1xi8>")],
                        "", tensor(shape))
    return unit.finish(value, shape, 2 ** unit.rng.uniform(-8, 2))


def conv(unit):
    channels, outputs, kernel = unit.rng.choice([(3, 4, 3), (8, 2, 1), (1, 1, 3)])
    shape, result = [1, 6, 5, channels], [1, 6 - kernel + 1, 5 - kernel + 1, outputs]
    scale = unit.scale()
    weights = [scale * unit.rng.uniform(.1, 1) for _ in range(outputs)]
    unit.base = scale * max(weights) * 2 ** unit.rng.uniform(-1, 12)
    target = max(1e-10, min(1e8, unit.base))
    x = unit.input(shape, scale)
    w = unit.weight([outputs, kernel, kernel, channels], 0, weights)
    b = unit.floats([target * unit.rng.uniform(-60, 60) for _ in range(outputs)], [outputs])
    z = unit.number("0.0")
    value = unit.op("conv2d", [(x, tensor(shape)), (w, tensor([outputs, kernel, kernel, channels])),
                               (b, tensor([outputs])), (z, tensor([1])), (z, tensor([1]))],
                    "{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, "
                    "stride = array<i64: 1, 1>} ", tensor(result))
    if unit.rng.random() < .5:
        value = clamp(unit, value, result, target)
    return unit.finish(value, result, target)


def matmul(unit):
    rows, depth, columns = unit.rng.choice([(4, 8, 3), (2, 64, 5), (1, 1, 1)])
    scales = [unit.scale(), unit.scale()]
    a = unit.input([2, rows, depth], scales[0])
    b = unit.input([2, depth, columns], scales[1])
    z = unit.number("0.0")
    shape = [2, rows, columns]
    value = unit.op("matmul", [(a, tensor([2, rows, depth])), (b, tensor([2, depth, columns])),
                               (z, tensor([1])), (z, tensor([1]))], "", tensor(shape))
    target = scales[0] * scales[1] * 2 ** unit.rng.uniform(0, 12)
    return unit.finish(value, shape, max(1e-10, min(1e8, target)))


def pool(unit):
    name = unit.rng.choice(["max_pool2d", "avg_pool2d"])
    shape, result, scale = [1, 6, 6, 3], [1, 3, 3, 3], unit.scale()
    window = "kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>"
    operands = [(unit.input(shape, scale), tensor(shape))]
    if name == "avg_pool2d":
        z = unit.number("0.0")
        operands += [(z, tensor([1])), (z, tensor([1]))]
        window += ", acc_type = f32"
    value = unit.op(name, operands, f"{{{window}}} ", tensor(result))
    return unit.finish(value, result, unit.rng.choice([scale, unit.scale(1)]))


def mean(unit):
    count = unit.rng.choice([3, 8, 49])
    shape, scale = [4, count], unit.scale()
    x = unit.input(shape, scale)
    value = unit.op("reduce_sum", [(x, tensor(shape))], "{axis = 1 : i32} ", tensor([4, 1]))
    factor = unit.number(f"{1 / count:.9e}", rank=2)
    value = unit.op("mul", [(value, tensor([4, 1])), (factor, tensor([1, 1])), (unit.number(0, "i8"), "tensor<1xi8>")],
                    "", tensor([4, 1]))
    return unit.finish(value, [4, 1], unit.rng.choice([scale, unit.scale(2)]))


def concat(unit):
    a, b = unit.input([4, 3]), unit.input([4, 5])
    value = unit.op("concat", [(a, tensor([4, 3])), (b, tensor([4, 5]))], "{axis = 1 : i32} ", tensor([4, 8]))
    return unit.finish(value, [4, 8], unit.scale())


def gather(unit):
    """Rows of a table that has a scale for each."""
    rows, columns, count = 5, 4, 9
    scales = [unit.scale(1) for _ in range(rows)]
    table_ = unit.weight([1, rows, columns], 1, scales)
    indices = unit.constant([unit.rng.randrange(rows) for _ in range(count)], [1, count], "i32")
    value = unit.op("gather", [(table_, tensor([1, rows, columns])), (indices, tensor([1, count], "i32"))], "",
                    tensor([1, count, columns]))
    return unit.finish(value, [1, count, columns], unit.scale(1))


def long_softmax(unit):
    """Of 16 bits; the result is seen at four of its steps."""
    shape = [2, 200]
    data = "".join(code.to_bytes(2, "little", signed=True).hex().upper()
                   for code in (unit.rng.randrange(-32768, 32768) for _ in range(math.prod(shape))))
    stored = unit.emit(f'"tosa.const"() <{{values = dense<"0x{data}"> : {tensor(shape, "i16")}}}> '
                       f": () -> {tensor(shape, 'i16')}")
    kind = f"!quant.uniform<i16:f32, {10 ** unit.rng.uniform(-6, -3.5):.9e}>"
    return softmax_of(unit, unit.dequantize(stored, shape, kind, "i16"), shape, "no", 2 ** -13)


def softmax(unit):
    size_, masked = unit.rng.choice([2, 16, 200]), unit.rng.choice(["no", "add", "select", "bias", "computed"])
    shape = [3, size_]
    return softmax_of(unit, unit.input(shape, 10 ** unit.rng.uniform(-3, 0)), shape, masked, 1 / 256)


def softmax_of(unit, scores, shape, masked, scale):
    rows, size_ = shape
    x, reduced = scores, [rows, 1]
    member = "qprep.member = #qprep.member<[{}]>"
    if masked != "no":
        # A row without any is not defined: -1e9 swallows what distinguishes its scores.
        keep = [True] + [unit.rng.random() < .7 for _ in range(size_ - 1)]
        if masked != "select":
            low = 0 if masked == "add" else unit.rng.uniform(0, 8)
            mask = unit.floats([unit.rng.uniform(-low, low) if kept else -1e9 for kept in keep], [1, size_])
            if masked == "computed":
                factor = unit.number("1.0", rank=2)
                mask = unit.op("mul", [(mask, tensor([1, size_])), (factor, tensor([1, 1])),
                                       (unit.number(0, "i8"), "tensor<1xi8>")], "", tensor([1, size_]))
            x = unit.op("add", [(x, tensor(shape)), (mask, tensor([1, size_]))], f"{{{member.format('input, _')}}} ",
                        tensor(shape))
        else:
            bits = ", ".join("false" if kept else "true" for kept in keep)
            mask = unit.emit(f'"tosa.const"() <{{values = dense<[[{bits}]]> : tensor<1x{size_}xi1>}}> '
                             f": () -> tensor<1x{size_}xi1>")
            x = unit.op("select", [(mask, tensor([1, size_], "i1")), (unit.number("-1.0e4", rank=2), tensor([1, 1])),
                                   (x, tensor(shape))], f"{{{member.format('_, _, input')}}} ", tensor(shape))
    role = "input" if x == scores else "internal"
    most = unit.op("reduce_max", [(x, tensor(shape))], f"{{axis = 1 : i32, {member.format(role)}}} ", tensor(reduced))
    distance = unit.op("sub", [(x, tensor(shape)), (most, tensor(reduced))], f"{{{member.format(role + ', internal')}}} ",
                       tensor(shape))
    power = unit.op("exp", [(distance, tensor(shape))], f"{{{member.format('internal')}}} ", tensor(shape))
    total = unit.op("reduce_sum", [(power, tensor(shape))], f"{{axis = 1 : i32, {member.format('internal')}}} ",
                    tensor(reduced))
    inverse = unit.op("reciprocal", [(total, tensor(reduced))], f"{{{member.format('internal')}}} ", tensor(reduced))
    value = unit.op("mul", [(power, tensor(shape)), (inverse, tensor(reduced)), (unit.number(0, "i8"), "tensor<1xi8>")],
                    "{qprep.unit = #qprep.unit<softmax [internal, internal, _]>} ", tensor(shape))
    return unit.finish(value, shape, scale, -128)


def norm_codes(rng, rows, size, equal):
    """Rows of all kinds: spread, with one that is far from the others, all equal if `equal` is 0."""
    codes = []
    for _ in range(rows):
        center, width = rng.randrange(-100, 100), rng.choice([equal, 1, 5, 20, 100])
        row = [max(-128, min(127, center + rng.randint(-width, width))) for _ in range(size)]
        if rng.random() < .3:
            row[rng.randrange(size)] = rng.choice([-128, 127])
        codes += row
    return codes


def norm(unit):
    """A layer_norm or an rms_norm, whose parameters are constant."""
    rows, size_ = 6, unit.rng.choice([4, 40, 300])
    shape, reduced = [rows, size_], [rows, 1]
    scale, eps = 10 ** unit.rng.uniform(-3, 1), 10 ** unit.rng.uniform(-6, -4)
    kind = f"!quant.uniform<i8:f32, {scale:.9e}:{unit.zero()}>"
    # What rounding leaves of equal numbers less their mean is divided by sqrt(eps).
    codes = norm_codes(unit.rng, rows, size_, 0 if scale < .01 else 1)
    x = unit.dequantize(unit.constant_codes(codes, shape), shape, kind)
    shift = unit.number(0, "i8")

    def multiply(a, b, a_shape, b_shape):
        result = [max(pair) for pair in zip(a_shape, b_shape)]
        return unit.op("mul", [(a, tensor(a_shape)), (b, tensor(b_shape)), (shift, "tensor<1xi8>")], "", tensor(result))

    def mean(value):
        total = unit.op("reduce_sum", [(value, tensor(shape))], "{axis = 1 : i32} ", tensor(reduced))
        return multiply(total, unit.number(f"{1 / size_:.9e}", rank=2), reduced, [1, 1])

    if unit.rng.random() < .6:
        x = unit.op("sub", [(x, tensor(shape)), (mean(x), tensor(reduced))], "", tensor(shape))
    variance = mean(multiply(x, x, shape, shape))
    variance = unit.op("add", [(variance, tensor(reduced)), (unit.number(f"{eps:.9e}", rank=2), tensor([1, 1]))], "",
                       tensor(reduced))
    value = multiply(x, unit.op("rsqrt", [(variance, tensor(reduced))], "", tensor(reduced)), shape, reduced)
    if unit.rng.random() < .7:
        value = multiply(value, unit.floats([unit.rng.gauss(1, .5) for _ in range(size_)], [1, size_]), shape, [1, size_])
        bias = unit.floats([unit.rng.gauss(0, 1) for _ in range(size_)], [1, size_])
        value = unit.op("add", [(value, tensor(shape)), (bias, tensor([1, size_]))], "", tensor(shape))
    return unit.finish(value, shape, 2 ** unit.rng.uniform(-6, -3))


TO_LINALG = ("builtin.module(func.func(tosa-optional-decompositions,tosa-to-linalg-named,tosa-to-linalg,"
             "tosa-to-arith,tosa-to-tensor))")
UNITS = [binary, binary, scaled, table, conv, conv, matmul, pool, mean, concat, gather, softmax, long_softmax, norm]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])}: {done.stderr[-3000:]}")
    return done.stdout


def run_form(tool, source, flag, folder):
    """Codes of each function, and the module."""
    output = os.path.join(folder, f"{flag.split('=')[0].strip('-')}.mlir")
    run([tool, source, flag, "-o", output])
    results = {}
    for line in run([sys.executable, RUN_CODES, output]).splitlines():
        name, values = line.split(": ")
        results[name] = [int(value) for value in values.split()]
    with open(output, encoding="utf-8") as stream:
        return results, stream.read()


def find_float(module):
    """Functions of the integer form that compute in float, masks of an integer softmax aside."""
    found = set()
    for name, body in re.findall(r"func\.func @(\w+)\(\)(.*?)\n  }", module, re.DOTALL):
        if "xf32>" in body and 'form = "integer"' not in body:
            found.add(name)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=["tosa", "linalg"], default="tosa",
                        help="linalg: after the stock passes, and without softmax, whose unit they lose")
    parser.add_argument("--keep", help="folder for the modules")
    options = parser.parse_args()
    os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], "/usr/lib/llvm-22/bin"])
    rng = random.Random(options.seed)
    units = [unit for unit in UNITS if options.form == "tosa" or unit not in (softmax, long_softmax)]
    functions = [rng.choice(units) for _ in range(options.count)]
    text = "".join(make(Unit(rng, f"{make.__name__}_{i}")) for i, make in enumerate(functions))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        source = os.path.join(folder, "units.mlir")
        with open(source, "w", encoding="utf-8") as stream:
            stream.write(text)
        if options.form == "linalg":
            run([options.tool, source, f"--pass-pipeline={TO_LINALG}", "-o", source + ".linalg"])
            source += ".linalg"
            with open(source, encoding="utf-8") as stream:
                text = stream.read()
        plain = os.path.join(folder, "plain.mlir")
        with open(plain, "w", encoding="utf-8") as stream:
            stream.write(re.sub(r"(, )?qprep\.\w+ = #qprep\.\w+<(softmax )?\[[^\]]*\]>", "", text))
        reference, _ = run_form(options.tool, plain, "--qprep-lower-quantize", folder)
        integer, module = run_form(options.tool, source, "--qprep-lower-to-integer=float=forbid", folder)
    in_float, near = find_float(module), 0
    for name, codes in reference.items():
        furthest = max(abs(a - b) for a, b in zip(codes, integer[name], strict=True))
        if furthest > (2 if name.startswith("norm") else 1):
            print(f"{name}: {furthest} steps{' in float' if name in in_float else ''}")
        elif name not in in_float:
            near += 1
    for name in sorted(in_float):
        print(f"{name}: stays float")
    print(f"{len(reference)} units, {near} within a step, {len(in_float)} float")
    sys.exit(0 if near + len(in_float) == options.count and 4 * len(in_float) <= options.count else 1)


if __name__ == "__main__":
    main()
