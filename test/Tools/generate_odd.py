"""Prints a chain of so many ops; one of them has no quantized kernel, the name
odd, and the given attributes.

usage: generate_odd.py OPS [ATTRIBUTES]
"""

import sys

TYPE = "tensor<1x4xf32>"


def main():
    ops = int(sys.argv[1])
    attributes = "".join(sys.argv[2:])
    print(f"func.func @forward(%v0: {TYPE}) -> {TYPE} {{")
    for i in range(ops):
        value = f"  %v{i + 1} = "
        if i == ops // 4:
            print(f'{value}tosa.erf %v{i} {attributes} : ({TYPE}) -> {TYPE} loc("odd")')
        elif i % 3 == 0:
            print(f"{value}tosa.add %v{i}, %v{i} : ({TYPE}, {TYPE}) -> {TYPE}")
        elif i % 3 == 1:
            print(f"{value}tosa.sigmoid %v{i} : ({TYPE}) -> {TYPE}")
        else:
            print(f'  %c{i} = "tosa.const"() <{{values = dense<[[1.0, 2.0, 3.0, {i}.0]]> : {TYPE}}}> : () -> {TYPE}')
            print(f"{value}tosa.add %v{i}, %c{i} : ({TYPE}, {TYPE}) -> {TYPE}")
    print(f"  return %v{ops} : {TYPE}\n}}")


main()
