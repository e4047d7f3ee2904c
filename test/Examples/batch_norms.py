#!/usr/bin/python3
"""Writes MobileNetV2 or ResNet-18 with batch norms of random statistics.

Usage: batch_norms.py mobilenet_v2|resnet18 [--width FACTOR] [--size PIXELS]
                      [--form statistics|scale|mixed]

The batch norms are sub, rsqrt of the variance, mul, mul, add (statistics), mul and
add (scale), or both in turns. Weights are pseudo-random, and the same each time.
"""

import argparse
import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples"))
from generate import Model  # noqa: E402


class Network(Model):
    def __init__(self, form, width, *inputs):
        super().__init__(11, *inputs)
        self.form, self.width, self.norms = form, width, 0

    def weight(self, shape, fan_in, loc, center=0.0):
        return self.uniform(shape, center - fan_in ** -0.5, center + fan_in ** -0.5, loc)

    def uniform(self, shape, low, high, loc):
        count = 1
        for size in shape:
            count *= size
        data = struct.pack("<%df" % count, *(self.random.uniform(low, high) for _ in range(count)))
        return self.constant('"0x%s"' % data.hex(), shape, loc)

    def channels(self, count):
        return max(8, int(count * self.width))

    def batch_norm(self, x, loc):
        shape = [1, 1, 1, x.shape[-1]]
        self.norms += 1
        if self.form == "scale" or (self.form == "mixed" and self.norms % 2):
            scaled = self.mul(x, self.uniform(shape, -2, 2, loc), loc)
            return self.binary("add", scaled, self.uniform(shape, -1, 1, loc), loc)
        variance = self.binary("add", self.uniform(shape, 0.1, 3, loc), self.splat(1e-5, 4, loc), loc)
        centered = self.binary("sub", x, self.uniform(shape, -1, 1, loc), loc)
        normal = self.mul(centered, self.unary("rsqrt", variance, loc), loc)
        scaled = self.mul(normal, self.uniform(shape, 0.5, 1.5, loc), loc)
        return self.binary("add", scaled, self.uniform(shape, -1, 1, loc), loc)

    def conv_norm(self, x, out, loc, **options):
        return self.batch_norm(self.conv(x, out, loc, **options), loc + ".bn")


def window(x, stride):
    """Padding of a 3 x 3 window that divides the input exactly."""
    return (1, 1 if stride == 1 else 0) * 2 if x.shape[1] % 2 == 0 else (1, 1, 1, 1)


def mobilenet_v2(m):
    x = m.inputs[0]
    x = m.relu6(m.conv_norm(x, m.channels(32), "stem", kernel=3, stride=2, pad=window(x, 2)), "stem.relu")
    blocks = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
              (6, 160, 3, 2), (6, 320, 1, 1)]
    for i, (expansion, out, repeats, first) in enumerate(blocks):
        for j in range(repeats):
            name, stride = "blocks.%d.%d" % (i, j), first if j == 0 else 1
            y, hidden = x, x.shape[-1] * expansion
            if expansion != 1:
                y = m.relu6(m.conv_norm(y, hidden, name + ".expand"), name + ".relu1")
            y = m.conv_norm(y, hidden, name + ".depthwise", kernel=3, stride=stride,
                            pad=window(y, stride), depthwise=True)
            y = m.conv_norm(m.relu6(y, name + ".relu2"), m.channels(out), name + ".project")
            x = m.binary("add", x, y, name + ".add") if y.shape == x.shape else y
    x = m.relu6(m.conv_norm(x, m.channels(1280), "head"), "head.relu")
    return x


def resnet18(m):
    x = m.inputs[0]
    x = m.clamp(m.conv_norm(x, m.channels(64), "stem", kernel=3, stride=2, pad=window(x, 2)), "stem.relu")
    for i, out in enumerate((64, 128, 256, 512)):
        for j in range(2):
            name, stride = "layer%d.%d" % (i + 1, j), 2 if i and j == 0 else 1
            y = m.conv_norm(x, m.channels(out), name + ".conv1", kernel=3, stride=stride, pad=window(x, stride))
            y = m.clamp(y, name + ".relu1")
            y = m.conv_norm(y, m.channels(out), name + ".conv2", kernel=3, pad=(1, 1, 1, 1))
            if stride != 1:
                pool = m.avg_pool(x, 2, name + ".down")
                x = m.conv_norm(pool, m.channels(out), name + ".down")
            x = m.clamp(m.binary("add", x, y, name + ".add"), name + ".relu2")
    return x


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=("mobilenet_v2", "resnet18"))
    parser.add_argument("--width", type=float, default=0.25)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--form", choices=("statistics", "scale", "mixed"), default="mixed")
    arguments = parser.parse_args()
    m = Network(arguments.form, arguments.width, ("image", [1, arguments.size, arguments.size, 3]))
    x = {"mobilenet_v2": mobilenet_v2, "resnet18": resnet18}[arguments.network](m)
    x = m.reshape(m.avg_pool(x, x.shape[1], "pool"), [1, x.shape[-1]], "flatten")
    print(m.text(m.linear(x, 10, "fc"), "%s, %d batch norms" % (arguments.network, m.norms)))


if __name__ == "__main__":
    main()
