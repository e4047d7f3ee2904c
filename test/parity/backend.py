"""Changes of a backend config, made to the text of a preset."""

import re

import torch_names

OBSERVATIONS = {"OUTPUT_USE_DIFFERENT_OBSERVER_AS_INPUT": "different",
                "OUTPUT_SHARE_OBSERVER_WITH_INPUT": "shared"}
# What PyTorch's entries say of modules and of its later stages.
IGNORED = {"pattern", "root_module", "qat_module", "reference_quantized_module", "fused_module",
           "fuser_method", "overwrite_output_fake_quantize"}
WILDCARD = "MatchAllNode"
_PATTERN = re.compile(r"^  qprep\.pattern (@\S+) .*?^  }\n", re.MULTILINE | re.DOTALL)
_BODY = re.compile(r"{\n(.*)^  }\n", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"@\S+ (?P<observation>\w+)(?P<weight> weight)?(?P<bias> bias)?"
                   r"(?P<unobserved> unobserved)? dtypes (?P<dtypes>\[.*?\])(?: output (?P<output>\S+))? {")


class UnknownChange(Exception):
    """A change that no pattern can say."""


def change(preset, changes, write_spec):
    """The text of the preset's backend with the changes made.

    `write_spec` spells an observer of PyTorch as a spec.
    """
    unknown = set(changes) - {"base", "drop", "edit", "add"}
    if unknown:
        raise UnknownChange(f"backend_config without a spelling: {', '.join(sorted(unknown))}")
    blocks = [match.group(0) for match in _PATTERN.finditer(preset)]
    head = preset[:preset.index(blocks[0])]
    tail = preset[preset.rindex(blocks[-1]) + len(blocks[-1]):]
    # The names of values in a body are those that _body gives.
    index = {_BODY.search(block).group(1): block for block in blocks}
    # Several of PyTorch's names may be one kind: what is dropped once more is gone.
    known = set(index)
    for pattern in _of_functions(changes.get("drop", [])):
        index.pop(_known_body(pattern, known), None)
    for pattern, entry in _of_functions(changes.get("edit", []), lambda change: change[0]):
        body = _known_body(pattern, known)
        if body in index:
            index[body] = _change(index[body], body, entry, write_spec)
    for entry in _of_functions(changes.get("add", []), lambda entry: entry["pattern"]):
        body = _body(entry["pattern"])
        start = f"@{_name(entry['pattern'])} different dtypes [] {{"
        index[body] = _change(start, body, entry, write_spec)
    return head + "".join(index.values()) + tail


def name_of(preset):
    """The symbol of the backend in the text."""
    return re.search(r"qprep\.backend @(\w+)", preset).group(1)


def _of_functions(changes, pattern_of=lambda change: change):
    """Those whose patterns are of functions and methods; the models have no modules."""
    return [change for change in changes
            if not any(_kind(name) != WILDCARD and name.split(".")[-1][0].isupper()
                       for name in _flat(pattern_of(change)))]


def _flat(pattern):
    return [part for item in pattern for part in _flat(item)] if isinstance(pattern, list) \
        else [pattern]


def _kind(name):
    return WILDCARD if name.split(".")[-1] == WILDCARD else torch_names.kind(name)


def _name(pattern):
    return "_".join(_kind(name) for name in _flat(pattern)).replace(WILDCARD, "any")


def _known_body(pattern, known):
    body = _body(pattern)
    if body not in known:
        raise UnknownChange(f"the backend has no pattern @{_name(pattern)}")
    return body


def _body(pattern):
    """A pattern is a name, or the last operation and then the patterns of its operands."""
    lines = []

    def visit(part):
        name, *operands = part if isinstance(part, list) else [part]
        values = [visit(operand) for operand in operands]
        text = "qprep.operand input" if _kind(name) == WILDCARD else f"qprep.node {_kind(name)}"
        lines.append(f"    %{len(lines)} = {text}" + (f"({', '.join(values)})" if values else ""))
        return f"%{len(lines) - 1}"

    visit(pattern)
    return "\n".join(lines) + "\n"


def _change(block, body, entry, write_spec):
    """The pattern of `block` with the fields that an entry has."""
    found = _HEAD.search(block)
    fields = found.groupdict()
    for key, value in entry.items():
        if key == "observation_type":
            fields["observation"] = OBSERVATIONS[value]
        elif key == "num_tensor_args_to_observation_type":
            fields["observation"] = _by_operands(value) if value else fields["observation"]
        elif key == "dtype_configs":
            fields["dtypes"] = f"[{', '.join(_dtypes(config) for config in value)}]"
        elif key == "input_type_to_index":
            fields["weight"], fields["bias"] = "weight" in value, "bias" in value
        elif key == "input_output_observed":
            fields["unobserved"] = value is False
        elif key == "overwrite_output_observer":
            fields["output"] = "#qprep.observer" + write_spec(value) if value else None
        elif key not in IGNORED:
            raise UnknownChange(f"backend_config entry without a spelling: {key}")
    name = found.group(0).split()[0]
    flags = "".join(f" {flag}" for flag in ("weight", "bias", "unobserved") if fields[flag])
    output = f" output {fields['output']}" if fields["output"] else ""
    return (f"  qprep.pattern {name} {fields['observation']}{flags} dtypes {fields['dtypes']}"
            f"{output} {{\n{body}  }}\n")


def _by_operands(types):
    kinds = {int(number): OBSERVATIONS[value] for number, value in types.items()}
    if kinds.get(1) == "shared" and kinds.get(2) == "different":
        return "by_operands"
    if len(set(kinds.values())) == 1:
        return kinds.popitem()[1]
    raise UnknownChange(f"observation types by number of operands without a spelling: {types}")


def _dtypes(config):
    """One dtype config: names of dtypes, or dictionaries with constraints."""
    fields = [f"{role} = {_dtype(config[role])}" for role in ("input", "output", "weight", "bias")
              if config.get(role) and config[role] != {"dtype": None}]
    if config.get("is_dynamic") or config.get("dynamic"):
        fields.append("dynamic = true")
    known = {"input", "output", "weight", "bias", "is_dynamic", "dynamic"}
    if set(config) - known:
        raise UnknownChange(f"dtype config without a spelling: {sorted(set(config) - known)}")
    return f"#qprep.dtypes<{', '.join(fields)}>"


_CONSTRAINTS = {"quant_min_lower_bound": "quant_min", "quant_max_upper_bound": "quant_max",
                "scale_min_lower_bound": "scale_min", "scale_exact_match": "scale",
                "zero_point_exact_match": "zero_point"}


def _dtype(dtype):
    if isinstance(dtype, str):
        dtype = {"dtype": dtype}
    constraints = {key: value for key, value in dtype.items()
                   if key != "dtype" and value is not None}
    unknown = set(constraints) - set(_CONSTRAINTS)
    if unknown:
        raise UnknownChange(f"constraint without a spelling: {', '.join(sorted(unknown))}")
    parts = [torch_names.DTYPES[dtype["dtype"].split(".")[-1]]]
    parts += [f"{name} = {_number(key, constraints[key])}" for key, name in _CONSTRAINTS.items()
              if key in constraints]
    return f"<{', '.join(parts)}>"


def _number(key, value):
    return f"{float(value):.17e}" if key.startswith("scale") else str(value)
