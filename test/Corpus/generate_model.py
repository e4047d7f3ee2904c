#!/usr/bin/env python3
"""Prints a float tosa model with about as many ops as asked for.

    generate_model.py OPS [FUNCTIONS]

Every constant has a value of its own and every unit a name of its own, so that
whatever is kept per op shows.
"""

import sys

IMAGE = "tensor<1x4x4x8xf32>"
ROWS = "tensor<1x16x8xf32>"
VECTOR = "tensor<8xf32>"
ONE = "tensor<1xf32>"
CONV = ("{acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, "
        "stride = array<i64: 1, 1>}")

# One block: conv, relu, residual, linear, sigmoid, gate.
BLOCK = """\
  %w{n} = "tosa.const"() <{{values = dense<0.{n}> : tensor<8x1x1x8xf32>}}> : () -> tensor<8x1x1x8xf32> loc("b{n}.conv.weight")
  %b{n} = "tosa.const"() <{{values = dense<1.{n}> : VECTOR}}> : () -> VECTOR loc("b{n}.conv.bias")
  %c{n} = tosa.conv2d %x{p}, %w{n}, %b{n}, %zero, %zero CONV : (IMAGE, tensor<8x1x1x8xf32>, VECTOR, ONE, ONE) -> IMAGE loc("b{n}.conv")
  %r{n} = tosa.clamp %c{n} {{min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32}} : (IMAGE) -> IMAGE loc("b{n}.relu")
  %a{n} = tosa.add %r{n}, %x{p} : (IMAGE, IMAGE) -> IMAGE loc("b{n}.residual")
  %f{n} = tosa.reshape %a{n}, %rows : (IMAGE, !tosa.shape<3>) -> ROWS loc("b{n}.flatten")
  %l{n} = "tosa.const"() <{{values = dense<2.{n}> : tensor<1x8x8xf32>}}> : () -> tensor<1x8x8xf32> loc("b{n}.linear.weight")
  %m{n} = tosa.matmul %f{n}, %l{n}, %zero, %zero : (ROWS, tensor<1x8x8xf32>, ONE, ONE) -> ROWS loc("b{n}.linear")
  %s{n} = tosa.sigmoid %m{n} : (ROWS) -> ROWS loc("b{n}.sigmoid")
  %g{n} = tosa.mul %s{n}, %m{n}, %shift : (ROWS, ROWS, tensor<1xi8>) -> ROWS loc("b{n}.gate")
  %x{n} = tosa.reshape %g{n}, %image : (ROWS, !tosa.shape<4>) -> IMAGE loc("b{n}.unflatten")
"""
OPS_PER_BLOCK = BLOCK.count(" = tosa.") + BLOCK.count('= "tosa.')


def named(text):
    """The text with the types spelled out."""
    for name, spelling in (("IMAGE", IMAGE), ("ROWS", ROWS), ("VECTOR", VECTOR), ("ONE", ONE),
                           ("CONV", CONV)):
        text = text.replace(name, spelling)
    return text


HEAD = named("""\
func.func @f{k}(%x0: IMAGE loc("x")) -> IMAGE {
  %zero = "tosa.const"() <{values = dense<0.0> : ONE}> : () -> ONE
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %rows = tosa.const_shape {values = dense<[1, 16, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %image = tosa.const_shape {values = dense<[1, 4, 4, 8]> : tensor<4xindex>} : () -> !tosa.shape<4>
""")


def main():
    ops = int(sys.argv[1])
    functions = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    blocks = max(1, ops // functions // OPS_PER_BLOCK)
    block = named(BLOCK.replace("{{", "{").replace("}}", "}"))
    write = sys.stdout.write
    for k in range(functions):
        write(HEAD.replace("{k}", str(k)))
        for n in range(1, blocks + 1):
            write(block.replace("{n}", str(n)).replace("{p}", str(n - 1)))
        write(f"  return %x{blocks} : {IMAGE}\n}}\n")


if __name__ == "__main__":
    main()
