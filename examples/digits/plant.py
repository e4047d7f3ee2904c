#!/usr/bin/env python3
"""Makes a bad layer: one element of a weight is made a hundred times larger.

    plant.py MODEL.mlir BAD.mlir [NAME_OF_WEIGHT]

The weight is a tosa.const with that name in its location. A unit with such a weight
loses its other elements when all of it is quantized with one scale.
"""

import array
import re
import sys


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    name = sys.argv[3] if len(sys.argv) == 4 else "block_first_0_weight"
    lines = open(sys.argv[1]).read().split("\n")
    found = [i for i, line in enumerate(lines) if line.endswith(f'loc("{name}")') and "tosa.const" in line]
    if len(found) != 1:
        sys.exit(f"{len(found)} constants are named {name}")
    line = lines[found[0]]
    values = array.array("f", bytes.fromhex(re.search(r'"0x([0-9A-F]+)"', line).group(1)))
    largest = max(range(len(values)), key=lambda i: abs(values[i]))
    values[largest] *= 100
    lines[found[0]] = re.sub(r'"0x[0-9A-F]+"', '"0x' + values.tobytes().hex().upper() + '"', line)
    open(sys.argv[2], "w").write("\n".join(lines))


if __name__ == "__main__":
    main()
