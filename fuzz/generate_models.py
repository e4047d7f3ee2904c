#!/usr/bin/env python3
"""Prints a random valid float model: generate_models.py SEED

Ops of tosa, of linalg, or of both; fusions and formulas (softmax, layer norm,
linear, attention) beside single ops; shared values and constants, weights that
are arguments, dead code and dead functions, calls (also recursive, and of
functions that are only declared), branches, loops, blocks, dynamic shapes. The
entry is @forward. The same seed makes the same model.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate_configs  # noqa: E402
from linalg_ops import LinalgOps  # noqa: E402
from model_text import CHANNELS, IMAGE, SEQUENCE, ModelText, tensor  # noqa: E402
from tosa_ops import TosaOps  # noqa: E402


def types(values):
    return ", ".join(tensor(shape) for _, shape in values)


def names(values):
    return ", ".join(name for name, _ in values)


class Model(ModelText, TosaOps, LinalgOps):
    def __init__(self, seed):
        super().__init__(seed)
        self.dialect = self.random.choice(("tosa", "tosa", "linalg", "mixed"))
        self.batch = None if self.chance(0.15) else 1
        self.functions = []  # (name, shape of the argument and the result)
        self.ends = True  # no recursion, and nothing that is only declared
        self.lowers = self.batch is not None  # by passes of upstream

    def any(self, x):
        dialect = self.random.choice(("tosa", "linalg")) if self.dialect == "mixed" else self.dialect
        return self.tosa_any(x) if dialect == "tosa" else self.linalg_any(x)

    def body(self, length, depth):
        for _ in range(length):
            x, kind = self.pick(), self.random.random()
            if kind < 0.05 and depth < 3:
                self.branch(x, depth)
            elif kind < 0.10 and depth < 3:
                self.random.choice((self.counted_loop, self.loop, self.tosa_loop))(x, depth)
            elif kind < 0.17 and self.functions:
                self.call(*self.random.choice(self.functions))
            else:
                self.any(x)

    def region(self, arguments, length, depth, wanted, last=None):
        """The ops of a region, and a last one; returns a value of the wanted shape, to be yielded."""
        self.open(arguments)
        self.body(length, depth + 1)
        result = self.pick(wanted)
        if last:
            result = self.tosa_unary(result, last)
        return result

    def condition(self, x):
        zeros, zero = ", ".join(len(x[1]) * [self.index(0)]), self.scalar("0.0")
        element = self.hidden(f"tensor.extract {x[0]}[{zeros}] : {tensor(x[1])}")
        return self.hidden(f"arith.cmpf ogt, {element}, {zero} : f32")

    def branch(self, x, depth):
        type, name, condition = tensor(x[1]), self.name(), self.condition(x)
        # Branches that agree, mostly: what one observes and the other does not is an error (T12).
        last = "sigmoid" if self.chance(0.95) else None
        op, of = "scf.yield", f"scf.if {condition} -> ({type})"
        if self.dialect != "linalg" and self.chance(0.5):
            op, of = "tosa.yield", f"tosa.cond_if {self.hidden(f'tensor.from_elements {condition} : tensor<i1>')} : tensor<i1> -> {type}"
        for text in (f"    {name} = {of} {{", "    } else {"):
            self.lines.append(text)
            self.lines.append(f"    {op} {self.region([], self.random.randrange(4), depth, x[1], last)[0]} : {type}")
            self.close()
        self.lines.append("    }")
        self.scopes[-1].append((name, x[1]))

    def counted_loop(self, x, depth):
        y, name, low, high, step = self.pick(), self.name(), self.index(0), self.index(2), self.index(1)
        carried = [(self.name(), x[1]), (self.name(), y[1])]
        self.lines.append(f"    {name}:2 = scf.for {self.name()} = {low} to {high} step {step} "
                          f"iter_args({carried[0][0]} = {x[0]}, {carried[1][0]} = {y[0]}) -> ({types(carried)}) {{")
        results = [self.region(carried, self.random.randrange(1, 4), depth, x[1]), self.pick(y[1])]
        self.close()
        self.lines.append(f"    scf.yield {names(results)} : {types(results)}\n    }}")
        self.scopes[-1] += [(f"{name}#0", x[1]), (f"{name}#1", y[1])]

    def loop(self, x, depth):
        type, name, zero, two, one = tensor(x[1]), self.name(), self.index(0), self.index(2), self.index(1)
        i, before, condition, j, carried, next = (self.name() for _ in range(6))
        self.lines.append(f"    {name}:2 = scf.while ({i} = {zero}, {before} = {x[0]}) : (index, {type}) -> (index, {type}) {{\n"
                          f"    {condition} = arith.cmpi slt, {i}, {two} : index\n    scf.condition({condition}) {i}, {before} : index, {type}\n"
                          f"    }} do {{\n    ^bb0({j}: index, {carried}: {type}):")
        result = self.region([(carried, x[1])], self.random.randrange(1, 4), depth, x[1])
        self.close()
        self.lines.append(f"    {next} = arith.addi {j}, {one} : index\n    scf.yield {next}, {result[0]} : index, {type}\n    }}")
        self.scopes[-1].append((f"{name}#1", x[1]))

    def tosa_loop(self, x, depth):
        if self.dialect == "linalg":
            return self.loop(x, depth)
        type, name, scalar = tensor(x[1]), self.name(), "tensor<i32>"
        zero, one = (self.hidden(f'"tosa.const"() <{{values = dense<{n}> : {scalar}}}> : () -> {scalar}') for n in (0, 1))
        i, before, condition, j, carried, next = (self.name() for _ in range(6))
        self.lines.append(f"    {name}:2 = tosa.while_loop ({i} = {zero}, {before} = {x[0]}) : ({scalar}, {type}) -> ({scalar}, {type}) {{\n"
                          f"    {condition} = tosa.greater {one}, {i} : ({scalar}, {scalar}) -> tensor<i1>\n    tosa.yield {condition} : tensor<i1>\n"
                          f"    }} do {{\n    ^bb0({j}: {scalar}, {carried}: {type}):")
        result = self.region([(carried, x[1])], self.random.randrange(1, 4), depth, x[1])
        self.close()
        self.lines.append(f"    {next} = tosa.add {j}, {one} : ({scalar}, {scalar}) -> {scalar}\n    tosa.yield {next}, {result[0]} : {scalar}, {type}\n    }}")
        self.scopes[-1].append((f"{name}#1", x[1]))

    def call(self, name, shape):
        x = self.pick(shape)
        if x:
            self.op(f"func.call @{name}({x[0]}) : ({tensor(shape)}) -> {tensor(shape)}", shape)

    # Functions

    def start(self, name, arguments, private, result=""):
        """Where the line of a function goes, once its results are known."""
        self.open(arguments)
        attributes = [f'qprep.module = "layer{self.random.randrange(3)}"'] if private and self.chance(0.2) else []
        if self.chance(0.05):
            attributes.append(f'qprep.qconfig = "{self.random.choice(("none", "qnnpack", "fbgemm"))}"')
        named = lambda i: f' loc("input{i}")' if self.chance(0.5) else ""
        typed = ", ".join(f"{argument}: {tensor(shape)}{named(i)}" for i, (argument, shape) in enumerate(arguments))
        self.lines.append("")
        line, suffix = len(self.lines) - 1, f" attributes {{{', '.join(attributes)}}}" if attributes else ""

        def finish(results):
            self.lines[line] = f"  func.func {'private ' if private else ''}@{name}({typed}) -> ({types(results)}){suffix} {{"
            self.lines.append(f"    return {names(results)} : {types(results)}\n  }}")
            self.close()

        return finish

    def helper(self, name):
        x = ("%arg0", (self.batch, *self.random.choice((IMAGE, SEQUENCE))[1:]))
        kind = self.random.random()
        if kind < 0.1:
            self.ends = False
            self.lines.append(f"  func.func private @{name}({tensor(x[1])}) -> {tensor(x[1])}")
        else:
            finish = self.start(name, [x], private=not self.chance(0.1))
            if kind < 0.2:
                self.ends = False
                self.functions.append((name, x[1]))  # may call itself
            self.body(self.random.randrange(1, 6), 0)
            if kind > 0.85:
                self.blocks(self.pick(x[1]))
            finish([self.pick(x[1])])
        if not 0.1 < kind < 0.2:
            self.functions.append((name, x[1]))

    def blocks(self, x):
        """A branch to one of two blocks, and another block where both go."""
        type, carried, result = tensor(x[1]), self.name(), self.name()
        self.lines.append(f"    cf.cond_br {self.condition(x)}, ^bb1({x[0]} : {type}), ^bb2")
        for label, arguments in ((f"^bb1({carried}: {type})", [(carried, x[1])]), ("^bb2", [])):
            self.lines.append(f"  {label}:")
            self.lines.append(f"    cf.br ^bb3({self.region(arguments, self.random.randrange(3), 0, x[1])[0]} : {type})")
            self.close()
        self.lines.append(f"  ^bb3({result}: {type}):")
        self.scopes[-1].append((result, x[1]))
        self.body(self.random.randrange(3), 0)

    def forward(self):
        start = (self.batch, *self.random.choice((IMAGE, SEQUENCE))[1:])
        inputs = [start] * self.random.choice((1, 2))
        if self.chance(0.2):
            inputs.append((CHANNELS, 1, 1, CHANNELS))  # may become a weight
        finish = self.start("forward", [(f"%arg{i}", shape) for i, shape in enumerate(inputs)], private=False)
        self.body(self.random.randrange(2, 16), 0)
        finish([self.pick() for _ in range(self.random.randrange(1, 4))])

    def text(self, with_config, by_value):
        for index in range(self.random.choice((0, 0, 0, 1, 2, 3))):
            self.helper(f"helper{index}")
        self.forward()
        body = "\n".join(self.lines) + "\n"
        called = [name for name, _ in self.functions if f"call @{name}(" in body and f"private @{name}(tensor" not in body]
        return "module {\n" + body + (generate_configs.config(self.random, called, by_value) if with_config else "") + "}\n"


def generate(seed, with_config=False, by_value=False):
    """The text of a model, and whether it can be run."""
    model = Model(seed)
    text = model.text(with_config, by_value)
    return text, model.ends and model.lowers


if __name__ == "__main__":
    print(generate(int(sys.argv[1]))[0], end="")
