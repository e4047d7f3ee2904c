"""What a tosa model in reference form computes by the roundings of the integer form, or by PyTorch's.

Independent of the product: numpy on the ops of the module, by the shared scripts. Of the
integer form are biases at the scale of their products, halves that are rounded up, and
average pools of codes; all else is exact. Of PyTorch are float biases and halves that are
rounded to even, in float32.
"""

import dataclasses
import importlib
import re
import sys

GRID = re.compile(r"!quant\.uniform<([ui]\d+)(?:<(-?\d+):(-?\d+)>)?:f32(?::(\d+))?, ([^>]*)>")
MOVES = ("tosa.slice", "tosa.pad", "tosa.reshape", "tosa.transpose", "quant.scast")


@dataclasses.dataclass
class Grid:
    """The quantized type on a line of the module."""
    scales: list
    zeros: list
    low: int
    high: int
    axis: object

    @staticmethod
    def read(line, limits):
        storage, low, high, axis, points = GRID.search(line).groups()
        pairs = [point.strip().partition(":") for point in points.strip("{}").split(",")]
        return Grid([float(scale) for scale, _, _ in pairs], [int(zero or 0) for _, _, zero in pairs],
                    int(low) if low else limits[storage][0], int(high) if high else limits[storage][1],
                    int(axis) if axis else None)


