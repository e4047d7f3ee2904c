"""Settings of a parity case, as options and a configuration file of qprep-prepare."""

import backend
import torch_names

PLAIN_BASES = {"default:fbgemm": "fbgemm", "default:qnnpack": "qnnpack"}
SAID = {"model", "about", "mode", "mapping", "covered_nodes", "unreachable"}


class Untranslatable(Exception):
    """Settings that cannot be said in a configuration."""


def is_plain(settings):
    """Whether all that is set is a default mapping that is an option."""
    mapping = settings.get("mapping", {})
    return (settings.get("mode", "ptq") == "ptq" and set(settings) <= SAID
            and set(mapping) <= {"base"} and mapping.get("base") in PLAIN_BASES)


def to_options(settings, folder, print_preset):
    """The options of qprep-prepare; writes a configuration into folder if one is needed.

    print_preset(name) is the text of a preset of a backend.
    """
    if is_plain(settings):
        return f"qconfig={PLAIN_BASES[settings['mapping']['base']]}"
    path = folder / "config.mlir"
    path.write_text(to_config(settings, print_preset), encoding="utf-8")
    options = [f"config={path}"]
    if settings.get("mode") == "qat":
        options.append("qat=true")
    return " ".join(options)


def to_config(settings, print_preset):
    """The text of a configuration file."""
    unknown = set(settings) - SAID - {"backend_config", "equalization", "input_quantized_indexes",
                                      "output_quantized_indexes"}
    if unknown:
        raise Untranslatable(f"settings without a spelling: {', '.join(sorted(unknown))}")
    qconfigs = _QConfigs()
    assigns = _assigns(settings, "mapping", "qprep.assign", qconfigs)
    assigns += _assigns(settings, "equalization", "qprep.assign equalization", qconfigs)
    attributes = []
    for key, name in (("input_quantized_indexes", "inputs_quantized"),
                      ("output_quantized_indexes", "outputs_quantized")):
        if settings.get(key):
            attributes.append(f"{name} = array<i64: {', '.join(map(str, settings[key]))}>")
    beside, name = _backend(settings, print_preset)
    head = f"{beside}qprep.config @config backend {name}"
    if attributes:
        head += f" attributes {{{', '.join(attributes)}}}"
    lines = [f"  {line}" for line in qconfigs.lines() + assigns]
    return "\n".join([head + " {"] + lines + ["}", ""])


def _backend(settings, print_preset):
    """What stands beside the configuration, and the backend that it names."""
    config = settings.get("backend_config") or {}
    base = config.get("base", "native")
    if not set(config) - {"base"}:
        return "", f'"{base}"'
    try:
        text = backend.change(print_preset(base), config,
                              lambda observer: to_spec(_observer(observer)))
    except backend.UnknownChange as error:
        raise Untranslatable(str(error)) from None
    return text, "@" + backend.name_of(text)


class _QConfigs:
    """The qconfigs of a configuration, each defined once."""

    def __init__(self):
        self._symbols = {}

    def lines(self):
        return [f"qprep.qconfig @{symbol} {text}" for text, symbol in self._symbols.items()]

    def reference(self, qconfig):
        if qconfig is None:
            return "none"
        text = _qconfig(qconfig)
        return "@" + self._symbols.setdefault(text, f"qconfig_{len(self._symbols)}")


def _assigns(settings, part, start, qconfigs):
    """The levels of a mapping, weakest first; a later entry replaces an equal one."""
    mapping = settings.get(part) or {}
    lines = []

    def assign(target, qconfig):
        lines.append(f"{start} {target} {qconfigs.reference(qconfig)}")

    base = mapping.get("base", "empty")
    if base.startswith("default_qat:"):
        lines.append(f'{start} global "{base.split(":")[1]}-qat"')
    elif base.startswith("default:"):
        lines.append(f'{start} global "{base.split(":")[1]}"')
    elif base != "empty":
        raise Untranslatable(f"unknown base of a mapping: {base}")
    if "global" in mapping:
        assign("global", mapping["global"])
    for name, qconfig in mapping.get("object_type", []):
        if torch_names.is_no_unit(name):
            continue
        assign(f'kind "{torch_names.kind(name)}"', qconfig)
    matched = set()  # the first regex that matches a node wins
    for pattern, qconfig in mapping.get("module_name_regex", []):
        for node in _covered(settings, part, "module_name_regex", pattern):
            if node in matched:
                continue
            matched.add(node)
            assign(f'name_regex "{node}$"', qconfig)
    # Deeper paths are nearer, and the order of units goes before their names.
    named = sorted(mapping.get("module_name", []), key=lambda entry: entry[0].count("."))
    entries = [("module_name", path, qconfig) for path, qconfig in named]
    entries += [("module_name_object_type_order", list(key), qconfig)
                for *key, qconfig in mapping.get("module_name_object_type_order", [])]
    for level, key, qconfig in entries:
        for node in _covered(settings, part, level, key):
            assign(f'name "{node}"', qconfig)
    return lines


