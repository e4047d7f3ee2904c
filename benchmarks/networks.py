#!/usr/bin/env python3
"""Writes real architectures with random weights as tosa, weights as resources.

    networks.py NETWORK > model.mlir

Networks: resnet18, resnet50, mobilenet_v2, bert_base, vit_b_16. Images are
1x224x224x3, batch norms are folded into convolutions; BERT reads token ids, 1x128.
Needs numpy.
"""

import sys

import numpy


def tensor(shape, element="f32"):
    return "tensor<" + "".join(f"{size}x" for size in shape) + element + ">"


class Value:
    def __init__(self, name, shape, element="f32"):
        self.name, self.shape, self.type = name, tuple(shape), tensor(shape, element)


class Writer:
    """Emits one function of tosa ops."""

    def __init__(self, out, argument):
        self.out, self.count = out, 0
        self.random = numpy.random.default_rng(0)
        self.resources = []
        self.argument = argument
        self.out.write("func.func @forward(%arg0: " + argument.type + ") -> !result {\n")
        self.zero = self.splat((1,), 0.0)
        self.shift = self.constant("dense<0> : tensor<1xi8>", (1,), "i8")

    def op(self, text, shape, element="f32"):
        self.count += 1
        value = Value(f"%{self.count}", shape, element)
        self.out.write(f"  {value.name} = {text} -> {value.type}\n")
        return value

    def constant(self, attribute, shape, element="f32"):
        return self.op(f'"tosa.const"() <{{values = {attribute}}}> : ()', shape, element)

    def splat(self, shape, value):
        return self.constant(f"dense<{value:.6e}> : {tensor(shape)}", shape)

    def weight(self, *shape):
        """Random, so that values keep their size through the layers."""
        fan_in = max(1, numpy.prod(shape) // max(shape[0], shape[-1]))
        name = f"w{len(self.resources)}"
        values = self.random.standard_normal(shape, dtype=numpy.float32) * numpy.sqrt(2 / fan_in)
        self.resources.append((name, values.astype("<f4")))
        return self.constant(f"dense_resource<{name}> : {tensor(shape)}", shape)

    def shape_of(self, shape):
        self.count += 1
        self.out.write(f"  %{self.count} = tosa.const_shape {{values = dense<{list(shape)}> : "
                       f"tensor<{len(shape)}xindex>}} : () -> !tosa.shape<{len(shape)}>\n")
        return f"%{self.count}"

    def unary(self, name, x, attributes=""):
        return self.op(f"tosa.{name} {x.name}{attributes} : ({x.type})", x.shape)

    def binary(self, name, x, y):
        shape = [max(a, b) for a, b in zip(x.shape, y.shape)]
        extra = f", {self.shift.name}" if name == "mul" else ""
        extra_type = ", tensor<1xi8>" if name == "mul" else ""
        return self.op(f"tosa.{name} {x.name}, {y.name}{extra} : ({x.type}, {y.type}{extra_type})", shape)

    def reshape(self, x, *shape):
        return self.op(f"tosa.reshape {x.name}, {self.shape_of(shape)} : ({x.type}, !tosa.shape<{len(shape)}>)", shape)

    def transpose(self, x, *perms):
        numbers = ", ".join(map(str, perms))
        return self.op(f"tosa.transpose {x.name} {{perms = array<i32: {numbers}>}} : ({x.type})",
                       [x.shape[p] for p in perms])

    def conv(self, x, channels, kernel, stride=1, padding=None, depthwise=False):
        n, h, w, c = x.shape
        before = kernel // 2 if padding is None else padding
        out = (h + 2 * before - kernel) // stride + 1
        after = (out - 1) * stride + kernel - h - before
        if after < 0:  # tosa wants no rest
            x, after = self.slice(x, (n, h + after, w + after, c)), 0
        weight = self.weight(kernel, kernel, c, 1) if depthwise else self.weight(channels, kernel, kernel, c)
        bias = self.weight(channels)
        name = "depthwise_conv2d" if depthwise else "conv2d"
        operands = (x, weight, bias, self.zero, self.zero)
        return self.op(
            f"tosa.{name} " + ", ".join(o.name for o in operands) +
            f" {{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: {before}, {after}, {before}, {after}>, "
            f"stride = array<i64: {stride}, {stride}>}} : (" + ", ".join(o.type for o in operands) + ")",
            (n, out, out, channels))

    def slice(self, x, shape):
        start, size = self.shape_of([0] * len(shape)), self.shape_of(shape)
        type = f"!tosa.shape<{len(shape)}>"
        return self.op(f"tosa.slice {x.name}, {start}, {size} : ({x.type}, {type}, {type})", shape)

    def clamp(self, x, high="3.40282347E+38"):
        return self.unary("clamp", x, f" {{min_val = 0.0 : f32, max_val = {high} : f32}}")

    def max_pool(self, x):
        n, h, w, c = x.shape
        return self.op(f"tosa.max_pool2d {x.name} {{kernel = array<i64: 3, 3>, pad = array<i64: 1, 0, 1, 0>, "
                       f"stride = array<i64: 2, 2>}} : ({x.type})", (n, h // 2, w // 2, c))

    def mean(self, x):
        """Over the image."""
        n, h, w, c = x.shape
        return self.op(f"tosa.avg_pool2d {x.name}, {self.zero.name}, {self.zero.name} {{acc_type = f32, kernel = "
                       f"array<i64: {h}, {w}>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}} : "
                       f"({x.type}, tensor<1xf32>, tensor<1xf32>)", (n, 1, 1, c))

    def reduce(self, name, x, axis):
        shape = list(x.shape)
        shape[axis] = 1
        return self.op(f"tosa.{name} {x.name} {{axis = {axis} : i32}} : ({x.type})", shape)

    def matmul(self, x, y):
        operands = (x, y, self.zero, self.zero)
        return self.op("tosa.matmul " + ", ".join(o.name for o in operands) + " : (" +
                       ", ".join(o.type for o in operands) + ")", (x.shape[0], x.shape[1], y.shape[2]))

    def linear(self, x, features):
        """On [1, rows, features]."""
        product = self.matmul(x, self.weight(1, x.shape[2], features))
        return self.binary("add", product, self.weight(1, 1, features))

    def finish(self, result):
        self.out.write(f"  return {result.name} : {result.type}\n}}\n")
        self.out.write("{-#\n  dialect_resources: {\n    builtin: {\n")
        self.out.write(",\n".join(f'      {name}: "0x04000000{values.tobytes().hex().upper()}"'
                                  for name, values in self.resources))
        self.out.write("\n    }\n  }\n#-}\n")


def resnet(emit, depths, bottleneck):
    x = emit.max_pool(emit.clamp(emit.conv(emit.argument, 64, 7, 2, 3)))
    for stage, depth in enumerate(depths):
        width = 64 << stage
        out = width * (4 if bottleneck else 1)
        for block in range(depth):
            stride = 2 if stage and not block else 1
            if bottleneck:
                y = emit.clamp(emit.conv(x, width, 1))
                y = emit.clamp(emit.conv(y, width, 3, stride))
                y = emit.conv(y, out, 1)
            else:
                y = emit.clamp(emit.conv(x, width, 3, stride))
                y = emit.conv(y, out, 3)
            if not block and (stage or bottleneck):
                x = emit.conv(x, out, 1, stride, 0)
            x = emit.clamp(emit.binary("add", y, x))
    return classify(emit, x)


def classify(emit, x):
    x = emit.mean(x)
    return emit.linear(emit.reshape(x, 1, 1, x.shape[3]), 1000)


def mobilenet(emit):
    x = emit.clamp(emit.conv(emit.argument, 32, 3, 2), "6.0")
    for expand, channels, count, stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
                                            (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for block in range(count):
            step = stride if not block else 1
            inner = x.shape[3] * expand
            y = x if expand == 1 else emit.clamp(emit.conv(x, inner, 1), "6.0")
            y = emit.clamp(emit.conv(y, inner, 3, step, depthwise=True), "6.0")
            y = emit.conv(y, channels, 1)
            x = emit.binary("add", y, x) if step == 1 and x.shape == y.shape else y
    return classify(emit, emit.clamp(emit.conv(x, 1280, 1), "6.0"))


def layer_norm(emit, x):
    size = emit.splat((1, 1, 1), 1 / x.shape[2])
    centred = emit.binary("sub", x, emit.binary("mul", emit.reduce("reduce_sum", x, 2), size))
    variance = emit.binary("mul", emit.reduce("reduce_sum", emit.binary("mul", centred, centred), 2), size)
    scale = emit.unary("rsqrt", emit.binary("add", variance, emit.splat((1, 1, 1), 1e-5)))
    x = emit.binary("mul", centred, scale)
    return emit.binary("add", emit.binary("mul", x, emit.splat((1, 1, x.shape[2]), 1.0)), emit.weight(1, 1, x.shape[2]))


def softmax(emit, x):
    exp = emit.unary("exp", emit.binary("sub", x, emit.reduce("reduce_max", x, 2)))
    return emit.binary("mul", exp, emit.unary("reciprocal", emit.reduce("reduce_sum", exp, 2)))


def attention(emit, x, heads):
    _, rows, features = x.shape
    size = features // heads

    def split(y, *perms):
        y = emit.transpose(emit.reshape(y, 1, rows, heads, size), *perms)
        return emit.reshape(y, heads, *y.shape[2:])

    query, key, value = (emit.linear(x, features) for _ in range(3))
    scores = emit.matmul(split(query, 0, 2, 1, 3), split(key, 0, 2, 3, 1))
    scores = emit.binary("mul", scores, emit.splat((1, 1, 1), size ** -0.5))
    mixed = emit.matmul(softmax(emit, scores), split(value, 0, 2, 1, 3))
    mixed = emit.transpose(emit.reshape(mixed, 1, heads, rows, size), 0, 2, 1, 3)
    return emit.linear(emit.reshape(mixed, 1, rows, features), features)


def gelu(emit, x):
    half = emit.splat((1, 1, 1), 0.5)
    erf = emit.unary("erf", emit.binary("mul", x, emit.splat((1, 1, 1), 0.5 ** 0.5)))
    return emit.binary("mul", emit.binary("mul", x, half), emit.binary("add", erf, emit.splat((1, 1, 1), 1.0)))


def encoder(emit, x, pre_norm):
    for _ in range(12):
        if pre_norm:
            x = emit.binary("add", x, attention(emit, layer_norm(emit, x), 12))
            y = layer_norm(emit, x)
            x = emit.binary("add", x, emit.linear(gelu(emit, emit.linear(y, 3072)), 768))
        else:
            x = layer_norm(emit, emit.binary("add", x, attention(emit, x, 12)))
            x = layer_norm(emit, emit.binary("add", x, emit.linear(gelu(emit, emit.linear(x, 3072)), 768)))
    return x


def bert(emit):
    table = emit.weight(1, 30522, 768)
    x = emit.op(f"tosa.gather {table.name}, {emit.argument.name} : ({table.type}, {emit.argument.type})", (1, 128, 768))
    return encoder(emit, layer_norm(emit, emit.binary("add", x, emit.weight(1, 128, 768))), pre_norm=False)


def vit(emit):
    x = emit.conv(emit.argument, 768, 16, 16, 0)
    x = emit.binary("add", emit.reshape(x, 1, 196, 768), emit.weight(1, 196, 768))
    x = layer_norm(emit, encoder(emit, x, pre_norm=True))
    return emit.linear(x, 1000)


IMAGE = Value("%arg0", (1, 224, 224, 3))
NETWORKS = {
    "resnet18": (IMAGE, lambda emit: resnet(emit, (2, 2, 2, 2), False)),
    "resnet50": (IMAGE, lambda emit: resnet(emit, (3, 4, 6, 3), True)),
    "mobilenet_v2": (IMAGE, mobilenet),
    "bert_base": (Value("%arg0", (1, 128), "i32"), bert),
    "vit_b_16": (IMAGE, vit),
}


class Buffer(list):
    write = list.append


def main():
    argument, build = NETWORKS[sys.argv[1]]
    buffer = Buffer()
    emit = Writer(buffer, argument)
    result = build(emit)
    emit.finish(result)
    # The type of the result is known at the end.
    sys.stdout.write("".join(buffer).replace("!result", result.type, 1))


if __name__ == "__main__":
    main()
