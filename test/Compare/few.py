#!/usr/bin/env python3
"""Writes the first runs of data.

    few.py DATA.npz OUTPUT.npz COUNT

Of the array "0", [runs, ...] of f32.
"""

import ast
import math
import sys
import zipfile


def main():
    with zipfile.ZipFile(sys.argv[1]) as archive:
        data = archive.read("0.npy")
    size = 10 + int.from_bytes(data[8:10], "little")
    header = ast.literal_eval(data[10:size].decode("latin-1"))
    shape = (int(sys.argv[3]), *header["shape"][1:])
    header = str({**header, "shape": shape}).ljust(size - 11) + "\n"
    with zipfile.ZipFile(sys.argv[2], "w") as archive:
        archive.writestr("0.npy", data[:10] + header.encode("latin-1") + data[size:size + math.prod(shape) * 4])


if __name__ == "__main__":
    main()
