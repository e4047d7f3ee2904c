"""The text of a random model: names, values that can be used, constants.

A value is (name, shape). Values are kept in scopes, one for each region that is
open; the mixins TosaOps and LinalgOps make ops of values, and StructureOps (in
generate_models.py) regions and calls.
"""

import random

CHANNELS = 4
IMAGE = (1, 4, 4, CHANNELS)
SEQUENCE = (1, 4, CHANNELS)


def tensor(shape, element="f32"):
    return "tensor<" + "".join(f"{'?' if size is None else size}x" for size in shape) + f"{element}>"


def count(shape):
    elements = 1
    for size in shape:
        elements *= size
    return elements


class ModelText:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines, self.names = [], 0
        self.scopes, self.constants = [], []

    def chance(self, probability):
        return self.random.random() < probability

    def name(self):
        self.names += 1
        return f"%{self.names - 1}"

    def open(self, values=()):
        self.scopes.append(list(values))
        self.constants.append({})

    def close(self):
        self.scopes.pop()
        self.constants.pop()

    def op(self, text, shape=None):
        """An op with a result that others may use, if its shape is given."""
        name = self.name()
        self.lines.append(f"    {name} = {text}" + self.location())
        value = (name, shape)
        if shape:
            self.scopes[-1].append(value)
        return value

    def location(self):
        return f' loc("layer{self.random.randrange(3)}.{self.random.randrange(4)}")' if self.chance(0.5) else ""

    def hidden(self, text):
        """An op whose result nothing else uses."""
        name = self.name()
        self.lines.append(f"    {name} = {text}")
        return name

    def shared(self, text):
        """A constant: a new one, or one that this region has already."""
        here = self.constants[-1]
        if text not in here or self.chance(0.5):
            here[text] = self.hidden(text)
        return here[text]

    def constant(self, shape, element="f32", value=None):
        if value is None:
            value = self.random.choice((0.25, -0.5, round(self.random.uniform(-1, 1), 4))) if element == "f32" else 0
        type = tensor(shape, element)
        if self.dialect == "linalg" or (self.dialect == "mixed" and self.chance(0.5)):
            return self.shared(f"arith.constant dense<{value}> : {type}")
        return self.shared(f'"tosa.const"() <{{values = dense<{value}> : {type}}}> : () -> {type}')

    def visible(self):
        return [value for scope in self.scopes for value in scope]

    def pick(self, shape=None):
        """A value, the latest ones more often; None if there is none of the shape."""
        fit = [value for value in self.visible() if shape is None or value[1] == shape]
        if not fit:
            return None
        return fit[max(self.random.randrange(len(fit)), self.random.randrange(len(fit)))]
