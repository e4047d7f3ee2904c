"""Arrays of .npz files, without numpy."""

import array
import ast
import zipfile

TYPES = {"<f4": "f", "<f8": "d", "<i4": "i", "<i8": "q", "|i1": "b"}


def load(path, name):
    """(shape, values) of an array."""
    with zipfile.ZipFile(path) as archive:
        data = archive.read(f"{name}.npy")
    large = data[6] > 1
    size = int.from_bytes(data[8:12 if large else 10], "little")
    start = (12 if large else 10) + size
    header = ast.literal_eval(data[start - size:start].decode("latin-1"))
    values = array.array(TYPES[header["descr"]])
    values.frombytes(data[start:])
    return header["shape"], values
