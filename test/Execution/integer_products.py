#!/usr/bin/env python3
"""Prints a function with products of i8 that kernels compute, less those of loops.

Each result is the largest distance of an op on i8 from the same op on what was made i32
before, which is no op of kernels.
"""

RESULTS = []
BODY = []


def emit(text):
    BODY.append(text)


def fresh(prefix="v"):
    fresh.count += 1
    return f"%{prefix}{fresh.count}"


fresh.count = 0


def shape_type(shape, element):
    return "tensor<" + "".join(f"{size}x" for size in shape) + element + ">"


def widen(value, shape):
    name = fresh()
    emit(f"{name} = arith.extsi {value} : {shape_type(shape, 'i8')} to {shape_type(shape, 'i32')}")
    return name


def init(shape, start):
    empty, name = fresh(), fresh()
    emit(f"{empty} = tensor.empty() : {shape_type(shape, 'i32')}")
    emit(f"{name} = linalg.fill ins(%c{start} : i32) outs({empty} : {shape_type(shape, 'i32')}) -> {shape_type(shape, 'i32')}")
    return name


def generic(maps, iterators, lhs, rhs, shapes, start, zero, narrow):
    """zero: subtracted from each factor."""
    element = "i8" if narrow else "i32"
    name, before = fresh(), init(shapes[2], start)
    emit(f"{name} = linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{', '.join(iterators)}]}} "
         f"ins({lhs}, {rhs} : {shape_type(shapes[0], element)}, {shape_type(shapes[1], element)}) "
         f"outs({before} : {shape_type(shapes[2], 'i32')}) {{")
    emit(f"^bb0(%a: {element}, %b: {element}, %o: i32):")
    factors = []
    for index, factor in enumerate(("%a", "%b")):
        if narrow:
            emit(f"%w{index} = arith.extsi {factor} : i8 to i32")
            factor = f"%w{index}"
        if zero[index]:
            emit(f"%z{index} = arith.constant {zero[index]} : i32")
            emit(f"%s{index} = arith.subi {factor}, %z{index} : i32")
            factor = f"%s{index}"
        factors.append(factor)
    emit(f"%p = arith.muli {factors[1]}, {factors[0]} : i32")
    emit("%r = arith.addi %o, %p : i32")
    emit("linalg.yield %r : i32")
    emit(f"}} -> {shape_type(shapes[2], 'i32')}")
    return name


def add_distance(a, b, shape):
    """The largest absolute difference, of one element."""
    dims = ", ".join(f"d{i}" for i in range(len(shape)))
    empty, name = fresh(), fresh()
    emit(f"{empty} = tensor.empty() : tensor<1xi32>")
    before = fresh()
    emit(f"{before} = linalg.fill ins(%c0 : i32) outs({empty} : tensor<1xi32>) -> tensor<1xi32>")
    same = f"affine_map<({dims}) -> ({dims})>"
    reductions = ", ".join(['"reduction"'] * len(shape))
    kind = shape_type(shape, "i32")
    emit(f"{name} = linalg.generic {{indexing_maps = [{same}, {same}, affine_map<({dims}) -> (0)>], iterator_types = [{reductions}]}} "
         f"ins({a}, {b} : {kind}, {kind}) outs({before} : tensor<1xi32>) {{")
    emit("^bb0(%a: i32, %b: i32, %o: i32):")
    emit("%d = arith.subi %a, %b : i32")
    emit("%n = arith.subi %c0, %d : i32")
    emit("%m = arith.maxsi %d, %n : i32")
    emit("%r = arith.maxsi %o, %m : i32")
    emit("linalg.yield %r : i32")
    emit("} -> tensor<1xi32>")
    RESULTS.append(name)


def compare(maps, iterators, operands, shapes, start, zero):
    iterators = [f'"{kind}"' for kind in iterators]
    wide = [widen(value, shape) for value, shape in zip(operands, shapes)]
    add_distance(generic(maps, iterators, *operands, shapes, start, zero, True),
                 generic(maps, iterators, *wide, shapes, start, zero, False), shapes[2])


