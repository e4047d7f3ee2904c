#!/usr/bin/env python3
"""Prints a float model of about a given number of ops.

    generate.py MODEL OPS [--dialect tosa|linalg] [--functions N]

Models: chain (convolutions, each with a relu), resnet (with adds and
concatenations), transformer (tosa only), calls (each function calls the next,
tosa only). Weights and biases are constants of their own, as exporters write
them; they are splats, so that times are those of ops and not of data.

With --functions the ops are spread over that many functions.
"""

import argparse
import sys

CHANNELS = 8


def tensor(*shape):
    return "tensor<" + "".join(f"{size}x" for size in shape) + "f32>"


IMAGE = tensor(1, 6, 6, CHANNELS)


class Tosa:
    """Emits tosa ops; values are numbered in a function."""

    models = ("chain", "resnet", "transformer", "calls")
    one = tensor(1)

    def __init__(self, write):
        self.write = write
        self.count = 0
        self.zero = self.shift = None

    def begin(self):
        self.zero = self.constant(self.one, 0.0)
        self.shift = None

    def op(self, text, type):
        self.count += 1
        self.write(f"  %{self.count} = {text}\n")
        return f"%{self.count}", type

    def constant(self, type, value):
        return self.op(f'"tosa.const"() <{{values = dense<{value:.6f}> : {type}}}> : () -> {type}', type)

    def shape(self, *sizes):
        type = f"!tosa.shape<{len(sizes)}>"
        return self.op(f"tosa.const_shape {{values = dense<{list(sizes)}> : tensor<{len(sizes)}xindex>}} : () -> {type}", type)

    def unary(self, name, x, type=None, attributes=""):
        type = type or x[1]
        return self.op(f"tosa.{name} {x[0]}{attributes} : ({x[1]}) -> {type}", type)

    def binary(self, name, x, y, type=None):
        type = type or x[1]
        return self.op(f"tosa.{name} {x[0]}, {y[0]} : ({x[1]}, {y[1]}) -> {type}", type)

    def mul(self, x, y):
        self.shift = self.shift or self.op('"tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>', "tensor<1xi8>")
        return self.op(f"tosa.mul {x[0]}, {y[0]}, {self.shift[0]} : ({x[1]}, {y[1]}, tensor<1xi8>) -> {x[1]}", x[1])

    def conv(self, x, channels=CHANNELS):
        weight = self.constant(tensor(CHANNELS, 3, 3, channels), 0.01)
        bias = self.constant(tensor(CHANNELS), 0.1)
        return self.op(
            f"tosa.conv2d {x[0]}, {weight[0]}, {bias[0]}, {self.zero[0]}, {self.zero[0]} {{acc_type = f32, "
            "dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : "
            f"({x[1]}, {weight[1]}, {bias[1]}, {self.one}, {self.one}) -> {IMAGE}", IMAGE)

    def relu(self, x):
        return self.unary("clamp", x, attributes=" {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32}")

    def add(self, x, y):
        return self.binary("add", x, y)

    def concat(self, x, y):
        type = tensor(1, 6, 6, 2 * CHANNELS)
        return self.op(f"tosa.concat {x[0]}, {y[0]} {{axis = 3 : i32}} : ({x[1]}, {y[1]}) -> {type}", type)

    def matmul(self, x, y, type):
        return self.op(f"tosa.matmul {x[0]}, {y[0]}, {self.zero[0]}, {self.zero[0]} : "
                       f"({x[1]}, {y[1]}, {self.one}, {self.one}) -> {type}", type)

    def linear(self, x, features=CHANNELS, out=CHANNELS):
        weight = self.constant(tensor(1, features, out), 0.01)
        bias = self.constant(tensor(1, 1, out), 0.1)
        return self.add(self.matmul(x, weight, tensor(1, 6, out)), bias)

    def softmax(self, x):
        reduced = tensor(1, 6, 1)
        axis = " {axis = 2 : i32}"
        exp = self.unary("exp", self.binary("sub", x, self.unary("reduce_max", x, reduced, axis)))
        return self.mul(exp, self.unary("reciprocal", self.unary("reduce_sum", exp, reduced, axis)))

    def layer_norm(self, x):
        reduced, axis = tensor(1, 6, 1), " {axis = 2 : i32}"
        count = self.constant(tensor(1, 1, 1), 1 / CHANNELS)
        mean = self.mul(self.unary("reduce_sum", x, reduced, axis), count)
        centred = self.binary("sub", x, mean)
        variance = self.mul(self.unary("reduce_sum", self.mul(centred, centred), reduced, axis), count)
        root = self.unary("rsqrt", self.add(variance, self.constant(tensor(1, 1, 1), 0.00001)))
        scale, shift = (self.constant(tensor(1, 1, CHANNELS), value) for value in (0.9, 0.1))
        return self.add(self.mul(self.mul(centred, root), scale), shift)

    def transformer_layer(self, x):
        query, key, value = (self.linear(x) for _ in range(3))
        key = self.unary("transpose", key, tensor(1, CHANNELS, 6), " {perms = array<i32: 0, 2, 1>}")
        scores = self.mul(self.matmul(query, key, tensor(1, 6, 6)), self.constant(tensor(1, 1, 1), 0.35))
        mixed = self.linear(self.matmul(self.softmax(scores), value, tensor(1, 6, CHANNELS)))
        x = self.layer_norm(self.add(x, mixed))
        hidden = self.linear(x, out=4 * CHANNELS)
        return self.layer_norm(self.add(x, self.linear(self.relu(hidden), features=4 * CHANNELS)))


