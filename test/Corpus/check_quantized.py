#!/usr/bin/env python3
"""Quantizes float models on random data, runs the result, and compares it with the float model.

    check_quantized.py MODEL... --tool QUANT_PREP_OPT [--runner QUANT_PREP_RUN] [--optimizer MLIR_OPT]

* `--qprep-quantize` succeeds;
* the result verifies, and tosa-validate says nothing of it that it does not say of the float model,
  with the profiles pro_int and pro_fp (codes are made of floats where it begins, and floats of
  codes where it ends) and static shapes;
* it runs, and its results have a signal-to-noise ratio of 15 dB or more, of 10 dB where the model is a
  transformer; nothing else is passed over: NaN is noise;
* each unit that is not integer has a reason in the report;
* a unit that is quantized is integer, but for norms and embeddings (`reference` in MODELS says how many
  others are not, and is exact).

Weights that a model has not (elided, or all elements equal) are made by a seeded generator, as is
the data.
"""

import dataclasses
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

from command_line import make_parser

SEED = 20
SIGNATURE = re.compile(r"func\.func (private |public )?@([\w.$-]+)\((.*)\) *(?:->|attributes|\{)")
ARGUMENT = re.compile(r"%\w+: (tensor<[^<>]*>|[^,<>{}]+)")
WEIGHT = re.compile(r"dense(?:_resource<__elided__>|<(-?\d[-+0-9.eE]*)>) : tensor<((?:\d+x)*)(f32|f16|bf16)>")
NUMPY = {"f32": "<f4", "f16": "<f2", "f64": "<f8", "i64": "<i8", "i32": "<i4", "i1": "?"}


# Kinds that compute in float between codes, and the one whose weight alone is quantized.
REFERENCE_KINDS = {"layer_norm", "rms_norm", "group_norm", "instance_norm", "embedding"}


class Failure(Exception):
    pass


@dataclasses.dataclass(frozen=True)
class Model:
    """What is known of a model of the corpus."""
    transformer: bool = False
    # Function to run; empty for the only public one.
    entry: str = ""
    # Samples; the big ones take gigabytes and minutes.
    runs: int = 4
    # Units that are quantized and keep a float form.
    reference: int = 0
    # Indices are below this.
    indices: int = 10
    # Sizes, and numbers that follow from them, as (regular expression, text) of what it is made smaller by; one after the other.
    sizes: tuple = ()


# Those that are not here are convolutional.
MODELS = {
    "buddy__bert": Model(transformer=True, indices=2, sizes=(
        ("768", "96"), ("7.680000e[+]02", "9.600000e+01"), ("3072", "384"), ("64", "8"), ("512", "64"),
        ("30522", "1000"))),
    "buddy__transformer_block": Model(transformer=True, sizes=(
        ("1536", "192"), ("1.536000e[+]03", "1.920000e+02"), ("128", "16"), ("256", "32"), ("8960", "1120"))),
    "buddy__vgg": Model(entry="forward", runs=2),
    "graphcompiler__llama2_mlp": Model(transformer=True, sizes=(
        ("4096", "256"), ("4.096000e[+]03", "2.560000e+02"), ("11008", "688"))),
    "graphcompiler__mlp": Model(entry="test"),
    "heir__softmax_3d": Model(transformer=True),
    # What five private functions choose is not quantized where it is returned.
    "imex__jax_net_loss": Model(entry="callee", reference=5),
    "imex__plaidml_dot_f16": Model(entry="test"),
    "imex__plaidml_mnist_cnn": Model(entry="test", sizes=(
        ("224", "28"), ("226", "30"), ("112", "14"), ("802816", "12544"))),
    "imex__resnet50": Model(entry="predict", runs=1),
    # Positions are integers, of which no observer sees anything: their product with frequencies is float.
    "llama_fork__subgraph": Model(transformer=True, reference=1, sizes=(
        ("4096", "512"), ("4.096000e[+]03", "5.120000e+02"), ("128", "16"), ("64", "8"), ("11008", "1376"),
        ("32000", "1000"))),
    "nelli__convnext_tiny": Model(runs=2),
    "tpp__mha_bert": Model(transformer=True),
    "tpp__mlp_bf16_10layers": Model(sizes=(("112", "8"), ("3584", "256"))),
}


