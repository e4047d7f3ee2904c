#!/usr/bin/env python3
"""Writes models that could be matched in very many ways: generate_ways.py WHAT N."""

import sys

SMALL = "tensor<1x4xf32>"
IMAGE = "tensor<1x4x4x2xf32>"
LINE = "tensor<1x1x4x4x2xf32>"


def reshapes(count):
    """A chain of reshapes that change nothing."""
    print(f"func.func @f(%v0: {SMALL}) -> {SMALL} {{")
    print("  %s = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>")
    for i in range(count):
        print(f"  %v{i + 1} = tosa.reshape %v{i}, %s : ({SMALL}, !tosa.shape<2>) -> {SMALL}")
    print(f"  return %v{count} : {SMALL}\n}}")


def pairs(count):
    """A dimension of size 1 that comes and goes."""
    print("func.func @f(%v0: tensor<4xf32>) -> tensor<4xf32> {")
    for i in range(count):
        print(f"  %e{i} = tensor.expand_shape %v{i} [[0, 1]] output_shape [1, 4] : tensor<4xf32> into {SMALL}")
        print(f"  %v{i + 1} = tensor.collapse_shape %e{i} [[0, 1]] : {SMALL} into tensor<4xf32>")
    print(f"  return %v{count} : tensor<4xf32>\n}}")


def convolution(count):
    """A convolution before such a chain, and casts among it."""
    print(f"func.func @f(%x: {IMAGE}, %w: tensor<2x1x1x2xf32>, %b: tensor<2xf32>) -> {IMAGE} {{")
    print('  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>')
    print("  %v0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, "
          f"stride = array<i64: 1, 1>}} : ({IMAGE}, tensor<2x1x1x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> {IMAGE}")
    half = LINE.replace("f32", "f16")
    for i in range(count):
        print(f"  %e{i} = tensor.expand_shape %v{i} [[0, 1], [2], [3], [4]] output_shape [1, 1, 4, 4, 2] : {IMAGE} into {LINE}")
        print(f"  %h{i} = arith.truncf %e{i} : {LINE} to {half}")
        print(f"  %g{i} = arith.extf %h{i} : {half} to {LINE}")
        print(f"  %v{i + 1} = tensor.collapse_shape %g{i} [[0, 1], [2], [3], [4]] : {LINE} into {IMAGE}")
    print(f"  return %v{count} : {IMAGE}\n}}")


def terms(count):
    """A sum, and one of its values again and again."""
    print(f"func.func @f(%v0: {SMALL}, %y: {SMALL}) -> {SMALL} {{")
    for i in range(count):
        print(f"  %v{i + 1} = tosa.add %v{i}, %y : ({SMALL}, {SMALL}) -> {SMALL}")
    print(f"  return %v{count} : {SMALL}\n}}")


if __name__ == "__main__":
    {"reshapes": reshapes, "pairs": pairs, "convolution": convolution, "terms": terms}[sys.argv[1]](int(sys.argv[2]))
