"""Small networks in tosa with random weights and with names, as text.

Layers have names; their weights and biases are constants named LAYER_weight and LAYER_bias.
"""

import math
import random
import struct


def tensor(shape, element="f32"):
    return "tensor<" + "".join(f"{size}x" for size in shape) + element + ">"


class Net:
    """Emits one function; a value is its name and shape."""

    def __init__(self, seed, shape):
        self.random = random.Random(seed)
        self.input = shape
        self.lines = []
        self.parameters, self.shapes = {}, {}
        self.value = "%x", shape
        self.zero = self.emit('"tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : ()', (1,), "zero")[0]
        self.shift = self.emit('"tosa.const"() <{values = dense<0> : tensor<1xi8>}> : ()', (1,), "shift", "i8")[0]

    def emit(self, text, shape, name, element="f32"):
        value = f"%{len(self.lines)}"
        self.lines.append(f'  {value} = {text} -> {tensor(shape, element)} loc("{name}")')
        return value, tuple(shape)

    def parameter(self, name, shape, scale):
        self.shapes[name] = shape
        self.parameters[name] = [self.random.gauss(0, scale) for _ in range(math.prod(shape))]
        return self.emit(f'"tosa.const"() <{{values = dense<"@{name}@"> : {tensor(shape)}}}> : ()', shape, name)[0]

    def unary(self, op, value, name, attributes=""):
        return self.emit(f"tosa.{op} {value[0]} {attributes}: ({tensor(value[1])})", value[1], name)

    def binary(self, op, a, b, name):
        shape = [max(sizes) for sizes in zip(a[1], b[1])]
        shift = f", {self.shift}" if op == "mul" else ""
        types = f"{tensor(a[1])}, {tensor(b[1])}" + (", tensor<1xi8>" if op == "mul" else "")
        return self.emit(f"tosa.{op} {a[0]}, {b[0]}{shift} : ({types})", shape, name)

    def reduce(self, op, value, axis, name):
        shape = [1 if i == axis else size for i, size in enumerate(value[1])]
        return self.emit(f"tosa.{op} {value[0]} {{axis = {axis} : i32}} : ({tensor(value[1])})", shape, name)

    def relu(self, value, name, most="3.40282347E+38"):
        return self.unary("clamp", value, name, f"{{min_val = 0.0 : f32, max_val = {most} : f32}} ")

    def reshape(self, value, shape, name):
        target = f"%{len(self.lines)}"
        self.lines.append(f"  {target} = tosa.const_shape {{values = dense<{list(shape)}> : tensor<{len(shape)}xindex>}} : () -> "
                          f'!tosa.shape<{len(shape)}> loc("{name}_shape")')
        return self.emit(f"tosa.reshape {value[0]}, {target} : ({tensor(value[1])}, !tosa.shape<{len(shape)}>)", shape, name)

    def transpose(self, value, order, name):
        shape = [value[1][i] for i in order]
        return self.emit(f"tosa.transpose {value[0]} {{perms = array<i32: {', '.join(map(str, order))}>}} : ({tensor(value[1])})", shape, name)

    def conv(self, value, channels, name, size=3, depthwise=False):
        _, height, width, depth = value[1]
        channels = depth if depthwise else channels
        shape = (size, size, depth, 1) if depthwise else (channels, size, size, depth)
        weight = self.parameter(f"{name}_weight", shape, (2 / (size * size * (1 if depthwise else depth))) ** 0.5)
        bias = self.parameter(f"{name}_bias", (channels,), 0.1)
        op = "depthwise_conv2d" if depthwise else "conv2d"
        types = ", ".join(map(tensor, (value[1], shape, (channels,), (1,), (1,))))
        return self.emit(f"tosa.{op} {value[0]}, {weight}, {bias}, {self.zero}, {self.zero} {{acc_type = f32, dilation = array<i64: 1, 1>, "
                         f"pad = array<i64: {', '.join([str(size // 2)] * 4)}>, stride = array<i64: 1, 1>}} : ({types})",
                         (1, height, width, channels), name)

    def matmul(self, a, b, name):
        shape = (*a[1][:2], b[1][2])
        return self.emit(f"tosa.matmul {a[0]}, {b[0]}, {self.zero}, {self.zero} : ({tensor(a[1])}, {tensor(b[1])}, tensor<1xf32>, tensor<1xf32>)",
                         shape, name)

    def linear(self, value, channels, name):
        depth = value[1][2]
        shape = (1, depth, channels)
        weight = self.parameter(f"{name}_weight", shape, (1.5 / depth) ** 0.5), shape
        bias = self.parameter(f"{name}_bias", (1, 1, channels), 0.1), (1, 1, channels)
        return self.binary("add", self.matmul(value, weight, name), bias, name)

    def classify(self, value):
        """Global mean and a linear layer."""
        _, height, width, channels = value[1]
        total = self.reduce("reduce_sum", self.reduce("reduce_sum", value, 1, "pool"), 2, "pool")
        factor = self.emit(f'"tosa.const"() <{{values = dense<{1 / height / width}> : tensor<1x1x1x1xf32>}}> : ()', (1, 1, 1, 1), "pool")
        mean = self.reshape(self.binary("mul", total, factor, "pool"), (1, 1, channels), "flat")
        return self.linear(mean, 10, "head")

    def print(self, result, parameters=None):
        text = "\n".join(self.lines)
        for name, values in (parameters or self.parameters).items():
            text = text.replace(f"@{name}@", "0x" + struct.pack(f"<{len(values)}f", *values).hex().upper())
        return (f'func.func @forward(%x: {tensor(self.input)} loc("x")) -> {tensor(result[1])} {{\n{text}\n'
                f"  return {result[0]} : {tensor(result[1])}\n}}\n")


