#!/usr/bin/env python3
"""Prints a float tosa model that is one long chain.

    generate_chain.py units N     N convolutions, each with a relu behind it
    generate_chain.py concats N   N concats, each the second operand of the next
"""

import sys

IMAGE = "tensor<1x2x2x4xf32>"
WEIGHT = "tensor<4x1x1x4xf32>"
CONV = ("{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, "
        "stride = array<i64: 1, 1>}")


def units(count, write):
    one, vector = "tensor<1xf32>", "tensor<4xf32>"
    write(f"""\
func.func @units(%x0: {IMAGE}) -> {IMAGE} {{
  %zero = "tosa.const"() <{{values = dense<0.0> : {one}}}> : () -> {one}
  %w = "tosa.const"() <{{values = dense<0.5> : {WEIGHT}}}> : () -> {WEIGHT}
  %b = "tosa.const"() <{{values = dense<1.0> : {vector}}}> : () -> {vector}
""")
    for n in range(1, count + 1):
        write(f"""\
  %c{n} = tosa.conv2d %x{n - 1}, %w, %b, %zero, %zero {CONV} : ({IMAGE}, {WEIGHT}, {vector}, {one}, {one}) -> {IMAGE}
  %x{n} = tosa.clamp %c{n} {{min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32}} : ({IMAGE}) -> {IMAGE}
""")
    write(f"  return %x{count} : {IMAGE}\n}}\n")


def concats(count, write):
    write(f"func.func @concats(%x0: tensor<1xf32>, %y: tensor<1xf32>) -> tensor<{count + 1}xf32> {{\n")
    for n in range(1, count + 1):
        write(f"  %x{n} = tosa.concat %y, %x{n - 1} {{axis = 0 : i32}} : "
              f"(tensor<1xf32>, tensor<{n}xf32>) -> tensor<{n + 1}xf32>\n")
    write(f"  return %x{count} : tensor<{count + 1}xf32>\n}}\n")


if __name__ == "__main__":
    {"units": units, "concats": concats}[sys.argv[1]](int(sys.argv[2]), sys.stdout.write)
