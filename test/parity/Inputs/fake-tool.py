#!/usr/bin/python3
"""Stands for quant-prep-opt: does what the model's first line says.

    report   writes a report that holds the options it was given
    error    fails with an error
    crash    dies of a signal
    nothing  succeeds and writes nothing

Asked for the preset native, it prints a small one.
"""

import json
import os
import pathlib
import sys

PRESET = """\
qprep.backend @native {
  qprep.pattern @relu_add by_operands dtypes [#a] {
    %0 = qprep.node add
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @conv2d different weight bias dtypes [#a, #b] {
    %0 = qprep.node conv2d
  }
}
"""

model, *options = sys.argv[1:]
if "--qprep-print-preset=name=native backend=true" in options:
    sys.stdout.write(PRESET)
    sys.exit()
action = pathlib.Path(model).read_text(encoding="utf-8").split()[1]
prepare, report = (next(o for o in options if o.startswith(p)).removeprefix(p)
                   for p in ("--qprep-prepare=", "--qprep-report="))
config = prepare.split()[0].removeprefix("config=")
if config != prepare.split()[0]:
    prepare = pathlib.Path(config).read_text(encoding="utf-8") + " ".join(prepare.split()[1:])
if action == "crash":
    os.abort()
if action == "error":
    sys.exit("model.mlir:1:1: error: nothing to prepare here")
if action == "report":
    output = report.removeprefix("output=").removesuffix(" format=json")
    pathlib.Path(output).write_text(json.dumps({"version": 1, "options": prepare}), encoding="utf-8")
