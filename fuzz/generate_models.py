#!/usr/bin/env python3
"""Prints a random valid float model: generate_models.py SEED

Ops of tosa, of linalg, or of both; fusions and formulas (softmax, layer norm,
linear) beside single ops; shared values and constants, weights that are
arguments, dead code, calls, branches, loops, dynamic shapes. The entry is
@forward; other functions are private. The same seed makes the same model.
"""

import random
import sys

CHANNELS = 4
IMAGE = (1, 4, 4, CHANNELS)
SEQUENCE = (1, 4, CHANNELS)


def tensor(shape, element="f32"):
    return "tensor<" + "".join(f"{'?' if size is None else size}x" for size in shape) + f"{element}>"


class Model:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.dialect = self.random.choice(("tosa", "tosa", "linalg", "mixed"))
        self.batch = None if self.random.random() < 0.15 else 1
        self.lines, self.count = [], 0
        self.functions = []  # (name, type) of functions that may be called
        self.scopes = []  # values that can be used: (name, shape)

    # Text

    def op(self, text, shape=None, element="f32"):
        name = f"%{self.count}"
        self.count += 1
        self.lines.append(f"    {name} = {text}" + self.location())
        value = (name, shape)
        if shape and element == "f32":
            self.scopes[-1].append(value)
        return value

    def location(self):
        if self.random.random() < 0.5:
            return ""
        return f' loc("layer{self.random.randrange(3)}.{self.random.randrange(4)}")'

    def hidden(self, text):
        """An op whose result nothing else uses."""
        name = f"%{self.count}"
        self.count += 1
        self.lines.append(f"    {name} = {text}")
        return name

    def constant(self, shape, element="f32"):
        value = f"{self.random.uniform(-1, 1):.4f}" if element == "f32" else "0"
        type = tensor(shape, element)
        if self.dialect == "linalg" or (self.dialect == "mixed" and self.random.random() < 0.5):
            return self.hidden(f"arith.constant dense<{value}> : {type}")
        return self.hidden(f'"tosa.const"() <{{values = dense<{value}> : {type}}}> : () -> {type}')

    def shape(self, sizes):
        return self.hidden(f"tosa.const_shape {{values = dense<{list(sizes)}> : tensor<{len(sizes)}xindex>}} : () -> !tosa.shape<{len(sizes)}>")

    def zero(self):
        return self.hidden('"tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>')

    # Values

    def visible(self):
        return [value for scope in self.scopes for value in scope]

    def pick(self, rank=None, shape=None):
        """A value, the latest ones more often; None if there is none."""
        fit = [v for v in self.visible() if (rank is None or len(v[1]) == rank) and (shape is None or v[1] == shape)]
        if not fit:
            return None
        return fit[max(self.random.randrange(len(fit)), self.random.randrange(len(fit)))]

    # Ops of tosa

    def tosa_conv(self, x):
        size, pad = self.random.choice(((3, 1), (1, 0)))
        out = (*x[1][:3], CHANNELS)
        weight_shape = (CHANNELS, size, size, x[1][3])
        weight = self.pick(shape=weight_shape) if self.random.random() < 0.1 else None
        weight = weight[0] if weight else self.constant(weight_shape)
        bias, zero = self.constant((CHANNELS,)), self.zero()
        types = ", ".join((tensor(x[1]), tensor(weight_shape), tensor((CHANNELS,)), tensor((1,)), tensor((1,))))
        y = self.op(f"tosa.conv2d {x[0]}, {weight}, {bias}, {zero}, {zero} {{acc_type = f32, dilation = array<i64: 1, 1>, "
                    f"pad = array<i64: {pad}, {pad}, {pad}, {pad}>, stride = array<i64: 1, 1>}} : ({types}) -> {tensor(out)}", out)
        return self.tosa_relu(y) if self.random.random() < 0.6 else y

    def tosa_relu(self, x):
        low, high = self.random.choice((("0.0", "3.40282347E+38"), ("0.0", "6.0"), ("-1.0", "1.0")))
        return self.op(f"tosa.clamp {x[0]} {{min_val = {low} : f32, max_val = {high} : f32}} : ({tensor(x[1])}) -> {tensor(x[1])}", x[1])

    def tosa_unary(self, x, name=None):
        name = name or self.random.choice(("sigmoid", "tanh", "exp", "abs", "floor", "ceil", "identity", "reciprocal", "log", "erf"))
        return self.op(f"tosa.{name} {x[0]} : ({tensor(x[1])}) -> {tensor(x[1])}", x[1])

    def tosa_binary(self, x, name=None, y=None):
        name = name or self.random.choice(("add", "add", "sub", "mul", "maximum", "minimum"))
        y = y or self.pick(shape=x[1])
        if self.random.random() < 0.2:
            shape = (1,) * len(x[1])
            y = (self.constant(shape), shape)
        shift, type = "", ""
        if name == "mul":
            shift = ", " + self.hidden('"tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>')
            type = ", tensor<1xi8>"
        return self.op(f"tosa.{name} {x[0]}, {y[0]}{shift} : ({tensor(x[1])}, {tensor(y[1])}{type}) -> {tensor(x[1])}", x[1])

    def tosa_concat(self, x):
        y = self.pick(shape=x[1])
        shape = (*x[1][:-1], 2 * x[1][-1])
        both = self.op(f"tosa.concat {x[0]}, {y[0]} {{axis = {len(shape) - 1} : i32}} : ({tensor(x[1])}, {tensor(y[1])}) -> {tensor(shape)}", shape)
        return self.tosa_slice(both, x[1]) if x[1][0] is not None else both

    def tosa_slice(self, x, shape=None):
        shape = shape or x[1]
        if None in shape:
            return self.tosa_unary(x)
        start, size = self.shape([0] * len(shape)), self.shape(shape)
        return self.op(f"tosa.slice {x[0]}, {start}, {size} : ({tensor(x[1])}, !tosa.shape<{len(shape)}>, !tosa.shape<{len(shape)}>) -> {tensor(shape)}", shape)

    def tosa_reshape(self, x):
        if None in x[1]:
            return self.tosa_relu(x)
        count = 1
        for size in x[1]:
            count *= size
        shape = self.random.choice([s for s in (IMAGE, SEQUENCE, (1, 16, CHANNELS), (count,), (1, count // CHANNELS, CHANNELS))
                                    if eval("*".join(map(str, s))) == count])
        sizes = self.shape(shape)
        return self.op(f"tosa.reshape {x[0]}, {sizes} : ({tensor(x[1])}, !tosa.shape<{len(shape)}>) -> {tensor(shape)}", shape)

    def tosa_transpose(self, x):
        shape, order = list(x[1]), list(range(len(x[1])))
        if len(order) > 2:
            order[-1], order[-2] = order[-2], order[-1]
        return self.op(f"tosa.transpose {x[0]} {{perms = array<i32: {', '.join(map(str, order))}>}} : ({tensor(shape)}) -> "
                       f"{tensor([shape[i] for i in order])}", tuple(shape[i] for i in order))

    def tosa_pool(self, x):
        if self.random.random() < 0.5:
            return self.op(f"tosa.max_pool2d {x[0]} {{kernel = array<i64: 3, 3>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>}} : "
                           f"({tensor(x[1])}) -> {tensor(x[1])}", x[1])
        zero = self.zero()
        return self.op(f"tosa.avg_pool2d {x[0]}, {zero}, {zero} {{acc_type = f32, kernel = array<i64: 3, 3>, pad = array<i64: 1, 1, 1, 1>, "
                       f"stride = array<i64: 1, 1>}} : ({tensor(x[1])}, {tensor((1,))}, {tensor((1,))}) -> {tensor(x[1])}", x[1])

    def tosa_linear(self, x):
        shape = (1, x[1][2], CHANNELS)
        weight, zero, out = self.constant(shape), self.zero(), (*x[1][:2], CHANNELS)
        y = self.op(f"tosa.matmul {x[0]}, {weight}, {zero}, {zero} : ({tensor(x[1])}, {tensor(shape)}, {tensor((1,))}, {tensor((1,))}) -> {tensor(out)}", out)
        if self.random.random() < 0.3:
            return y
        bias = (1, 1, CHANNELS)
        return self.op(f"tosa.add {y[0]}, {self.constant(bias)} : ({tensor(out)}, {tensor(bias)}) -> {tensor(out)}", out)

    def tosa_reduce(self, x, name=None):
        name = name or self.random.choice(("reduce_sum", "reduce_max"))
        axis = len(x[1]) - 1
        shape = (*x[1][:-1], 1)
        return self.op(f"tosa.{name} {x[0]} {{axis = {axis} : i32}} : ({tensor(x[1])}) -> {tensor(shape)}", shape)

    def broadcast(self, name, x, y):
        shift = ("", "")
        if name == "mul":
            shift = (", " + self.hidden('"tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>'), ", tensor<1xi8>")
        return self.op(f"tosa.{name} {x[0]}, {y[0]}{shift[0]} : ({tensor(x[1])}, {tensor(y[1])}{shift[1]}) -> {tensor(x[1])}", x[1])

    def tosa_softmax(self, x):
        e = self.tosa_unary(self.broadcast("sub", x, self.tosa_reduce(x, "reduce_max")), "exp")
        return self.broadcast("mul", e, self.tosa_unary(self.tosa_reduce(e, "reduce_sum"), "reciprocal"))

    def tosa_layer_norm(self, x):
        one = (1,) * len(x[1])
        count = (self.hidden(f'"tosa.const"() <{{values = dense<{1 / x[1][-1]}> : {tensor(one)}}}> : () -> {tensor(one)}'), one)
        centred = self.broadcast("sub", x, self.broadcast("mul", self.tosa_reduce(x, "reduce_sum"), count))
        variance = self.broadcast("mul", self.tosa_reduce(self.broadcast("mul", centred, centred), "reduce_sum"), count)
        epsilon = (self.hidden(f'"tosa.const"() <{{values = dense<0.00001> : {tensor(one)}}}> : () -> {tensor(one)}'), one)
        return self.broadcast("mul", centred, self.tosa_unary(self.broadcast("add", variance, epsilon), "rsqrt"))

    def tosa_any(self, x):
        makers = [self.tosa_relu, self.tosa_unary, self.tosa_binary, self.tosa_binary, self.tosa_reshape, self.tosa_slice,
                  self.tosa_reduce, self.tosa_transpose, self.tosa_concat, self.tosa_softmax, self.tosa_layer_norm]
        if len(x[1]) == 4:
            makers += 4 * [self.tosa_conv] + 2 * [self.tosa_pool]
        if len(x[1]) == 3:
            # A weight has one batch, which does not fit an unknown one.
            makers += 5 * [self.tosa_linear] if x[1][0] == 1 else []
        return self.random.choice(makers)(x)

    # Ops of linalg

    def empty(self, x, shape=None):
        """A tensor to write to, with the first dimension of a value."""
        shape = shape or x[1]
        if None not in shape:
            return self.hidden(f"tensor.empty() : {tensor(shape)}")
        index = self.hidden("arith.constant 0 : index")
        size = self.hidden(f"tensor.dim {x[0]}, {index} : {tensor(x[1])}")
        return self.hidden(f"tensor.empty({size}) : {tensor(shape)}")

    def linalg_generic(self, x):
        zero, out, rank = self.hidden("arith.constant 0.0 : f32"), self.empty(x), len(x[1])
        body = self.random.choice((f"arith.maximumf %in, {zero} : f32", "math.exp %in : f32", "math.tanh %in : f32", "arith.negf %in : f32",
                                   "arith.mulf %in, %in : f32"))
        dims = ", ".join(f"d{i}" for i in range(rank))
        identity = f"affine_map<({dims}) -> ({dims})>"
        return self.op(f"linalg.generic {{indexing_maps = [{identity}, {identity}], iterator_types = [{', '.join(rank * [chr(34) + 'parallel' + chr(34)])}]}} "
                       f"ins({x[0]} : {tensor(x[1])}) outs({out} : {tensor(x[1])}) {{ ^bb0(%in: f32, %out: f32): %y = {body} "
                       f"linalg.yield %y : f32 }} -> {tensor(x[1])}", x[1])

    def linalg_binary(self, x):
        y, out, type = self.pick(shape=x[1]), self.empty(x), tensor(x[1])
        name = self.random.choice(("add", "sub", "mul", "max"))
        return self.op(f"linalg.{name} ins({x[0]}, {y[0]} : {type}, {type}) outs({out} : {type}) -> {type}", x[1])

    def linalg_conv(self, x):
        out, weight_shape = (*x[1][:3], CHANNELS), (1, 1, x[1][3], CHANNELS)
        weight, zero = self.constant(weight_shape), self.hidden("arith.constant 0.0 : f32")
        init = self.empty(x, out)
        filled = self.hidden(f"linalg.fill ins({zero} : f32) outs({init} : {tensor(out)}) -> {tensor(out)}")
        return self.op(f"linalg.conv_2d_nhwc_hwcf ins({x[0]}, {weight} : {tensor(x[1])}, {tensor(weight_shape)}) outs({filled} : {tensor(out)}) -> {tensor(out)}", out)

    def linalg_matmul(self, x):
        shape, out = (1, x[1][2], CHANNELS), (*x[1][:2], CHANNELS)
        weight, zero = self.constant(shape), self.hidden("arith.constant 0.0 : f32")
        init = self.empty(x, out)
        filled = self.hidden(f"linalg.fill ins({zero} : f32) outs({init} : {tensor(out)}) -> {tensor(out)}")
        return self.op(f"linalg.batch_matmul ins({x[0]}, {weight} : {tensor(x[1])}, {tensor(shape)}) outs({filled} : {tensor(out)}) -> {tensor(out)}", out)

    def linalg_reshape(self, x):
        if len(x[1]) != 4:
            return self.linalg_generic(x)
        shape = (x[1][0], 16, x[1][3])
        if x[1][1:3] != (4, 4):
            return self.linalg_generic(x)
        return self.op(f"tensor.collapse_shape {x[0]} [[0], [1, 2], [3]] : {tensor(x[1])} into {tensor(shape)}", shape)

    def linalg_any(self, x):
        makers = [self.linalg_generic, self.linalg_generic, self.linalg_binary, self.linalg_binary, self.linalg_reshape]
        if len(x[1]) == 4:
            makers += 3 * [self.linalg_conv]
        if len(x[1]) == 3 and x[1][0] == 1:
            makers += 3 * [self.linalg_matmul]
        return self.random.choice(makers)(x)

    # Structure

    def any(self, x):
        dialect = self.random.choice(("tosa", "linalg")) if self.dialect == "mixed" else self.dialect
        return self.tosa_any(x) if dialect == "tosa" else self.linalg_any(x)

    def body(self, length, depth):
        for _ in range(length):
            x = self.pick()
            kind = self.random.random()
            if kind < 0.05 and depth < 3:
                self.branch(x, depth)
            elif kind < 0.09 and depth < 3:
                self.loop(x, depth)
            elif kind < 0.15 and self.functions:
                self.call()
            else:
                self.any(x)

    def region(self, arguments, length, depth, wanted, last=None):
        """The ops of a region, and a last one; returns the value of the wanted shape that it yields."""
        self.scopes.append(list(arguments))
        self.body(length, depth + 1)
        result = self.pick(shape=wanted)
        if last:
            result = self.tosa_unary(result, last)
        self.scopes.pop()
        return result

    def branch(self, x, depth):
        type, name = tensor(x[1]), f"%{self.count}"
        self.count += 1
        index, zero = self.hidden("arith.constant 0 : index"), self.hidden("arith.constant 0.0 : f32")
        element = self.hidden(f"tensor.extract {x[0]}[{', '.join(len(x[1]) * [index])}] : {type}")
        condition = self.hidden(f"arith.cmpf ogt, {element}, {zero} : f32")
        # Branches that agree, mostly: what one observes and the other does not is an error (T12).
        last = "sigmoid" if self.random.random() < 0.8 else None
        self.lines.append(f"    {name} = scf.if {condition} -> ({type}) {{")
        self.lines.append(f"    scf.yield {self.region([], self.random.randrange(4), depth, x[1], last)[0]} : {type}\n    }} else {{")
        self.lines.append(f"    scf.yield {self.region([], self.random.randrange(4), depth, x[1], last)[0]} : {type}\n    }}")
        self.scopes[-1].append((name, x[1]))

    def loop(self, x, depth):
        type, name, carried = tensor(x[1]), f"%{self.count}", f"%carried{self.count}"
        self.count += 1
        low, high, step = (self.hidden(f"arith.constant {number} : index") for number in (0, 2, 1))
        self.lines.append(f"    {name} = scf.for %i{self.count} = {low} to {high} step {step} iter_args({carried} = {x[0]}) -> ({type}) {{")
        result = self.region([(carried, x[1])], self.random.randrange(1, 4), depth, x[1])
        self.lines.append(f"    scf.yield {result[0]} : {type}\n    }}")
        self.scopes[-1].append((name, x[1]))

    def call(self):
        name, shape = self.random.choice(self.functions)
        x = self.pick(shape=shape)
        if x:
            self.op(f"func.call @{name}({x[0]}) : ({tensor(shape)}) -> {tensor(shape)}", shape)

    def function(self, name, private):
        start = (self.batch, *self.random.choice((IMAGE, SEQUENCE))[1:])
        inputs = [start] + [start] * self.random.randrange(2) * (not private)
        if not private and self.random.random() < 0.2:
            inputs.append((CHANNELS, 1, 1, CHANNELS))  # may become a weight
        arguments = [(f"%arg{i}", shape) for i, shape in enumerate(inputs)]
        self.scopes = [list(arguments)]
        header = len(self.lines)
        self.lines.append("")
        self.body(self.random.randrange(1, 6) if private else self.random.randrange(2, 16), 0)
        results = [self.pick(shape=start)] if private else [self.pick() for _ in range(self.random.randrange(1, 4))]
        named = lambda i: f' loc("input{i}")' if self.random.random() < 0.5 else ""
        types = ", ".join(tensor(shape) for _, shape in results)
        self.lines[header] = (f"  func.func {'private ' if private else ''}@{name}(" + ", ".join(
            f"{arg}: {tensor(shape)}{named(i)}" for i, (arg, shape) in enumerate(arguments)) + f") -> ({types}) {{")
        self.lines.append(f"    return {', '.join(value for value, _ in results)} : {types}\n  }}")
        if private:
            self.functions.append((name, start))

    def text(self):
        for index in range(self.random.choice((0, 0, 0, 1, 2))):
            self.function(f"helper{index}", private=True)
        self.function("forward", private=False)
        return "module {\n" + "\n".join(self.lines) + "\n}\n"


def generate(seed):
    return Model(seed).text()


if __name__ == "__main__":
    print(generate(int(sys.argv[1])), end="")
