"""Changes of a backend config, made to the text of the preset that they start from."""

import re

import torch_names

OBSERVATIONS = {"OUTPUT_USE_DIFFERENT_OBSERVER_AS_INPUT": "different",
                "OUTPUT_SHARE_OBSERVER_WITH_INPUT": "shared"}
BOUNDS = {"quant_min_lower_bound": "quant_min", "quant_max_upper_bound": "quant_max",
          "scale_min_lower_bound": "scale_min", "scale_exact_match": "scale",
          "zero_point_exact_match": "zero_point"}
WILDCARD = "torch.ao.quantization.utils.MatchAllNode"
PATTERN = r"  qprep\.pattern @{name} [^\n]*\{{\n.*?\n  \}}\n"


class UnknownChange(Exception):
    """A change that no pattern can say."""


def change(preset, changes):
    """The text of the preset's backend with the changes made."""
    unknown = set(changes) - {"base", "drop", "edit", "add"}
    if unknown:
        raise UnknownChange(f"backend_config without a spelling: {', '.join(sorted(unknown))}")
    text = preset
    for pattern in changes.get("drop", []):
        text = _replace(text, pattern, lambda found: "")
    for pattern, fields in changes.get("edit", []):
        text = _replace(text, pattern, lambda found, fields=fields: _edit(found, fields))
    added = "".join(_pattern(entry) for entry in changes.get("add", []))
    end = text.rindex("}")
    return text[:end] + added + text[end:]


def name_of(preset):
    """The symbol of the backend in the text."""
    return re.search(r"qprep\.backend @(\w+)", preset).group(1)


def _kinds(pattern):
    """The kinds of a pattern, last first."""
    if isinstance(pattern, str):
        return ["any" if pattern == WILDCARD else torch_names.kind(pattern)]
    return [kind for part in pattern for kind in _kinds(part)]


def _replace(text, pattern, function):
    name = "_".join(_kinds(pattern))
    result, count = re.subn(PATTERN.format(name=name), lambda match: function(match.group()),
                            text, flags=re.DOTALL)
    if count != 1:
        raise UnknownChange(f"the backend has {count} patterns @{name}")
    return result


def _edit(found, fields):
    unknown = set(fields) - {"observation_type", "dtype_configs"}
    if unknown:
        raise UnknownChange(f"no spelling for a change of {', '.join(sorted(unknown))}")
    if "observation_type" in fields:
        found = re.sub(r"(@\w+) \w+", rf"\1 {OBSERVATIONS[fields['observation_type']]}", found, 1)
    if "dtype_configs" in fields:
        found = re.sub(r"dtypes \[[^\n]*?\]", f"dtypes {_configs(fields['dtype_configs'])}", found, 1)
    return found


def _pattern(entry):
    lines = []
    _nodes(entry["pattern"], lines)
    head = (f"  qprep.pattern @{'_'.join(_kinds(entry['pattern']))} "
            f"{OBSERVATIONS[entry['observation_type']]} "
            f"dtypes {_configs(entry['dtype_configs'])} {{\n")
    return head + "".join(f"    {line}\n" for line in lines) + "  }\n"


def _nodes(pattern, lines):
    """Writes the nodes of a pattern; the value of its last one."""
    if pattern == WILDCARD:
        text = "qprep.operand input"
    elif isinstance(pattern, str):
        text = f"qprep.node {torch_names.kind(pattern)}"
    else:
        operands = [_nodes(part, lines) for part in pattern[1:]]
        text = f"qprep.node {torch_names.kind(pattern[0])}({', '.join(operands)})"
    lines.append(f"%{len(lines)} = {text}")
    return f"%{len(lines) - 1}"


def _configs(configs):
    return f"[{', '.join(_config(config) for config in configs)}]"


def _config(config):
    parts = [f"{role} = {_dtype(config[role])}"
             for role in ("input", "output", "weight", "bias") if config.get(role)]
    if config.get("is_dynamic"):
        parts.append("dynamic = true")
    return f"#qprep.dtypes<{', '.join(parts)}>"


def _dtype(dtype):
    if isinstance(dtype, str):
        return f"<{torch_names.DTYPES[dtype]}>"
    bounds = [f"{BOUNDS[key]} = {torch_names.literal(value)}"
              for key, value in dtype.items() if key != "dtype"]
    return f"<{', '.join([torch_names.DTYPES[dtype['dtype']]] + bounds)}>"