def run(*arguments):
    done = subprocess.run([*map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"{' '.join(map(str, arguments))}: exit status {done.returncode}\n{done.stderr[-4000:]}")


def to_bytes(values, element):
    """Little-endian elements of the type."""
    if element == "bf16":
        return (values.astype("<f4").view("<u4") >> 16).astype("<u2")
    return values.astype(NUMPY[element])


def get_depth(shape):
    """How many products a result of a weight of this shape is the sum of, as far as the shape says it."""
    if len(shape) == 2:
        return max(shape)
    if len(shape) == 4 and shape[0] == shape[1] <= 11:  # HWCF, HWCM
        return shape[0] * shape[1] * (shape[2] if shape[3] > 1 else 1)
    return np.prod(shape) / (shape[0] if shape[0] > 1 else max(shape))


def make_weights(generator, shape):
    """As trained ones are: the result of a layer is about as large as its input."""
    count = int(np.prod(shape))
    if sum(size > 1 for size in shape) < 2:
        return generator.standard_normal(count) * 0.1 + 0.5
    return generator.standard_normal(count) * (1.4 / np.sqrt(get_depth(shape)))


def is_weight(shape, number):
    """Whether a constant whose elements are all this number stands for a matrix; others are numbers of a formula."""
    return number not in (0, 1) and sum(size > 1 for size in shape) >= 2 and shape[0] > 1


def fill_weights(text):
    """The module with elements for constants that have none, and for matrices that have but one."""
    generator = np.random.default_rng(SEED)

    def replace(match):
        shape = [int(size) for size in match.group(2).split("x")[:-1]]
        if "elided" not in match.group(0) and not is_weight(shape, float(match.group(1))):
            return match.group(0)
        data = to_bytes(make_weights(generator, shape), match.group(3)).tobytes().hex().upper()
        return f'dense<"0x{data}"> : tensor<{match.group(2)}{match.group(3)}>'

    return WEIGHT.sub(replace, text)


def find_arguments(text, entry):
    """Types of the arguments of a function, as (shape, element type)."""
    found = {name: arguments for visibility, name, arguments in SIGNATURE.findall(text)
             if name == entry or (not entry and visibility != "private ")}
    if len(found) != 1:
        raise Failure(f"functions {', '.join(found)}; name the one to run")
    types = []
    for argument in ARGUMENT.findall(*found.values()):
        *shape, element = argument.removeprefix("tensor<").removesuffix(">").split("x")
        types.append(([1 if size == "?" else int(size) for size in shape], element))
    return types


def make_inputs(types, runs, indices):
    """Data for each run. The largest arguments that differ in shape from the first are weights: as in all runs."""
    generator = np.random.default_rng(SEED + 1)
    arrays = {}
    for index, (shape, element) in enumerate(types):
        if element.startswith("i"):
            values = generator.integers(0, indices if element != "i1" else 2, [runs, *shape])
            arrays[str(index)] = values.astype(NUMPY[element])
            continue
        data = index == 0 or len(shape) > 1 and shape[0] == 1
        values = generator.standard_normal([runs, *shape]) if data else \
            np.broadcast_to(make_weights(generator, shape).reshape(shape), [runs, *shape])
        values = to_bytes(np.ascontiguousarray(values), element)
        arrays[str(index)] = values.view("V2") if element == "bf16" else values
    return arrays


def load_results(path):
    def to_float(array):
        if array.dtype.kind == "V":
            array = (array.view("<u2").astype("<u4") << 16).view("<f4")
        return array.astype(np.float64)
    with np.load(path) as arrays:
        return {name: to_float(arrays[name]) for name in arrays.files}


def get_sqnr(wanted, got):
    """In dB; infinite if they are equal."""
    noise = np.square(got - wanted).sum()
    if not np.isfinite(noise) or noise >= np.square(wanted).sum():
        return -np.inf if np.any(wanted != got) else np.inf
    return 10 * np.log10(np.square(wanted).sum() / noise) if noise else np.inf


def count_forms(report):
    """Units by form, and those that are quantized but not integer; each says why it is not."""
    forms, reference = {}, []
    for function in report["functions"]:
        for unit in function["units"]:
            form = unit["form"]
            forms[form] = forms.get(form, 0) + 1
            if form != "integer" and not unit["reason"]:
                raise Failure(f"{unit['label']} is {form} without a reason")
            if form == "reference" and unit["kind"] not in REFERENCE_KINDS:
                reference.append(f"{unit['label']}: {unit['reason']}")
    return forms, reference


def list_invalid(module, optimizer):
    """What tosa-validate says of a module."""
    done = subprocess.run([optimizer, str(module), "--tosa-attach-target=profiles=pro_int,pro_fp extensions=int16,bf16",
                           "--tosa-validate=strict-op-spec-alignment", "-o", "/dev/null"],
                          capture_output=True, text=True, check=False)
    errors = set(re.findall(r"error: (.*)", done.stderr))
    if done.returncode and not errors:
        raise Failure(f"{module}: tosa-validate fails\n{done.stderr[-4000:]}")
    return errors


def validate(source, integer, optimizer):
    """A module of static shapes is as valid as the float one."""
    if re.search(r"tensor<(\w+x)*\?", integer.read_text(encoding="utf-8")):
        return
    if new := list_invalid(integer, optimizer) - list_invalid(source, optimizer):
        raise Failure("tosa-validate says what it does not say of the float model:\n  " + "\n  ".join(sorted(new)))


def check(path, options, folder):
    name = path.name.split(".")[0]
    model = MODELS.get(name, Model())
    entry = options.entry or model.entry
    source, integer, inputs, report = (folder / f"{name}{end}" for end in (".mlir", ".int8.mlir", ".npz", ".json"))
    run(options.tool, path, "-o", source)
    text = source.read_text(encoding="utf-8")
    for old, new in model.sizes:
        text = re.sub(rf"(?<=[x<\[ ]){old}(?=[x>\],])", new, text)
    source.write_text(fill_weights(text), encoding="utf-8")
    arrays = make_inputs(find_arguments(source.read_text(encoding="utf-8"), entry), model.runs, model.indices)
    if arrays:
        np.savez(inputs, **arrays)
    entry_option = f" entry={entry}" if entry else ""
    inputs_option = f"inputs={inputs}" if arrays else ""
    run(options.tool, source, f"--qprep-quantize={inputs_option}{entry_option}",
        f"--qprep-report=output={report} format=json", "-o", integer)
    with open(report, encoding="utf-8") as stream:
        forms, reference = count_forms(json.load(stream))
    run(options.tool, integer, "-o", "/dev/null")
    validate(source, integer, options.optimizer)
    results = []
    for module in (source, integer):
        run(options.runner, module, *([f"--input={inputs}"] if arrays else []), f"--output={folder / 'results.npz'}",
            *([f"--entry={entry}"] if entry else []))
        results.append(load_results(folder / "results.npz"))
    ratios = [get_sqnr(values, results[1][key]) for key, values in results[0].items()]
    limit = 10 if model.transformer else 15
    print(f"{name}: {', '.join(f'{ratio:.1f} dB' for ratio in ratios)}, "
          + ", ".join(f"{count} {form}" for form, count in sorted(forms.items())), flush=True)
    if min(ratios) < limit:
        raise Failure(f"the signal-to-noise ratio is below {limit} dB")
    if len(reference) != model.reference:
        raise Failure(f"{len(reference)} quantized units are not integer, not {model.reference}:\n  "
                      + "\n  ".join(reference))


def main():
    parser = make_parser(__doc__, "models")
    parser.add_argument("--runner", default="quant-prep-run")
    parser.add_argument("--optimizer", default="mlir-opt-22")
    parser.add_argument("--entry", default="")
    parser.add_argument("--keep", type=pathlib.Path, help="leave the modules and reports in this folder")
    options, others = parser.parse_known_args()
    failed = 0
    for path in [options.models, *map(pathlib.Path, others)]:
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(path, options, options.keep or pathlib.Path(folder))
            except Failure as failure:
                print(f"{path}: {failure}", file=sys.stderr, flush=True)
                failed += 1
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
