"""Compares the presets with what PyTorch has, as dumped in JSON.

  compare_presets.py QUANT_PREP_OPT PRESETS_FOLDER

Reads the dumps from $QUANTPREP_SHARED/facts. Every preset is resolved by
qprep-attach-config on an empty module and its text taken apart. Prints each
difference; exit code 1 if there is one.
"""

import json
import os
import re
import subprocess
import sys

FN = "torch.nn.functional."

# PyTorch's functions and methods, by the kind of unit that they are.
KINDS = {
    "add": ["operator.add", "torch.add"],
    "mul": ["operator.mul", "torch.mul"],
    "matmul": ["torch.matmul"],
    "cat": ["torch.cat"],
    "relu": [FN + "relu", "torch.relu", "method:relu", "method:relu_"],
    "sigmoid": ["torch.sigmoid", "method:sigmoid", "method:sigmoid_"],
    "tanh": ["torch.tanh", "method:tanh", "method:tanh_"],
    "hardsigmoid": [FN + "hardsigmoid", "method:hardsigmoid", "method:hardsigmoid_"],
    "clamp": [FN + "hardtanh", FN + "hardtanh_", "torch.clamp", "method:clamp"],
    "mean": ["torch.mean", "method:mean"],
    "reshape": ["torch.flatten", "torch.squeeze", "torch.unsqueeze", "method:reshape",
                "method:squeeze", "method:squeeze_", "method:unsqueeze",
                "method:unsqueeze_", "method:view"],
    "transpose": ["torch.transpose", "method:permute", "method:transpose"],
    "repeat": ["torch.repeat_interleave", "method:repeat", "method:repeat_interleave"],
    "identity": ["method:contiguous", "method:detach", "method:detach_"],
}
for same in ["conv1d", "conv2d", "conv3d", "linear", "elu", "hardswish", "leaky_relu",
             "group_norm", "instance_norm", "layer_norm", "interpolate", "relu6"]:
    KINDS[same] = [FN + same]
for n in "123":
    KINDS[f"max_pool{n}d"] = [FN + f"max_pool{n}d"]
    KINDS[f"avg_pool{n}d"] = [FN + f"avg_pool{n}d", FN + f"adaptive_avg_pool{n}d"]
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}

# No units, or (dropout, stack, addmm) units of a kind that another entry has.
NO_ENTRY = {FN + "dropout", "torch.stack", "torch.addmm", "operator.floordiv",
            "method:shape", "method:size", "method:resize_"}

MAPPED = {FN + k: k for k in ["conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
                              "layer_norm", "hardsigmoid"]}
MAPPED.update({"torch.sigmoid": "sigmoid", "torch.tanh": "tanh", "torch.nn.Softmax": "softmax"})

QCONFIGS = {"dynamic-int8": "default_dynamic_qconfig",
            "dynamic-int8-per-channel": "per_channel_dynamic_qconfig",
            "dynamic-f16": "float16_dynamic_qconfig",
            "static-f16": "float16_static_qconfig",
            "weight-only": "float_qparams_weight_only_qconfig",
            "weight-only-4bit": "float_qparams_weight_only_qconfig_4bit",
            "equalization": "default_equalization_qconfig"}

TYPES = {"ui8": "u8", "i8": "i8", "ui4": "u4x2", "f16": "f16", "f32": "f32"}


RANGES = {"u8": (0, 255), "i8": (-128, 127), "u4x2": (0, 15)}


