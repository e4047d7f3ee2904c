"""Settings and models of a case of placement=value, as qprep-prepare takes them."""

import re

import settings as settings_module
from settings import Untranslatable

SAID = {"case", "shows", "method", "quant_type", "on_device", "inlined", "qconfig", "presets",
        "composite", "exact", "differs"}

# Fields that a kind and a dtype do not say; no case compares them.
FIELDS = {
    "minmax": {"scheme": "per_tensor_affine"},
    "histogram": {"scheme": "per_tensor_affine", "bins": 2048, "upsample_rate": 128},
    "per_channel_minmax": {"scheme": "per_channel_symmetric", "axis": 0},
    "placeholder": {},
}
DTYPES = {"u8": "ui8", "i8": "i8", "f16": "f16", "f32": "f32"}


def to_options(settings, folder):
    """The options of qprep-prepare; writes a configuration into folder."""
    unknown = set(settings) - SAID
    if unknown:
        raise Untranslatable(f"settings without a spelling: {', '.join(sorted(unknown))}")
    path = folder / "config.mlir"
    path.write_text(_to_config(settings), encoding="utf-8")
    options = [f"config={path}", "placement=value", f"mode={settings['quant_type']}",
               f"entry={settings['method']}"]
    if settings["on_device"]:
        options += ["on-device=true", "reset-functions=true"]
    return " ".join(options)


def to_model(text):
    """The model with the paths of its functions under our name for them."""
    return re.sub(r'\btorch\.module = "', 'qprep.module = "', text)


def _to_config(settings):
    names = {preset: f"preset_{index}" for index, preset in enumerate(settings["presets"])}
    lines = []
    for preset, symbol in names.items():
        spec = settings["presets"][preset]
        roles = ", ".join(f"{role} = {_spec(spec[role])}" for role in ("activation", "weight"))
        lines.append(f"qprep.qconfig @{symbol} <{roles}>")
    for path, preset in settings["qconfig"].items():
        target = f'name "{path}"' if path else "global"
        lines.append(f"qprep.assign {target} {'@' + names[preset] if preset else 'none'}")
    body = "".join(f"  {line}\n" for line in lines)
    return f"qprep.config @config {{\n{body}}}\n"


def _spec(observer):
    kind, dtype = observer["kind"], observer["dtype"]
    if kind not in FIELDS or dtype not in DTYPES:
        raise Untranslatable(f"unknown observer {kind} of {dtype}")
    fields = {"kind": kind, "dtype": DTYPES[dtype], **FIELDS[kind]}
    if kind == "placeholder" and dtype == "u8":
        fields["dynamic"] = True
    return settings_module.to_spec(fields)