def conv(stride, dilation, zero, channels_last, start, constant=False):
    """Of [2, 9, 8, 5] and [7, 3, 2, 5]; the result with its channels last or first."""
    sizes = [(9 - 2 * dilation - 1) // stride + 1, (8 - dilation - 1) // stride + 1]
    order = "d0, d1, d2, d3" if channels_last else "d0, d3, d1, d2"
    shape = [2, *sizes, 7] if channels_last else [2, 7, *sizes]
    dims = "d0, d1, d2, d3, d4, d5, d6"

    def index(output, filter):
        parts = [output if stride == 1 else f"{output} * {stride}", filter if dilation == 1 else f"{filter} * {dilation}"]
        return " + ".join(parts)

    maps = [f"affine_map<({dims}) -> (d0, {index('d1', 'd4')}, {index('d2', 'd5')}, d6)>",
            f"affine_map<({dims}) -> (d3, d4, d5, d6)>", f"affine_map<({dims}) -> ({order})>"]
    compare(maps, ["parallel"] * 4 + ["reduction"] * 3, ["%x0", "%constant" if constant else "%x1"],
            [[2, 9, 8, 5], [7, 3, 2, 5], shape], start, zero)


def matmul(zero, transposed, start):
    """Of [3, 6, 40] and [3, 40, 7], rows and columns of the result exchanged or not."""
    dims = "d0, d1, d2, d3"
    order = "d0, d2, d1" if transposed else "d0, d1, d2"
    maps = [f"affine_map<({dims}) -> (d0, d1, d3)>", f"affine_map<({dims}) -> (d0, d3, d2)>",
            f"affine_map<({dims}) -> ({order})>"]
    compare(maps, ["parallel"] * 3 + ["reduction"], ["%x2", "%x3"],
            [[3, 6, 40], [3, 40, 7], [3, 7, 6] if transposed else [3, 6, 7]], start, zero)


def named(zero):
    """A convolution with its zero points as operands."""
    kind = shape_type([2, 7, 7, 7], "i32")
    before, name = init([2, 7, 7, 7], 9), fresh()
    emit(f"%za = arith.constant {zero[0]} : i32")
    emit(f"%zb = arith.constant {zero[1]} : i32")
    emit(f"{name} = linalg.conv_2d_nhwc_fhwc_q {{dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}} "
         f"ins(%x0, %x1, %za, %zb : {shape_type([2, 9, 8, 5], 'i8')}, {shape_type([7, 3, 2, 5], 'i8')}, i32, i32) "
         f"outs({before} : {kind}) -> {kind}")
    dims = "d0, d1, d2, d3, d4, d5, d6"
    maps = [f"affine_map<({dims}) -> (d0, d1 + d4, d2 + d5, d6)>", f"affine_map<({dims}) -> (d3, d4, d5, d6)>",
            f"affine_map<({dims}) -> (d0, d1, d2, d3)>"]
    iterators = ['"parallel"'] * 4 + ['"reduction"'] * 3
    wide = [widen("%x0", [2, 9, 8, 5]), widen("%x1", [7, 3, 2, 5])]
    add_distance(name, generic(maps, iterators, *wide, [[2, 9, 8, 5], [7, 3, 2, 5], [2, 7, 7, 7]], 9, zero, False), [2, 7, 7, 7])


def main():
    conv(1, 1, (0, 0), True, 0)
    conv(1, 1, (-128, 0), True, 1, constant=True)
    conv(2, 1, (5, 0), True, 1)
    conv(1, 2, (-128, 127), False, 0)
    conv(2, 2, (0, -7), False, 1, constant=True)
    matmul((0, 0), False, 0)
    matmul((-128, 11), False, 1)
    matmul((3, 0), True, 1)
    named((-128, 0))
    arguments = ", ".join(f"%x{i}: {shape_type(shape, 'i8')}"
                          for i, shape in enumerate(([2, 9, 8, 5], [7, 3, 2, 5], [3, 6, 40], [3, 40, 7])))
    types = ", ".join(["tensor<1xi32>"] * len(RESULTS))
    elements = ", ".join(str((37 * i * i + 11 * i) % 256 - 128) for i in range(7 * 3 * 2 * 5))
    print(f"func.func @products({arguments}) -> ({types}) {{")
    print("%c0 = arith.constant 0 : i32\n%c1 = arith.constant 2147480000 : i32\n%c9 = arith.constant 9 : i32")
    print(f"%flat = arith.constant dense<[{elements}]> : tensor<210xi8>")
    print("%constant = tensor.expand_shape %flat [[0, 1, 2, 3]] output_shape [7, 3, 2, 5] : tensor<210xi8> into tensor<7x3x2x5xi8>")
    print("\n".join(BODY))
    print(f"return {', '.join(RESULTS)} : {types}\n}}")


if __name__ == "__main__":
    main()
