#!/usr/bin/env python3
"""How often the largest result is the label.

    accuracy.py RESULTS.npz LABELS.npz [OTHER_RESULTS.npz]

RESULTS.npz has the array "0", [images, 1, classes], LABELS.npz the array "labels".
With OTHER_RESULTS.npz also how often both choose the same. Needs no packages.
"""

import array
import ast
import sys
import zipfile

TYPES = {"<f4": "f", "<f8": "d", "<i4": "i", "<i8": "q", "|i1": "b"}


def load(path, name):
    """(shape, values) of an array of an .npz."""
    with zipfile.ZipFile(path) as archive:
        data = archive.read(f"{name}.npy")
    large = data[6] > 1
    size = int.from_bytes(data[8:12 if large else 10], "little")
    start = (12 if large else 10) + size
    header = ast.literal_eval(data[start - size:start].decode("latin-1"))
    values = array.array(TYPES[header["descr"]])
    values.frombytes(data[start:])
    return header["shape"], values


def choices(path):
    """The class with the largest result, for each image."""
    shape, values = load(path, "0")
    count = shape[-1]
    rows = (values[i:i + count] for i in range(0, len(values), count))
    return [max(range(count), key=row.__getitem__) for row in rows]


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    chosen, labels = choices(sys.argv[1]), load(sys.argv[2], "labels")[1]
    right = sum(a == b for a, b in zip(chosen, labels, strict=True))
    print(f"accuracy {100 * right / len(chosen):.2f} % ({right} of {len(chosen)})", end="")
    if len(sys.argv) == 4:
        same = sum(a == b for a, b in zip(chosen, choices(sys.argv[3]), strict=True))
        print(f", the same choice for {100 * same / len(chosen):.2f} %", end="")
    print()


if __name__ == "__main__":
    main()