class Rounding:
    """Runs @forward of a module; `form` says by which roundings: torch, tosa or linalg."""

    def __init__(self, path, tool, scripts, form):
        if str(scripts) not in sys.path:
            sys.path.insert(0, str(scripts))
        self.np = importlib.import_module("numpy")
        self.numerics, self.tosa, self.run_tosa, parse = (
            importlib.import_module(name) for name in ("numerics", "tosa_int", "run_tosa", "tosa_parse"))
        self.tensor = parse.Tensor
        text = parse.generic(str(path), tool=str(tool))
        self.lines, self.function = text.splitlines(), parse.parse(text)["forward"]
        self.form, self.integer, self.products = form, form != "torch", set()
        self.real = self.np.float64 if self.integer else self.np.float32

    def run(self, arguments):
        """The results; arguments are of one run."""
        values, scales, self.products = {}, {}, set()
        for (name, _), array in zip(self.function.arguments, arguments, strict=True):
            values[name] = self.widen(array)
        for op in self.function.ops:
            operands = [values[name] for name in op.operands]
            if op.kind == "func.return":
                return operands
            known = [scales.get(name) for name in op.operands]
            if self.integer:
                self.round_bias(op, operands, known)
                scale = self.scale_of(op, operands, known)
                if scale is not None:
                    scales[op.results[0]] = scale
            values[op.results[0]] = self.compute(op, operands, known)
        raise ValueError("@forward does not return")

    def widen(self, array):
        return array.astype(self.real) if array.dtype == self.np.float32 else array

    def compute(self, op, operands, known):
        np = self.np
        if op.kind in ("qprep.quantize", "qprep.dequantize"):
            grid = Grid.read(self.lines[op.line - 1], self.numerics.LIMITS)
            return self.quantize(operands[0], grid) if op.kind == "qprep.quantize" \
                else self.dequantize(operands[0], grid)
        if op.kind == "quant.scast":
            return operands[0]
        if op.kind == "tosa.avg_pool2d" and self.form == "tosa" and known[0] is not None:
            return self.average(op, operands[0], known[0][0])
        types = [dataclasses.replace(kind, element="f64")
                 if self.integer and isinstance(kind, self.tensor) and kind.element == "f32" else kind
                 for kind in op.result_types]
        return self.widen(np.asarray(self.run_tosa.OPS[op.kind](dataclasses.replace(op, result_types=types),
                                                                *operands)))

    def quantize(self, array, grid):
        if not self.integer:
            return self.numerics.quantize(array, grid.scales, grid.zeros, grid.low, grid.high, grid.axis)
        np = self.np
        codes = np.floor(array / float(np.float32(grid.scales[0])) + .5) + grid.zeros[0]
        return np.clip(codes, grid.low, grid.high).astype(np.int64)

    def dequantize(self, codes, grid):
        if grid.low >= 0 and codes.dtype == self.np.int8:  # stored without a sign
            codes = codes.view(self.np.uint8)
        if not self.integer:
            return self.numerics.dequantize(codes.astype(self.np.int64), grid.scales, grid.zeros, grid.axis)
        scales, zeros = (self.along(values, grid.axis, codes.ndim) for values in (grid.scales, grid.zeros))
        return (codes.astype(self.np.int64) - zeros) * scales.astype(self.np.float32).astype(self.np.float64)

    def along(self, values, axis, rank):
        """A value for each element of a dimension, or one for all."""
        values = self.np.asarray(values)
        if len(values) == 1:
            return values.reshape(())
        return values.reshape([-1 if dimension == axis else 1 for dimension in range(rank)])

    # The integer form.

    def scale_of(self, op, operands, known):
        """The scales of what is dequantized, or multiplied by a weight, and moved: one, or one for each
        channel of a weight, or of the last dimension; None if it has none."""
        if op.kind == "qprep.dequantize":
            grid = Grid.read(self.lines[op.line - 1], self.numerics.LIMITS)
            return self.np.asarray(grid.scales, self.np.float32).astype(self.np.float64)
        if op.kind == "tosa.matmul" and known[0] is not None and known[1] is not None:
            self.products.update(op.results)
            return known[0] * known[1]
        if op.kind in MOVES and known[0] is not None:
            self.products.update(op.results if op.operands[0] in self.products else [])
            keeps = op.kind == "tosa.reshape" and operands[0].shape[-1] == op.result_types[0].shape[-1]
            return known[0] if len(known[0]) == 1 or keeps or op.kind == "tosa.transpose" else None
        return None

    def round_bias(self, op, operands, known):
        np = self.np
        if op.kind in ("tosa.conv2d", "tosa.depthwise_conv2d", "tosa.transpose_conv2d") \
                and known[0] is not None and known[1] is not None:
            scales = known[0][0] * known[1]
            if len(scales) > 1:
                scales = np.repeat(scales, operands[2].size // len(scales))
            operands[2] = np.rint(operands[2] / scales) * scales
        sums = [name in self.products for name in op.operands]
        if op.kind == "tosa.add" and sum(sums) == 1:
            bias = sums.index(False)
            operands[bias] = np.rint(operands[bias] / known[1 - bias]) * known[1 - bias]

    def average(self, op, array, scale):
        """An average pool of codes, as TOSA rounds it; the linalg form rounds a sum."""
        np, tosa, fields = self.np, self.tosa, op.attributes
        kernel, stride, pad = fields["kernel"], fields["stride"], fields["pad"]
        shape = tosa._size(array.shape[1:3], kernel, stride, pad, (1, 1))
        codes = np.rint(array / scale)
        total, count = (sum(part for _, _, part in tosa._windows(values, kernel, stride, pad, (1, 1), shape))
                        for values in (codes, np.ones_like(codes)))
        multiplier, shift = np.vectorize(lambda size: tosa.reciprocal_scale(int(size)))(count)
        return tosa.apply_scale_32(total.astype(np.int64), multiplier, shift) * scale


def compute(module, inputs, tool, scripts, form):
    """The results of all runs of an npz, by their indices."""
    rounding = Rounding(module, tool, scripts, form)
    np = rounding.np
    with np.load(inputs) as stored:
        arrays = [stored[str(index)] for index in range(len(stored.files))]
    runs = [rounding.run([array[run] for array in arrays]) for run in range(len(arrays[0]))]
    stacked = [np.stack(results) for results in zip(*runs)]
    return {str(index): array.astype(np.float32) if array.dtype == np.float64 else array
            for index, array in enumerate(stacked)}
