"""Stages behind preparation: PyTorch's own scales and zero points are imported, the model
is converted, run on the case's inputs, and compared with PyTorch's results."""

import json
import os
import pathlib
import subprocess
import sys

import rounding

TIMEOUT = 600  # seconds for one command
STAGES = ("reference", "integer")
BY_ROUNDING = "equal by the roundings of the integer form"


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


def prepare(case, model, prepare_options, options, folder):
    """The prepared module, and the file of PyTorch's own scales and zero points."""
    tool, scripts = options.tool, pathlib.Path(options.scripts)
    prepared, report = folder / "prepared.mlir", folder / "report.json"
    must(tool, model, f"--qprep-prepare={prepare_options}",
         f"--qprep-report=output={report} format=json", "--mlir-print-debuginfo", "-o", prepared)
    must(sys.executable, scripts / "compare_ranges.py", case / "expected.json", case / "ranges.json",
         report, "--mlir", model, "--write-qparams", folder / "qparams.json")
    return prepared


def convert(prepared, arguments, passes, options, output):
    """The converted module; `arguments` are those that are quantized outside."""
    text = prepared.read_text(encoding="utf-8")
    prepared.write_text(with_argument_qparams(text, arguments), encoding="utf-8")
    must(options.tool, prepared, f"--qprep-import-qparams=file={prepared.parent / 'qparams.json'}",
         "--qprep-convert", *passes, "-o", output)
    return output


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


def is_equal(ours, wanted, spec):
    """Whether two results are the same codes, or as near as float32 is."""
    import numpy  # only stages need it
    import compare_results
    import numerics
    ours, wanted = (compare_results.as_floats(array, spec).astype(numpy.float64) for array in (ours, wanted))
    if spec["scale"] is None:
        noise = numerics.sqnr(wanted, ours)
        return noise is None or noise >= compare_results.EXACT
    return bool((numpy.abs(ours - wanted) < spec["scale"] / 2).all())


def differs_by_rounding(case, prepare_options, options, folder):
    """Whether all that the integer form computes differently from PyTorch's reference is how it
    rounds biases and halves: the tosa model, computed independently by those roundings, has the
    same results, code by code, and by PyTorch's roundings it has PyTorch's results."""
    import numpy  # only stages need it
    inputs, torch = folder / "reference.npz", folder / "torch.npz"
    arguments = write_inputs(case, inputs, 0)
    prepared = prepare(case, case / "model.tosa.mlir", prepare_options, options, folder)
    reference = convert(prepared, arguments, [], options, folder / "reference.mlir")
    try:
        by_torch, by_integers = (
            rounding.compute(reference, inputs, options.tool, options.scripts, form)
            for form in ("torch", options.form))
    except (KeyError, ValueError):  # an op that is not known, say
        return False
    numpy.savez(torch, **by_torch)
    if run(sys.executable, f"{options.scripts}/compare_results.py", case / "results.npz", torch).returncode:
        return False
    results = json.loads((case / "results.json").read_text(encoding="utf-8"))
    with numpy.load(folder / "outputs.npz") as ours:
        return all(is_equal(ours[str(spec["index"])], by_integers[str(spec["index"])], spec)
                   for spec in results["outputs"])


def run_case(case, model, prepare_options, options, folder):
    """The comparison of one case, as a finished process."""
    scripts, outputs = pathlib.Path(options.scripts), folder / "outputs.npz"
    integer, inputs = options.stage == "integer", folder / "inputs.npz"
    arguments = write_inputs(case, inputs, 128 if integer else 0)
    prepared = prepare(case, model, prepare_options, options, folder)
    converted = convert(prepared, arguments,
                        ["--qprep-lower-to-integer" if integer else "--qprep-lower-quantize"], options,
                        folder / "converted.mlir")
    if integer and options.form == "tosa" and is_static(case):
        must(sys.executable, scripts / "run_tosa.py", converted, inputs, "-o", outputs)
    else:
        runner = os.path.join(os.path.dirname(os.path.abspath(options.tool)), "quant-prep-run")
        must(runner, converted, f"--input={inputs}", f"--output={outputs}")
    if not integer:
        show_unsigned(outputs)
    done = run(sys.executable, scripts / "compare_results.py", case / "results.npz", outputs)
    if done.returncode and integer and differs_by_rounding(case, prepare_options, options, folder):
        done.returncode, done.stdout = 0, f"{BY_ROUNDING}; {done.stdout.splitlines()[0].split('FAILS: ')[-1]}"
    return done
