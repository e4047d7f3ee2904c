"""Stages behind preparation: PyTorch's own scales and zero points are imported, the model
is converted, run on the case's inputs, and compared with PyTorch's results."""

import json
import os
import pathlib
import subprocess
import sys

TIMEOUT = 600  # seconds for one command
STAGES = ("reference", "integer")


class StageFailure(Exception):
    """A step that failed: nothing explains it."""


def run(*command):
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise StageFailure(f"no end after {TIMEOUT} s: {command[0]}") from None
    except OSError as error:
        raise StageFailure(f"{command[0]}: {error.strerror}") from None
    return done


def must(*command):
    done = run(*command)
    if done.returncode:
        raise StageFailure(f"{' '.join(map(str, command[:3]))} ...: "
                           f"{(done.stderr + done.stdout).strip()[-2000:]}")
    return done


def write_inputs(case, path, shift):
    """The inputs of the case; those that are quantized outside as integers, less `shift`."""
    import numpy  # only stages need it
    results = json.loads((case / "results.json").read_text(encoding="utf-8"))
    with numpy.load(case / "eval.npz") as stored:
        inputs = {name: stored[name] for name in stored.files}
    for argument in results["arguments"]:
        name = str(argument["index"])
        codes = numpy.rint(inputs[name] / numpy.float32(argument["scale"])) + argument["zero_point"]
        codes = codes.astype(numpy.int64) - shift
        inputs[name] = codes.astype(numpy.uint8).view(numpy.int8)
    numpy.savez(path, **inputs)
    return results["arguments"]


def with_argument_qparams(text, arguments):
    """The module with the grids of arguments that are quantized outside (qprep.qparams)."""
    for argument in arguments:
        start = text.index(f"%arg{argument['index']}: tensor<", text.index("func.func @forward("))
        end = text.index(">", start) + 1
        qparams = (f" {{qprep.qparams = #qprep.qparams<scale = [{argument['scale']!r}], "
                   f"zero_point = [{argument['zero_point']}]>}}")
        text = text[:end] + qparams + text[end:]
    return text


def convert(case, model, prepare_options, options, folder):
    """The converted module and its inputs."""
    tool, scripts = options.tool, pathlib.Path(options.scripts)
    prepared, report = folder / "prepared.mlir", folder / "report.json"
    must(tool, model, f"--qprep-prepare={prepare_options}",
         f"--qprep-report=output={report} format=json", "--mlir-print-debuginfo", "-o", prepared)
    must(sys.executable, scripts / "compare_ranges.py", case / "expected.json", case / "ranges.json",
         report, "--mlir", model, "--write-qparams", folder / "qparams.json")
    integer = options.stage == "integer"
    arguments = write_inputs(case, folder / "inputs.npz", 128 if integer else 0)
    text = prepared.read_text(encoding="utf-8")
    prepared.write_text(with_argument_qparams(text, arguments), encoding="utf-8")
    converted = folder / "converted.mlir"
    last = "--qprep-lower-to-integer" if integer else "--qprep-lower-quantize"
    must(tool, prepared, f"--qprep-import-qparams=file={folder / 'qparams.json'}", "--qprep-convert",
         last, "-o", converted)
    return converted


def show_unsigned(path):
    """Codes of u8 are stored as i8; the reference form does not shift them."""
    import numpy  # only stages need it
    with numpy.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    numpy.savez(path, **{name: array.view(numpy.uint8) if array.dtype == numpy.int8 else array
                         for name, array in arrays.items()})


def is_static(case):
    """Ranges that the program computes are no tosa ops: run_tosa.py has none for them."""
    results = json.loads((case / "results.json").read_text(encoding="utf-8"))
    return results["group"] != "dynamic"


def run_case(case, model, prepare_options, options, folder):
    """The comparison of one case, as a finished process."""
    converted = convert(case, model, prepare_options, options, folder)
    scripts, outputs = pathlib.Path(options.scripts), folder / "outputs.npz"
    if options.stage == "integer" and options.form == "tosa" and is_static(case):
        must(sys.executable, scripts / "run_tosa.py", converted, folder / "inputs.npz", "-o", outputs)
    else:
        runner = os.path.join(os.path.dirname(os.path.abspath(options.tool)), "quant-prep-run")
        must(runner, converted, f"--input={folder / 'inputs.npz'}", f"--output={outputs}")
    if options.stage == "reference":
        show_unsigned(outputs)
    return run(sys.executable, scripts / "compare_results.py", case / "results.npz", outputs)
