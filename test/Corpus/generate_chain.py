#!/usr/bin/env python3
"""Prints a float tosa model that is one long chain.

    generate_chain.py units N     N convolutions, each with a relu behind it
    generate_chain.py concats N   N concats, each the second operand of the next
    generate_chain.py moves N     N reshapes, and an add behind them
    generate_chain.py calls N     N functions, each of which calls the next
    generate_chain.py regions N   N branches, each in the one before
    generate_chain.py loops N     N loops, each in the one before, that carry a value
    generate_chain.py readers N   N functions, each of which reads what it gets and hands it on,
                                  down and back
    generate_chain.py helper N    N calls of one function
    generate_chain.py row N       N calls in a row, each of a function of its own, which observes if
                                  what it gets is observed
    generate_chain.py twice N     N functions, each of which calls the next twice
    generate_chain.py sets N      the same, with another set of observed arguments each time
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


def loops(count, write):
    type = "tensor<4xf32>"
    write(f"func.func @loops(%y0: {type}, %l: index, %u: index, %s: index) -> {type} {{\n")
    for n in range(1, count + 1):
        write(f"  %r{n} = scf.for %i{n} = %l to %u step %s iter_args(%x{n} = %y{n - 1}) -> ({type}) {{\n"
              f"  %y{n} = tosa.sigmoid %x{n} : ({type}) -> {type}\n")
    value = f"%y{count}"
    for n in range(count, 0, -1):
        write(f"  scf.yield {value} : {type}\n  }}\n")
        value = f"%r{n}"
    write(f"  return {value} : {type}\n}}\n")


def readers(count, write):
    type = "tensor<4xf32>"
    for n in range(count):
        write(f"""\
func.func {"private " if n else ""}@f{n}(%x: {type}) -> {type} {{
  %0 = tosa.sigmoid %x : ({type}) -> {type}
""")
        if n + 1 < count:
            write(f"  %1 = func.call @f{n + 1}(%x) : ({type}) -> {type}\n")
        else:
            write(f"  %1 = tosa.add %x, %0 : ({type}, {type}) -> {type}\n")
        write(f"  %2 = tosa.sigmoid %1 : ({type}) -> {type}\n  return %1 : {type}\n}}\n")


def helper(count, write):
    type = "tensor<4xf32>"
    write(f"func.func private @help(%x: {type}) -> {type} {{\n  %0 = tosa.sigmoid %x : ({type}) -> {type}\n"
          f"  %1 = tosa.add %0, %x : ({type}, {type}) -> {type}\n  return %1 : {type}\n}}\n"
          f"func.func @main(%x0: {type}) -> {type} {{\n")
    for n in range(1, count + 1):
        write(f"  %x{n} = func.call @help(%x{n - 1}) : ({type}) -> {type}\n")
    write(f"  return %x{count} : {type}\n}}\n")


def row(count, write):
    write(f"""\
func.func @row(%x: {IMAGE}) -> {IMAGE} {{
  %zero = "tosa.const"() <{{values = dense<0.0> : tensor<1xf32>}}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{{values = dense<0.5> : {WEIGHT}}}> : () -> {WEIGHT}
  %b = "tosa.const"() <{{values = dense<1.0> : tensor<4xf32>}}> : () -> tensor<4xf32>
  %x0 = tosa.conv2d %x, %w, %b, %zero, %zero {CONV} : ({IMAGE}, {WEIGHT}, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> {IMAGE}
""")
    for n in range(count):
        write(f"  %x{n + 1} = func.call @f{n}(%x{n}) : ({IMAGE}) -> {IMAGE}\n")
    write(f"  return %x{count} : {IMAGE}\n}}\n")
    for n in range(count):
        write(f"func.func private @f{n}(%x: {IMAGE}) -> {IMAGE} {{\n"
              f"  %0 = tosa.add %x, %x : ({IMAGE}, {IMAGE}) -> {IMAGE}\n"
              f"  %1 = tosa.sigmoid %0 : ({IMAGE}) -> {IMAGE}\n  return %1 : {IMAGE}\n}}\n")


def twice(count, write):
    type = "tensor<4xf32>"
    for n in range(count):
        write(f"func.func {'private ' if n else ''}@f{n}(%x: {type}) -> {type} {{\n")
        if n + 1 < count:
            write(f"  %0 = func.call @f{n + 1}(%x) : ({type}) -> {type}\n"
                  f"  %1 = func.call @f{n + 1}(%0) : ({type}) -> {type}\n"
                  f"  %2 = tosa.add %0, %1 : ({type}, {type}) -> {type}\n")
        else:
            write(f"  %2 = tosa.sigmoid %x : ({type}) -> {type}\n")
        write(f"  return %2 : {type}\n}}\n")


def sets(count, write):
    """Each function passes its n-th argument on as it is, and instead of it what a convolution makes."""
    names = ["%x"] + [f"%a{n}" for n in range(count)]
    arguments = ", ".join(f"{name}: {IMAGE}" for name in names)
    types = ", ".join(len(names) * [IMAGE])
    for n in range(count):
        instead = names[:n + 1] + ["%o"] + names[n + 2:]
        write(f"""\
func.func {"private " if n else ""}@f{n}({arguments}) -> {IMAGE} {{
  %zero = "tosa.const"() <{{values = dense<0.0> : tensor<1xf32>}}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{{values = dense<0.5> : {WEIGHT}}}> : () -> {WEIGHT}
  %b = "tosa.const"() <{{values = dense<1.0> : tensor<4xf32>}}> : () -> tensor<4xf32>
  %o = tosa.conv2d %x, %w, %b, %zero, %zero {CONV} : ({IMAGE}, {WEIGHT}, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> {IMAGE}
  %0 = func.call @f{n + 1}({", ".join(names)}) : ({types}) -> {IMAGE}
  %1 = func.call @f{n + 1}({", ".join(instead)}) : ({types}) -> {IMAGE}
  %2 = tosa.add %0, %1 : ({IMAGE}, {IMAGE}) -> {IMAGE}
  return %2 : {IMAGE}
}}
""")
    write(f"func.func private @f{count}({arguments}) -> {IMAGE} {{\n")
    value = names[1]
    for n, name in enumerate(names[2:]):
        write(f"  %s{n} = tosa.add {value}, {name} : ({IMAGE}, {IMAGE}) -> {IMAGE}\n")
        value = f"%s{n}"
    write(f"  return {value} : {IMAGE}\n}}\n")


MODELS = (units, concats, moves, calls, regions, loops, readers, helper, row, twice, sets)

if __name__ == "__main__":
    {model.__name__: model for model in MODELS}[sys.argv[1]](int(sys.argv[2]), sys.stdout.write)