def _covered(settings, part, level, key):
    """The nodes that an entry covers: module paths do not appear in the models."""
    for entry in settings.get("covered_nodes", []):
        if entry["part"] == part and entry["kind"] == level and entry["key"] == key:
            return entry["nodes"]
    raise Untranslatable(f"covered_nodes has no entry for {level} {key!r} of {part}")


def _qconfig(qconfig):
    """Q of a mapping as the text of a #qprep.qconfig."""
    if isinstance(qconfig, str):
        name = qconfig
        if name.startswith("default_qat:"):
            name = ":".join(name.split(":")[:2])  # versions differ in speed only
        if name not in torch_names.QCONFIGS:
            raise Untranslatable(f"unknown qconfig {qconfig}")
        activation, weight = torch_names.QCONFIGS[name]
    else:
        activation, weight = (_observer(qconfig[role]) for role in ("activation", "weight"))
    # Half a qconfig is written as such: it is an error there as it is here (F1).
    halves = [("activation", activation), ("weight", weight)]
    return f"<{', '.join(f'{role} = {to_spec(spec)}' for role, spec in halves if spec)}>"


def _observer(observer):
    """O of a qconfig as a dictionary of fields; None if there is none."""
    if observer is None:
        return None
    name = observer if isinstance(observer, str) else observer["observer"]
    if name not in torch_names.OBSERVERS:
        raise Untranslatable(f"unknown observer {name}")
    fields = dict(torch_names.OBSERVERS[name])
    changes = {} if isinstance(observer, str) else dict(observer.get("args", {}))
    inside = changes.pop("observer", None)  # of a fake quantize
    if inside is not None:
        if inside not in torch_names.CLASSES or not fields.get("fake_quant"):
            raise Untranslatable(f"unknown observer {inside} of {name}")
        fields = {**torch_names.CLASSES[inside], "fake_quant": True}
    for key, value in changes.items():
        if key in ("dtype", "compute_dtype"):
            fields["dtype"] = torch_names.DTYPES[value.split(".")[-1]]
            if key == "compute_dtype":
                fields["dynamic"] = True
        elif key in ("qscheme", "ch_axis"):
            field = {"qscheme": "scheme", "ch_axis": "axis"}[key]
            fields[field] = value.split(".")[-1] if key == "qscheme" else value
        elif key in torch_names.FIELDS:
            fields[key] = value
        else:
            raise Untranslatable(f"unknown argument {key} of observer {name}")
    if (fields.get("reduce_range") and {"quant_min", "quant_max"} <= set(changes)
            and (fields["quant_min"], fields["quant_max"]) == _range(fields)):
        # Halved there, whatever they are; here the default ones are halved already.
        fields["quant_min"] //= 2
        fields["quant_max"] //= 2
        fields["reduce_range"] = False
    return fields


def _range(fields):
    """quant_min and quant_max, which an observer with a scheme always has."""
    bits = int(fields["dtype"].lstrip("ui")) - bool(fields.get("reduce_range"))
    if fields["dtype"].startswith("u"):
        return 0, 2**bits - 1
    return -(2**(bits - 1)), 2**(bits - 1) - 1


def to_spec(fields):
    """<kind, dtype, scheme, field = value, ...>"""
    fields = {key: value for key, value in fields.items() if value is not None}
    if "scheme" in fields and not {"quant_min", "quant_max"} <= set(fields):
        fields["quant_min"], fields["quant_max"] = _range(fields)
    parts = [fields["kind"], fields["dtype"]]
    if "scheme" in fields:
        parts.append(fields["scheme"])
    for key in torch_names.FIELDS:
        value = fields.get(key)
        if value is None or value is False:
            continue
        parts.append(f"{key} = {torch_names.literal(value)}")
    return f"<{', '.join(parts)}>"