class Linalg:
    """The same with linalg ops on tensors."""

    models = ("chain", "resnet")

    def __init__(self, write):
        self.write = write
        self.count = 0
        self.zero = None

    def op(self, text, type):
        self.count += 1
        self.write(f"  %{self.count} = {text}\n")
        return f"%{self.count}", type

    def begin(self):
        self.zero = self.op("arith.constant 0.0 : f32", "f32")

    def empty(self, type):
        return self.op(f"tensor.empty() : {type}", type)

    def conv(self, x, channels=CHANNELS):
        weight_type, padded = tensor(3, 3, channels, CHANNELS), tensor(1, 8, 8, channels)
        weight = self.op(f"arith.constant dense<0.01> : {weight_type}", weight_type)
        out = self.empty(IMAGE)
        init = self.op(f"linalg.fill ins({self.zero[0]} : f32) outs({out[0]} : {IMAGE}) -> {IMAGE}", IMAGE)
        x = self.op(f"tensor.pad {x[0]} low[0, 1, 1, 0] high[0, 1, 1, 0] {{ ^bb0(%i: index, %j: index, %k: index, %l: index): "
                    f"tensor.yield {self.zero[0]} : f32 }} : {x[1]} to {padded}", padded)
        self.count += 1
        return self.op(f"linalg.conv_2d_nhwc_hwcf ins({x[0]}, {weight[0]} : {padded}, {weight_type}) "
                       f"outs({init[0]} : {IMAGE}) -> {IMAGE}", IMAGE)

    def relu(self, x):
        out = self.empty(IMAGE)
        self.count += 2
        return self.op(
            "linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, "
            'affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} '
            f"ins({x[0]} : {IMAGE}) outs({out[0]} : {IMAGE}) {{ ^bb0(%in: f32, %out: f32): "
            f"%max = arith.maximumf %in, {self.zero[0]} : f32 linalg.yield %max : f32 }} -> {IMAGE}", IMAGE)

    def add(self, x, y):
        out = self.empty(IMAGE)
        return self.op(f"linalg.add ins({x[0]}, {y[0]} : {IMAGE}, {IMAGE}) outs({out[0]} : {IMAGE}) -> {IMAGE}", IMAGE)

    def concat(self, x, y):
        type = tensor(1, 6, 6, 2 * CHANNELS)
        return self.op(f"tensor.concat dim(3) {x[0]}, {y[0]} : ({IMAGE}, {IMAGE}) -> {type}", type)


def resnet_block(emit, x, index):
    """A residual block; every fourth concatenates instead of adding."""
    y = emit.conv(emit.relu(emit.conv(x)))
    if index % 4 == 3:
        return emit.relu(emit.conv(emit.concat(x, y), 2 * CHANNELS))
    return emit.relu(emit.add(x, y))


BLOCKS = {
    "chain": (IMAGE, lambda emit, x, index: emit.relu(emit.conv(x))),
    "resnet": (IMAGE, resnet_block),
    "transformer": (tensor(1, 6, CHANNELS), lambda emit, x, index: emit.transformer_layer(x)),
}


def write_function(emit, name, model, ops, callee=None):
    """A function of at least this number of ops; what it makes goes through the callee."""
    type, block = BLOCKS[model]
    emit.write(f"func.func @{name}(%x: {type}) -> {type} {{\n")
    start, index, x = emit.count, 0, ("%x", type)
    emit.begin()
    while emit.count - start < ops:
        x = block(emit, x, index)
        index += 1
    if callee:
        x = emit.op(f"func.call @{callee}({x[0]}) : ({type}) -> {type}", type)
    emit.write(f"  return {x[0]} : {type}\n}}\n")


def write_model(model, ops, functions, dialect, write):
    emit = {"tosa": Tosa, "linalg": Linalg}[dialect](write)
    if model not in emit.models:
        sys.exit(f"generate.py: no {model} of {dialect}; there are {', '.join(emit.models)}")
    for index in range(functions):
        callee = f"f{index + 1}" if model == "calls" and index + 1 < functions else None
        emit.count = 0
        write_function(emit, f"f{index}", "chain" if model == "calls" else model, ops // functions, callee)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=Tosa.models)
    parser.add_argument("ops", type=int)
    parser.add_argument("--dialect", choices=("tosa", "linalg"), default="tosa")
    parser.add_argument("--functions", type=int, default=1)
    args = parser.parse_args()
    write_model(args.model, args.ops, args.functions, args.dialect, sys.stdout.write)
