"""Products of any shape, in any layout: as numpy's einsum computes them, all of them exact.

    products.py FOLDER
"""

import os
import random
import subprocess
import sys

import numpy

COUNT = 40
LOOPS = "abcdef"


def make_type(array):
    return "tensor<" + "".join(f"{size}x" for size in array.shape) + "f32>"


class Module:
    """One function, with an argument for each array and a result for each product."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.numbers = numpy.random.default_rng(seed)
        self.arguments, self.lines, self.results, self.wanted = [], [], [], []

    def draw(self, dims, sizes):
        return self.numbers.integers(-4, 5, [sizes[dim] for dim in dims]).astype(numpy.float32)

    def add_argument(self, array):
        self.arguments.append(array)
        return f"%a{len(self.arguments) - 1}"

    def add_constant(self, array):
        name = f"%c{len(self.lines)}"
        self.lines.append(f"{name} = arith.constant dense<{array.tolist()}> : {make_type(array)}")
        return name

    def add_product(self):
        """Each loop is one of batch, rows, columns and sums; the dimensions come in any order."""
        loops = LOOPS[:self.random.randint(3, len(LOOPS))]
        sizes = {loop: self.random.randint(1, 4) for loop in loops}
        kinds = {loop: self.random.choice("bmnk") for loop in loops}
        kinds[loops[0]] = "k"
        dims = ["".join(self.random.sample(chosen, len(chosen))) for chosen in (
            [loop for loop in loops if kinds[loop] in of] for of in ("bmk", "bnk", "bmn"))]
        lhs, rhs, init = (self.draw(part, sizes) for part in dims)
        self.wanted.append(numpy.einsum(f"{dims[0]},{dims[1]}->{dims[2]}", lhs, rhs) + init)
        add = self.add_constant if self.random.random() < 0.4 else self.add_argument
        names = self.add_argument(lhs), add(rhs), self.add_argument(init)
        maps = ", ".join(f"affine_map<({', '.join(loops)}) -> ({', '.join(part)})>" for part in dims)
        iterators = ", ".join('"reduction"' if kinds[loop] == "k" else '"parallel"' for loop in loops)
        result = f"%r{len(self.results)}"
        self.lines.append(
            f"{result} = linalg.generic {{indexing_maps = [{maps}], iterator_types = [{iterators}]}} "
            f"ins({names[0]}, {names[1]} : {make_type(lhs)}, {make_type(rhs)}) outs({names[2]} : {make_type(init)}) {{\n"
            "^bb0(%x: f32, %y: f32, %sum: f32):\n  %product = arith.mulf %x, %y : f32\n"
            f"  %next = arith.addf %sum, %product : f32\n  linalg.yield %next : f32\n}} -> {make_type(init)}")
        self.results.append((result, make_type(init)))

    def write(self):
        arguments = ", ".join(f"%a{i}: {make_type(array)}" for i, array in enumerate(self.arguments))
        names, types = (", ".join(part) for part in zip(*self.results))
        lines = "\n".join(self.lines)
        with open("products.mlir", "w") as file:
            file.write(f"func.func @f({arguments}) -> ({types}) {{\n{lines}\nreturn {names} : {types}\n}}\n")
        numpy.savez("x.npz", **{str(i): array for i, array in enumerate(self.arguments)})


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    os.chdir(sys.argv[1])
    module = Module(18)
    for _ in range(COUNT):
        module.add_product()
    module.write()
    subprocess.run(["quant-prep-run", "products.mlir", "--input=x.npz", "--output=out.npz"], check=True)
    found = numpy.load("out.npz")
    for i, wanted in enumerate(module.wanted):
        if not numpy.array_equal(found[str(i)].reshape(wanted.shape), wanted):
            sys.exit(f"products.py: {module.results[i][0]} in products.mlir is not as numpy computes it")
    print(f"{COUNT} products are exact")


if __name__ == "__main__":
    main()
