#!/usr/bin/env python3
"""Checks how preparation takes the situations that people reported.

    check_cases.py FOLDER --tool QUANT_PREP_OPT --mlir-opt MLIR_OPT [--only FILE ...]

FOLDER has a folder `models` and a folder `reports` of modules. For each function the table
below has the units that must be found, and how many observations there are at most. A model
is prepared as it is, after the canonicalizer, and after the stock lowering to linalg with and
without the canonicalizer behind it; by graph and by value, as far as it makes sense. Whatever
was prepared is verified. Every difference is printed.
"""

import argparse
import collections
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile

LOWERING = ("func.func(tosa-optional-decompositions,tosa-to-linalg-named,tosa-to-linalg,"
            "tosa-to-arith,tosa-to-tensor)")
CANONICAL = "func.func(canonicalize,cse)"
FORMS = {"plain": [], "canonical": [CANONICAL], "linalg": [LOWERING],
         "linalg canonical": [LOWERING, CANONICAL]}
ALL = tuple(FORMS)
OWN = ("plain", "canonical")  # already linalg, or nothing to lower


@dataclasses.dataclass
class Case:
    """What is expected of the functions of a file: kinds, fused where written a<b."""

    units: dict
    forms: tuple = ALL
    placements: tuple = ("graph", "value")
    options: str = ""
    # Observations in all of the module, by placement; unset: any number.
    observations: dict = dataclasses.field(default_factory=dict)
    # Part of a message that must be there.
    message: str = ""
    # A unit: (kind, role) -> axes that the observer of the role has.
    axes: dict = dataclasses.field(default_factory=dict)
    # Kinds that may be there or not: what the lowering adds.
    beside: tuple = ()
    # What is not done yet, by form and placement: such a difference is expected, and must be there.
    missing: dict = dataclasses.field(default_factory=dict)


NORM = {"bn": ["batch_norm"]}
BOTH = ("graph", "value")
LINALG = ("linalg", "linalg canonical")
CASES = {
    "models/adaptive_avg_pool": Case({"pool": ["avg_pool2d"]}, OWN),
    "models/bn_mean_reshape": Case(NORM, observations={"graph": 0}),
    "models/bn_noop_cast": Case(NORM, observations={"graph": 0}),
    "models/bn_times_one": Case(NORM, observations={"graph": 0}),
    "models/body_of_two_units": Case({"add_relu": ["add"], "bias_relu": ["linear"]}, OWN,
                                     observations={"graph": 6}),
    "models/branches_disagree": Case({"cond": ["add", "sub"]}, OWN, ("graph",)),
    "models/embedding_spellings": Case({"plain": ["embedding"], "checked": ["embedding"],
                                        "leading_one": ["embedding"], "wrapped": ["embedding"],
                                        "computed": ["cos", "gather"]}, OWN,
                                       observations={"graph": 0}),
    "models/grouped_conv_weight_axis": Case({"conv": ["conv2d"]}, OWN,
                                            axes={("conv2d", "weight"): [[0, 1]]}),
    "models/hardswish_two_clamps": Case({"hardswish": ["hardswish"], "relu6": ["relu6"]}),
    "models/int4_group_linear": Case({"layer": ["reshape", "linear"]}, OWN),
    "models/layer_norm_broadcast_by_extract": Case({"layer_norm": ["layer_norm"]}, OWN),
    "models/layer_norm_explicit_broadcast": Case(
        dict.fromkeys(["works", "scale_broadcast_two_products", "scale_broadcast_standard",
                       "sum_through_tensors"], ["layer_norm"]), OWN),
    "models/linear_argument_weight": Case({"layer": ["linear", "tanh", "linear"]}),
    "models/rms_norm_spellings": Case(
        dict.fromkeys(["plain", "fpowi", "sum_of_quotients", "half", "half_cast_inside"],
                      ["rms_norm"]), OWN, beside=("cast",)),
    "models/silu_quotient": Case({"one_body": ["silu"], "ops": ["silu"]}, OWN),
    "models/softmax_dead_user": Case({"softmax": ["softmax"]}),
    "models/user_cluster_preempted": Case({"plain": ["tanh", "linear"], "reshaped": ["tanh", "linear"]},
                                          options="config=@mine", beside=("reshape",)),
    "models/value_entry_is_called": Case({"kernel": ["mul", "add"], "main": []}, ("plain",), ("value",),
                                         options="entry=kernel"),
    "models/weight_from_global": Case(dict.fromkeys(["global", "buffer", "constant"], ["conv2d"]),
                                       OWN, ("graph",)),
    "reports/r01-unranked-result": Case({"main": ["relu<conv2d"]}, ("plain",)),
    "reports/r02-dim-users": Case({"main": ["relu<linear"]}, OWN,
                                  observations={"graph": 3, "value": 3}),
    "reports/r02c-dynamic-batch-lowered": Case({"main": ["relu<linear"]},
                                               observations={"graph": 3, "value": 3}),
    "reports/r03-residual-as-init": Case({"main": ["linear", "linear", "linear"]}, OWN,
                                         observations={"graph": 7}),
    "reports/r04-embedding-axis": Case({"main": ["embedding"]}, ("plain", "canonical"), ("value",),
                                       options="qconfig=weight-only",
                                       axes={("embedding", "weight"): [1]}),
    "reports/r05-tied-embedding": Case({"main": ["embedding", "linear", "tanh", "linear"]},
                                       OWN,  # The lowering folds look-ups in a splat.
                                       axes={("linear", "weight"): [1, 2, 0]}),
    "reports/r06-dynamic-broadcast": Case({"main": ["add"]}, beside=("repeat",)),
    "reports/r06b-dynamic-broadcast-linalg": Case({"main": ["sub"]}, OWN, beside=("repeat",)),
    "reports/r07-if-skips-layer": Case({"main": ["linear"]}),
    "reports/r08-cast-behind-accumulator": Case(
        {"lin": ["relu<linear"], "lin_no_bias": ["relu<linear"]}, observations={"graph": 6}),
    "reports/r09-depthwise-multiplier": Case({"main": ["conv2d"]}, observations={"graph": 3},
                                             axes={("conv2d", "weight"): [[2, 3]]}),
    "reports/r10-qdq-model": Case({}, ("plain",), ("graph",)),
    "reports/r11-memref-weights": Case({"main": ["linear", "conv2d"]},
                                       observations={"graph": 6, "value": 6}),
    "reports/r12-conv3d-channels-first": Case({"main": ["relu<conv3d"]},
                                              observations={"graph": 3, "value": 3}),
    "reports/r13-misspelt-attribute": Case({}, ("plain",), ("graph",), options="config=@c",
                                           message="input_quantized"),
    "reports/r14-name-of-inner-op": Case({"main": ["linear"]}, ("plain",), ("graph",),
                                         options="config=@c", observations={"graph": 0}),
    "reports/r20-buffers": Case({}, ("plain",), message="warning"),
    "reports/r24-transposed-weight": Case({"main": ["relu<linear"]},
                                          observations={"graph": 3, "value": 3},
                                          axes={("linear", "weight"): [0, 2, 1]}),
}


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=False, timeout=120)


