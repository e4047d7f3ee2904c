#!/usr/bin/env python3
"""The measures of quant-prep-compare are those computed here from what quant-prep-run dumps.

    check_measures.py REPORT.json FLOAT.npz QUANTIZED.npz [LABELS.npz]

Without numpy, in double precision, to 1e-6.
"""

import json
import math
import sys

from npz import load


def measures(a, b):
    signal = math.fsum(x * x for x in a)
    noise = math.fsum((x - y) ** 2 for x, y in zip(a, b))
    cosine = math.fsum(x * y for x, y in zip(a, b)) / math.sqrt(signal * math.fsum(y * y for y in b))
    return {"sqnr": 10 * math.log10(signal / noise) if noise else None, "cosine": cosine,
            "max_difference": max(abs(x - y) for x, y in zip(a, b))}


def choices(values, classes):
    rows = [values[i:i + classes] for i in range(0, len(values), classes)]
    return [max(range(classes), key=row.__getitem__) for row in rows]


def main():
    report = json.load(open(sys.argv[1]))
    wrong = []

    def check(what, found, wanted):
        if (found is None) != (wanted is None) or (wanted is not None and abs(found - wanted) > 1e-6 * max(1, abs(wanted))):
            wrong.append(f"{what}: {found} where {wanted} is right")

    for result in report["results"]:
        name = str(result["result"])
        shape, a = load(sys.argv[2], name)
        _, b = load(sys.argv[3], name)
        for what, wanted in measures(a, b).items():
            check(f"result {name}: {what}", result[what], wanted)
        first, second = choices(a, shape[-1]), choices(b, shape[-1])
        check("agreement", result["agreement"], sum(x == y for x, y in zip(first, second)) / len(first))
        if len(sys.argv) == 5:
            labels = load(sys.argv[4], "labels")[1]
            check("top1_float", result["top1_float"], sum(x == y for x, y in zip(first, labels)) / len(first))
            check("top1_quantized", result["top1_quantized"], sum(x == y for x, y in zip(second, labels)) / len(first))
    if wrong:
        sys.exit("\n".join(wrong))
    print(len(report["results"]), "results are right")


if __name__ == "__main__":
    main()
