#!/usr/bin/env python3
"""Writes and prints files of arrays, without numpy.

    arrays.py write FILE [--deflate] NAME=DTYPE[SHAPE]=VALUES ...
    arrays.py print FILE

FILE is a .npz, or a .npy, whose array has no name (=DTYPE[SHAPE]=VALUES). DTYPE is
as in a .npy (<f4, |b1, >f4, ...), followed by F for column-major order. VALUES are
numbers with commas between; fewer than there are elements are repeated. print has a
line for each array: its name, its dtype, its shape, its elements.
"""

import itertools
import math
import re
import struct
import sys
import zipfile

FORMATS = {"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H",
           "u4": "I", "u8": "Q", "f2": "e", "f4": "f", "f8": "d", "V2": "bf16", "O8": "q"}


def pack(dtype, value):
    order, kind = dtype[0], FORMATS[dtype[1:]]
    order = ">" if order == ">" else "<"
    if kind == "bf16":  # the upper half of f32
        return struct.pack("<f", value)[2:]
    return struct.pack(order + kind, value if kind in "efd" else int(value))


def unpack(dtype, data):
    kind = FORMATS[dtype[1:]]
    if kind == "bf16":
        return struct.unpack("<f", b"\0\0" + data)[0]
    return struct.unpack("<" + kind, data)[0]


def format_npy(text):
    dtype, fortran, shape, values = re.fullmatch(r"([<>|]\w\d)(F?)\[([\d,]*)\]=(.*)", text).groups()
    shape = tuple(int(dim) for dim in shape.split(",") if dim)
    values = [float(value) for value in values.split(",") if value]
    header = str({"descr": dtype, "fortran_order": bool(fortran), "shape": shape}).encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    elements = itertools.islice(itertools.cycle(values), math.prod(shape)) if values else ()
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header +
            b"".join(pack(dtype, value) for value in elements))


def write(path, *arguments):
    deflate = "--deflate" in arguments
    arrays = [text.split("=", 1) for text in arguments if text != "--deflate"]
    if path.endswith(".npy"):
        with open(path, "wb") as file:
            file.write(format_npy(arrays[0][1]))
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as file:
        for name, text in arrays:
            file.writestr(name + ".npy", format_npy(text))


def show(path):
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            data = file.read(name)
            length, = struct.unpack("<H", data[8:10])
            header = eval(data[10:10 + length])  # a dictionary of literals
            dtype, data = header["descr"], data[10 + length:]
            size = int(dtype[2:])
            values = [unpack(dtype, data[i:i + size]) for i in range(0, len(data), size)]
            assert len(values) == math.prod(header["shape"])
            print(name.removesuffix(".npy"), dtype, list(header["shape"]),
                  " ".join(f"{value:g}" for value in values))


if __name__ == "__main__":
    {"write": write, "print": show}[sys.argv[1]](*sys.argv[2:])