def make_conv(net):
    value = net.relu(net.conv(net.value, 8, "first"), "first_relu")
    value = net.relu(net.conv(value, 12, "second"), "second_relu")
    value = net.relu(net.conv(value, 16, "third", size=1), "third_relu")
    return net.classify(value)


def make_residual(net):
    value = net.relu(net.conv(net.value, 8, "stem"), "stem_relu")
    for block in "ab":
        inner = net.relu(net.conv(value, 8, f"{block}_first"), f"{block}_relu")
        inner = net.conv(inner, 8, f"{block}_second")
        value = net.relu(net.binary("add", inner, value, f"{block}_add"), f"{block}_out")
    return net.classify(value)


def make_depthwise(net):
    value = net.relu(net.conv(net.value, 12, "stem"), "stem_relu", "6.0")
    for block in "ab":
        value = net.relu(net.conv(value, 0, f"{block}_depthwise", depthwise=True), f"{block}_depthwise_relu", "6.0")
        value = net.relu(net.conv(value, 16, f"{block}_pointwise", size=1), f"{block}_pointwise_relu", "6.0")
    return net.classify(value)


def make_mlp(net):
    value = net.reshape(net.value, (1, 1, math.prod(net.input)), "flat_input")
    value = net.relu(net.linear(value, 32, "first"), "first_relu")
    value = net.unary("tanh", net.linear(value, 24, "second"), "second_tanh")
    value = net.relu(net.linear(value, 24, "third"), "third_relu")
    return net.linear(value, 10, "head")


def make_attention(net):
    _, height, width, channels = net.input
    tokens = net.linear(net.reshape(net.value, (1, height * width, channels), "tokens"), 16, "embed")
    query, key, value = (net.linear(tokens, 16, name) for name in ("query", "key", "value"))
    scores = net.matmul(query, net.transpose(key, (0, 2, 1), "transposed"), "scores")
    most = net.reduce("reduce_max", scores, 2, "softmax")
    exponents = net.unary("exp", net.binary("sub", scores, most, "softmax"), "softmax")
    inverse = net.unary("reciprocal", net.reduce("reduce_sum", exponents, 2, "softmax"), "softmax")
    mixed = net.matmul(net.binary("mul", exponents, inverse, "softmax"), value, "mixed")
    value = net.binary("add", net.linear(mixed, 16, "project"), tokens, "residual")
    value = net.linear(net.relu(net.linear(value, 32, "wide"), "wide_relu"), 16, "narrow")
    value = net.reshape(value, (1, height, width, 16), "image")
    return net.classify(value)


MAKERS = {"conv": make_conv, "residual": make_residual, "depthwise": make_depthwise, "mlp": make_mlp, "attention": make_attention}
WITHOUT_CONVOLUTIONS = ("mlp", "attention")


def make(name, seed):
    """The network, and the value that is its result."""
    net = Net(seed, (1, 6, 6, 3))
    return net, MAKERS[name](net)