def kinds_of(function, beside):
    """The units of a function; those of a fusion are one."""
    found = []
    for unit in function["units"]:
        if unit["kind"] in beside:
            continue
        pattern = unit.get("pattern") or []
        if len(pattern) > 1:
            if unit["kind"] != pattern[0]:
                continue  # It is written with the last one.
            found.append("<".join(pattern))
        else:
            found.append(unit["kind"])
    return found


def axes_of(report, kind, role):
    """The axes of what units of a kind are observed along."""
    found = []
    for function in report["functions"]:
        observers = {observer["name"]: observer for observer in function["observers"]}
        for observation in function["observations"]:
            if observation["role"] == role:
                observer = observers.get(observation["observer"], {})
                found.append(observer.get("axes") or observer.get("axis"))
    return found


class Checker:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.differences, self.missing = [], []

    def prepare(self, model, form, placement, settings):
        tool = self.options.tool
        lowered = self.folder / "model.mlir"
        passes = f"--pass-pipeline=builtin.module({','.join(FORMS[form])})"
        done = run(tool, model, *([passes] if FORMS[form] else []), "--mlir-print-debuginfo",
                   "--allow-unregistered-dialect", "-o", lowered)
        if done.returncode:
            return None, f"cannot be brought into this form: {done.stderr[:200]}"
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        done = run(tool, lowered, f"--qprep-prepare=placement={placement} {settings}",
                   "--qprep-verify-prepared", f"--qprep-report=output={report} format=json",
                   "--allow-unregistered-dialect", "-o", "/dev/null")
        if not report.exists():
            return {"error": f"exit status {done.returncode}"}, done.stderr
        result = json.loads(report.read_text(encoding="utf-8"))
        if done.returncode and "error" not in result:
            result = {"error": "after the report"}
        return result, done.stderr

    def check(self, name, case):
        model = pathlib.Path(self.options.folder) / f"{name}.mlir"
        for form in case.forms:
            for placement in case.placements:
                # By value, preparation begins with one function.
                entries = [f"entry={entry}" for entry in case.units]
                if placement == "graph" or len(entries) < 2:
                    entries = [""]
                found = [text for entry in entries
                         for text in self.check_one(model, form, placement, case, entry)]
                why = next((text for (forms, placements), text in case.missing.items()
                            if form in forms and placement in placements), None)
                where = f"{name} ({form}, {placement})"
                if why is None:
                    self.differences += [f"{where}: {text}" for text in found]
                elif found:
                    self.missing.append(f"{where}: {why}")
                else:
                    self.differences.append(f"{where}: this is as expected: {why}")

    def check_one(self, model, form, placement, case, entry):
        report, messages = self.prepare(model, form, placement, f"{case.options} {entry}")
        if case.message:
            if case.message not in messages:
                yield f"no message with '{case.message}'"
            return
        if report is None or "error" in report:
            yield f"fails: {messages.strip()[:300]}"
            return
        functions = {function["name"]: function for function in report["functions"]}
        for name, expected in case.units.items():
            found = kinds_of(functions.get(name, {"units": []}), case.beside)
            if collections.Counter(found) != collections.Counter(expected):
                yield f"@{name} has {', '.join(found)}; expected {', '.join(expected)}"
        count = sum(len(function["observations"]) for function in report["functions"])
        if placement in case.observations and count != case.observations[placement]:
            yield f"{count} observations; expected {case.observations[placement]}"
        for (kind, role), expected in case.axes.items():
            for axis in axes_of(report, kind, role):
                if axis not in expected:
                    yield f"the {role} of {kind} is observed along {axis}; expected {expected}"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--tool", required=True)
    parser.add_argument("--only", nargs="+", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(options, pathlib.Path(folder))
        for name, case in CASES.items():
            if not options.only or any(only in name for only in options.only):
                checker.check(name, case)
    print("\n".join(checker.missing + checker.differences))
    print(f"{len(CASES)} cases, {len(checker.missing)} not done, "
          f"{len(checker.differences)} differences")
    sys.exit(bool(checker.differences))


if __name__ == "__main__":
    main()
