#!/usr/bin/env python3
"""Prints a float tosa model that is one long chain.

    generate_chain.py units N     N convolutions, each with a relu behind it
    generate_chain.py concats N   N concats, each the second operand of the next
    generate_chain.py moves N     N reshapes, and an add behind them
    generate_chain.py calls N     N functions, each of which calls the next
    generate_chain.py regions N   N branches, each in the one before
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


def moves(count, write):
    shapes = ("tensor<4x2xf32>", "tensor<2x4xf32>")
    write(f"""\
func.func @moves(%x0: {shapes[0]}) -> {shapes[0]} {{
  %s0 = tosa.const_shape {{values = dense<[4, 2]> : tensor<2xindex>}} : () -> !tosa.shape<2>
  %s1 = tosa.const_shape {{values = dense<[2, 4]> : tensor<2xindex>}} : () -> !tosa.shape<2>
""")
    for n in range(1, count + 1):
        write(f"  %x{n} = tosa.reshape %x{n - 1}, %s{n % 2} : ({shapes[(n - 1) % 2]}, !tosa.shape<2>) -> {shapes[n % 2]}\n")
    last, type = f"%x{count}", shapes[count % 2]
    write(f"  %sum = tosa.add {last}, {last} : ({type}, {type}) -> {type}\n  return %sum : {type}\n}}\n")


def calls(count, write):
    type = "tensor<4xf32>"
    for n in range(count):
        write(f"""\
func.func @f{n}(%x: {type}) -> {type} {{
  %0 = tosa.sigmoid %x : ({type}) -> {type}
""")
        if n + 1 < count:
            write(f"  %1 = func.call @f{n + 1}(%0) : ({type}) -> {type}\n  return %1 : {type}\n}}\n")
        else:
            write(f"  return %0 : {type}\n}}\n")


def regions(count, write):
    type = "tensor<4xf32>"
    write(f"func.func @regions(%x0: {type}, %c: i1) -> {type} {{\n")
    for n in range(1, count + 1):
        write(f"  %r{n} = scf.if %c -> ({type}) {{\n  %x{n} = tosa.sigmoid %x{n - 1} : ({type}) -> {type}\n")
    value = f"%x{count}"
    for n in range(count, 0, -1):
        write(f"  scf.yield {value} : {type}\n  }} else {{\n  %e{n} = tosa.sigmoid %x{n - 1} : ({type}) -> {type}\n"
              f"  scf.yield %e{n} : {type}\n  }}\n")
        value = f"%r{n}"
    write(f"  return {value} : {type}\n}}\n")


if __name__ == "__main__":
    {"units": units, "concats": concats, "moves": moves, "calls": calls, "regions": regions}[sys.argv[1]](int(sys.argv[2]), sys.stdout.write)