def with_defaults(spec):
    """What is left out of a printed spec is what PyTorch's observers have by themselves."""
    defaults = {}
    if "scheme" in spec:
        low, high = RANGES[spec["dtype"]]
        half = spec.get("reduce_range", False)
        defaults.update(quant_min=low // 2 if half else low, quant_max=high // 2 if half else high)
        if spec["kind"] != "fixed_qparams":
            defaults["eps"] = 2.0**-23
    if spec["kind"].startswith("moving_average"):
        defaults["averaging_constant"] = 0.01
    if spec["kind"] == "histogram":
        defaults.update(bins=2048, upsample_rate=128)
    return {**defaults, **spec}


def parse(text):
    """`kind, dtype, scheme, field = value, ...` as a dictionary."""
    result = {}
    for i, part in enumerate(text.split(", ")):
        name, equals, value = part.partition(" = ")
        if equals:
            result[name] = True if value == "true" else float(value)
        else:
            result[["kind", "dtype", "scheme"][i]] = TYPES.get(name, name)
    return result if "type" in result else with_defaults(result) if "kind" in result else result


def expected_observer(dump):
    instance = dump["instance"]
    return {k: v for k, v in {**instance, **instance["extra"]}.items()
            if v is not None and v is not False
            and k not in ("extra", "torch_class", "torch_dtype", "fused")}


def expected_qconfig(dump):
    activation = dump.get("activation") or dump["input_activation"]
    return [expected_observer(activation), expected_observer(dump["weight"])]


def resolve(tool, option):
    return subprocess.run([tool, "/dev/null", "--qprep-attach-config=" + option],
                          check=True, capture_output=True, text=True).stdout


def load_mapping(tool, name, folder):
    """The global qconfig, and the qconfig of each kind with one of its own."""
    # A configuration is what equalizes; it is no qconfig to quantize with.
    text = resolve(tool, f"config={folder}/qconfig/{name}.mlir" if name == "equalization"
                   else "qconfig=" + name)
    qconfigs = {symbol: [parse(activation), parse(weight)] for symbol, activation, weight in re.findall(
        r"qprep\.qconfig (@\S+) <activation = <(.*?)>, weight = <(.*?)>>", text)}
    qconfigs["none"] = None
    kinds = {k: qconfigs[q] for k, q in re.findall(r'qprep\.assign kind "(\w+)" (\S+)', text)}
    return qconfigs[re.search(r"qprep\.assign (?:equalization )?global (\S+)", text).group(1)], kinds


def load_dtypes(text):
    config = {"dynamic": "dynamic = true" in text}
    for role, dtype in re.findall(r"(\w+) = <(.*?)>", text):
        config[role] = parse(dtype)
        config[role]["dtype"] = config[role].pop("kind")
    return config


def load_backend(tool, name):
    """A dictionary from kinds, last unit first, to what is supported, in order."""
    text = resolve(tool, "backend=" + name)
    entries = {}
    for head, body in re.findall(r"qprep\.pattern (.*) \{\n((?:\s+%.*\n)*)", text):
        match = re.fullmatch(r'@\S+ (\w+)( weight)?( bias)? dtypes \[(.*?)\](?: output <(.*)>)?', head)
        observation, weight, bias, dtypes, output = match.groups()
        kinds = re.findall(r"qprep\.node (\w+)", body)[::-1]
        entries[tuple(kinds)] = {
            "observation": observation, "weight": bool(weight), "bias": bool(bias),
            "dtypes": [load_dtypes(t) for t in dtypes.split("#qprep.dtypes")[1:]],
            "output": parse(output) if output else None}
    return entries


def expected_dtypes(dump):
    names = {"quant_min_lower_bound": "quant_min", "quant_max_upper_bound": "quant_max",
             "scale_min_lower_bound": "scale_min"}
    config = {"dynamic": bool(dump["is_dynamic"])}
    for role in ["input", "output", "weight", "bias"]:
        if dump[role].get("dtype"):
            config[role] = {names.get(k, k): v for k, v in dump[role].items() if v is not None}
    return config


def expected_backend(dump):
    entries = {}
    for entry in sorted(dump, key=lambda e: e["order"]):
        names = entry["pattern"] if isinstance(entry["pattern"], list) else [entry["pattern"]]
        if any(not isinstance(n, str) or n.startswith("torch.nn.") and not n.startswith(FN)
               or n.startswith("torch.ao.") or n in NO_ENTRY for n in names):
            continue
        roles = entry["input_type_to_index"] or {}
        observation = ("shared" if entry["observation_type"] == "OUTPUT_SHARE_OBSERVER_WITH_INPUT"
                       else "different")
        if entry["num_tensor_args_to_observation_type"]:
            observation = "by_operands"
        output = entry["overwrite_output_observer"]
        entries.setdefault(tuple(KIND_OF[n] for n in names), []).append({
            "observation": observation, "weight": "weight" in roles, "bias": "bias" in roles,
            "dtypes": [expected_dtypes(d) for d in entry["dtype_configs"]],
            "output": expected_observer(output) if output else None})
    return entries


def compare_mapping(tool, name, folder, facts, mappings):
    found, kinds = load_mapping(tool, name, folder)
    if name in QCONFIGS:
        wanted = expected_qconfig(facts[QCONFIGS[name]])
        ours = {k for k, q in kinds.items() if q is not None}
        return [f"{name}: entry for {k}" for k in ours] + ([] if found == wanted else [
            f"{name}: {found}, wanted {wanted}"])
    base = name.replace("-qat", "")
    dump = mappings[("qat:" if name.endswith("-qat") else "ptq:") + base]
    wanted = expected_qconfig(dump["global"])
    differences = [] if found == wanted else [f"{name}: {found}, wanted {wanted}"]
    for entry in dump["object_type"]:
        qconfig = expected_qconfig(entry["qconfig"])
        kind = MAPPED.get(entry["type"]) or entry["type"].replace(FN, "")
        if entry["type"] not in MAPPED and not entry["type"].startswith(FN):
            continue
        if kinds.get(kind, found) != qconfig:
            differences.append(f"{name}: {kind} has {kinds.get(kind)}, wanted {qconfig}")
    return differences


def compare_backend(tool, name, dump):
    found, wanted = load_backend(tool, name), expected_backend(dump)
    differences = [f"{name}: {kinds} has {found.get(kinds)}, wanted {entry}"
                   for kinds, entries in wanted.items() for entry in entries
                   if found.get(kinds) != entry]
    if list(found) != list(wanted):
        differences.append(f"{name}: order {list(found)}, wanted {list(wanted)}")
    return differences


def main(tool, folder):
    facts = os.path.join(os.environ["QUANTPREP_SHARED"], "facts")
    load = lambda name: json.load(open(os.path.join(facts, name)))
    names = lambda kind: sorted(f[:-5] for f in os.listdir(os.path.join(folder, kind)))
    backends = {"native": load("backend_config_native.json"), **load("backend_configs_other.json")}
    qconfigs, mappings = load("qconfigs.json"), load("qconfig_mappings.json")
    # PyTorch 1.13 cannot build executorch's: the function never returns.
    # Those of tosa are no presets of PyTorch.
    compared = [n for n in names("backend") if n not in ("executorch", "torchscript", "tosa")]
    mapped = [n for n in names("qconfig") if not n.startswith("tosa")]
    differences = [d for n in mapped
                   for d in compare_mapping(tool, n, folder, qconfigs, mappings)]
    differences += [d for n in compared for d in compare_backend(tool, n, backends[n])]
    for difference in differences:
        print(difference)
    if not differences:
        print(f"{len(mapped)} qconfig presets and {len(compared)} backend presets equal")
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
