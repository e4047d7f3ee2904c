#!/usr/bin/python3
"""Writes the example models: float TOSA, as front ends spell it.

Usage: generate.py [FOLDER]   (default: the folder of this script)

The weights are pseudo-random, and the same on every machine. The locations
carry the names of the layers, which the report shows.
"""

import pathlib
import random
import sys


def shape_type(shape, element="f32"):
    return "tensor<%s>" % "x".join([*map(str, shape), element])


def literal(values, shape):
    """The values as the nested lists that a dense attribute has."""
    if not shape:
        return next(values)
    return "[%s]" % ", ".join(literal(values, shape[1:]) for _ in range(shape[0]))


class Value:
    def __init__(self, name, shape, type):
        self.name = name
        self.shape = list(shape)
        self.type = type


class Model:
    """One function, written op by op. Each method adds the ops of one layer."""

    def __init__(self, seed, *inputs):
        self.random = random.Random(seed)
        self.lines = []
        self.inputs = [Value("%" + name, shape, shape_type(shape)) for name, shape in inputs]

    def op(self, text, shape, type, loc):
        value = Value("%%%d" % len(self.lines), shape, type)
        self.lines.append('    %s = %s loc("%s")' % (value.name, text, loc))
        return value

    def tosa(self, op, operands, shape, loc, attributes=""):
        names = ", ".join(v.name for v in operands)
        types = ", ".join(v.type for v in operands)
        attributes = attributes and " {%s}" % attributes
        text = "tosa.%s %s%s : (%s) -> %s" % (op, names, attributes, types, shape_type(shape))
        return self.op(text, shape, shape_type(shape), loc)

    # Constants

    def constant(self, text, shape, loc, element="f32"):
        type = shape_type(shape, element)
        return self.op('"tosa.const"() <{values = dense<%s> : %s}> : () -> %s' % (text, type, type),
                       shape, type, loc)

    def splat(self, value, rank, loc):
        return self.constant("%e" % value, [1] * rank, loc)

    def weight(self, shape, fan_in, loc, center=0.0):
        bound = fan_in ** -0.5
        values = iter(lambda: "%.3f" % (center + bound * (2 * self.random.random() - 1)), None)
        return self.constant(literal(values, shape), shape, loc)

    def const_shape(self, shape, loc):
        rank = len(shape)
        type = "!tosa.shape<%d>" % rank
        return self.op("tosa.const_shape {values = dense<%s> : tensor<%dxindex>} : () -> %s"
                       % (list(shape), rank, type), [rank], type, loc)

    # Single ops

    def unary(self, op, x, loc):
        return self.tosa(op, [x], x.shape, loc)

    def binary(self, op, a, b, loc):
        return self.tosa(op, [a, b], [max(m, n) for m, n in zip(a.shape, b.shape)], loc)

    def mul(self, a, b, loc):
        shift = self.constant("0", [1], loc, "i8")
        return self.tosa("mul", [a, b, shift], [max(m, n) for m, n in zip(a.shape, b.shape)], loc)

    def reduce(self, op, x, loc):
        axis = len(x.shape) - 1
        return self.tosa("reduce_" + op, [x], x.shape[:-1] + [1], loc, "axis = %d : i32" % axis)

    def reshape(self, x, shape, loc):
        return self.tosa("reshape", [x, self.const_shape(shape, loc)], shape, loc)

    def transpose(self, x, perms, loc):
        return self.tosa("transpose", [x], [x.shape[p] for p in perms], loc,
                         "perms = array<i32: %s>" % ", ".join(map(str, perms)))

    def clamp(self, x, loc, maximum="3.40282347E+38"):
        return self.tosa("clamp", [x], x.shape, loc,
                         "min_val = 0.0 : f32, max_val = %s : f32" % maximum)

    def relu6(self, x, loc):
        return self.clamp(x, loc, "6.0")

    def concat(self, values, axis, loc):
        shape = list(values[0].shape)
        shape[axis] = sum(v.shape[axis] for v in values)
        return self.tosa("concat", values, shape, loc, "axis = %d : i32" % axis)

    def pool_attributes(self, kernel):
        return ("kernel = array<i64: {0}, {0}>, pad = array<i64: 0, 0, 0, 0>, "
                "stride = array<i64: {0}, {0}>").format(kernel)

    def max_pool(self, x, kernel, loc):
        n, h, w, c = x.shape
        return self.tosa("max_pool2d", [x], [n, h // kernel, w // kernel, c], loc,
                         self.pool_attributes(kernel))

    def avg_pool(self, x, kernel, loc):
        n, h, w, c = x.shape
        z = self.splat(0, 1, loc)
        return self.tosa("avg_pool2d", [x, z, z], [n, h // kernel, w // kernel, c], loc,
                         "acc_type = f32, " + self.pool_attributes(kernel))

    def conv(self, x, out, loc, kernel=1, stride=1, pad=(0, 0, 0, 0), depthwise=False):
        batch, height, width, channels = x.shape
        fan_in = kernel * kernel * (1 if depthwise else channels)
        weight_shape = [kernel, kernel, channels, 1] if depthwise else [out, kernel, kernel, channels]
        w = self.weight(weight_shape, fan_in, loc + ".weight")
        b = self.weight([out], fan_in, loc + ".bias")
        z = self.splat(0, 1, loc)
        rows = (height + pad[0] + pad[1] - kernel) // stride + 1
        columns = (width + pad[2] + pad[3] - kernel) // stride + 1
        attributes = ("acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: %d, %d, %d, %d>, "
                      "stride = array<i64: %d, %d>" % (*pad, stride, stride))
        return self.tosa("depthwise_conv2d" if depthwise else "conv2d", [x, w, b, z, z],
                         [batch, rows, columns, out], loc, attributes)

    def matmul(self, a, b, loc):
        z = self.splat(0, 1, loc)
        return self.tosa("matmul", [a, b, z, z], [a.shape[0], a.shape[1], b.shape[2]], loc)

    # Layers of several ops

    def linear(self, x, out, loc):
        features, rows = x.shape[-1], 1
        for size in x.shape[:-1]:
            rows *= size
        w = self.weight([1, features, out], features, loc + ".weight")
        flat = self.reshape(x, [1, rows, features], loc)
        product = self.reshape(self.matmul(flat, w, loc), x.shape[:-1] + [out], loc)
        bias = self.weight([1] * (len(x.shape) - 1) + [out], features, loc + ".bias")
        return self.binary("add", product, bias, loc)

    def softmax(self, x, loc):
        e = self.unary("exp", self.binary("sub", x, self.reduce("max", x, loc), loc), loc)
        return self.mul(e, self.unary("reciprocal", self.reduce("sum", e, loc), loc), loc)

    def layer_norm(self, x, loc):
        rank, features = len(x.shape), x.shape[-1]
        nth = self.splat(1 / features, rank, loc)
        centered = self.binary("sub", x, self.mul(self.reduce("sum", x, loc), nth, loc), loc)
        variance = self.mul(self.reduce("sum", self.mul(centered, centered, loc), loc), nth, loc)
        epsilon = self.splat(1e-5, rank, loc)
        rsqrt = self.unary("rsqrt", self.binary("add", variance, epsilon, loc), loc)
        channels = [1] * (rank - 1) + [features]
        weight = self.weight(channels, features, loc + ".weight", center=1.0)
        bias = self.weight(channels, features, loc + ".bias")
        scaled = self.mul(self.mul(centered, rsqrt, loc), weight, loc)
        return self.binary("add", scaled, bias, loc)

    def gelu(self, x, loc):
        rank = len(x.shape)
        erf = self.unary("erf", self.mul(x, self.splat(0.70710678, rank, loc), loc), loc)
        cdf = self.mul(self.binary("add", erf, self.splat(1, rank, loc), loc), self.splat(0.5, rank, loc), loc)
        return self.mul(x, cdf, loc)

    def text(self, result, title):
        arguments = ", ".join('%s: %s loc("%s")' % (v.name, v.type, v.name[1:]) for v in self.inputs)
        return "\n".join([
            "// %s" % title,
            "// Written by generate.py.",
            "module {",
            "  func.func @forward(%s) -> %s {" % (arguments, result.type),
            *self.lines,
            '    return %s : %s loc("output")' % (result.name, result.type),
            '  } loc("forward")',
            "}",
            ""])


def cnn():
    m = Model(1, ("image", [1, 12, 12, 3]))
    same = dict(kernel=3, pad=(1, 1, 1, 1))
    x = m.clamp(m.conv(m.inputs[0], 8, "stem.conv", **same), "stem.relu")
    x = m.max_pool(x, 2, "maxpool")
    y = m.clamp(m.conv(x, 8, "layer1.0.conv1", **same), "layer1.0.relu1")
    y = m.conv(y, 8, "layer1.0.conv2", **same)
    x = m.clamp(m.binary("add", y, x, "layer1.0.add"), "layer1.0.relu2")
    x = m.reshape(m.avg_pool(x, 6, "avgpool"), [1, 8], "flatten")
    return m.text(m.linear(x, 10, "fc"), "A small residual CNN.")


def inverted_residual(m, x, hidden, out, name, **depthwise):
    y = m.relu6(m.conv(x, hidden, name + ".expand"), name + ".relu1")
    y = m.conv(y, hidden, name + ".depthwise", kernel=3, depthwise=True, **depthwise)
    return m.conv(m.relu6(y, name + ".relu2"), out, name + ".project")


def mobile_block():
    m = Model(2, ("features", [1, 8, 8, 8]))
    x = m.inputs[0]
    y = inverted_residual(m, x, 16, 8, "blocks.0", pad=(1, 1, 1, 1))
    x = m.binary("add", x, y, "blocks.0.add")
    y = inverted_residual(m, x, 16, 12, "blocks.1", stride=2, pad=(0, 1, 0, 1))
    x = m.concat([y, m.avg_pool(x, 2, "blocks.1.shortcut")], 3, "blocks.1.concat")
    return m.text(m.relu6(m.conv(x, 16, "head.conv"), "head.relu"),
                  "Two blocks like MobileNet's, with a residual and a concatenation.")


def transformer_block():
    batch, length, width, heads = 2, 6, 16, 2
    m = Model(3, ("tokens", [batch, length, width]))
    x = m.inputs[0]
    split = [batch, length, heads, width // heads]
    merged = [batch * heads, length, width // heads]

    def head(y, name):
        y = m.transpose(m.reshape(y, split, name), [0, 2, 1, 3], name)
        return m.reshape(y, merged, name)

    n = m.layer_norm(x, "norm1")
    q, k, v = (head(m.linear(n, width, "attention." + s), "attention.split_" + s) for s in "qkv")
    scores = m.matmul(q, m.transpose(k, [0, 2, 1], "attention.transpose"), "attention.scores")
    scale = m.splat(split[-1] ** -0.5, 3, "attention.scale")
    scores = m.mul(scores, scale, "attention.scale")
    y = m.matmul(m.softmax(scores, "attention.softmax"), v, "attention.context")
    y = m.reshape(y, [batch, heads, length, width // heads], "attention.merge")
    y = m.reshape(m.transpose(y, [0, 2, 1, 3], "attention.merge"), x.shape, "attention.merge")
    x = m.binary("add", x, m.linear(y, width, "attention.out"), "add1")
    y = m.gelu(m.linear(m.layer_norm(x, "norm2"), 2 * width, "mlp.fc1"), "mlp.gelu")
    return m.text(m.binary("add", x, m.linear(y, width, "mlp.fc2"), "add2"),
                  "A transformer encoder block, layer norms first.")


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__)
    folder = folder if folder.is_dir() else folder.parent
    for model in (cnn, mobile_block, transformer_block):
        (folder / (model.__name__ + ".mlir")).write_text(model())


if __name__ == "__main__":
    main()
