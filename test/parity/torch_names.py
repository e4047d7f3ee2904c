"""PyTorch's names of observers, qconfigs and operations, in the words of qprep."""

import json

# The fields of a spec in the order in which they are written.
FIELDS = ("quant_min", "quant_max", "reduce_range", "axis", "dynamic", "fake_quant", "eps",
          "averaging_constant", "bins", "upsample_rate", "scale", "zero_point")

DTYPES = {"u8": "ui8", "i8": "i8", "i32": "i32", "u4x2": "ui4", "f16": "f16", "f32": "f32",
          "bf16": "bf16", "quint8": "ui8", "qint8": "i8", "qint32": "i32", "quint4x2": "ui4",
          "float16": "f16", "float32": "f32"}

EPS = 2.0**-23
QNNPACK_EPS = 2.0**-12

AFFINE = {"dtype": "ui8", "scheme": "per_tensor_affine", "eps": EPS}
CHANNELS = {"dtype": "ui8", "scheme": "per_channel_affine", "axis": 0, "eps": EPS}
MOVING = {"averaging_constant": 0.01}

# Classes, with the defaults of their constructors.
CLASSES = {
    "MinMaxObserver": {"kind": "minmax", **AFFINE},
    "MovingAverageMinMaxObserver": {"kind": "moving_average_minmax", **AFFINE, **MOVING},
    "PerChannelMinMaxObserver": {"kind": "per_channel_minmax", **CHANNELS},
    "MovingAveragePerChannelMinMaxObserver":
        {"kind": "moving_average_per_channel_minmax", **CHANNELS, **MOVING},
    "HistogramObserver": {"kind": "histogram", **AFFINE, "bins": 2048, "upsample_rate": 128},
    "FixedQParamsObserver": {"kind": "fixed_qparams", "dtype": "ui8",
                             "scheme": "per_tensor_affine"},
    "PlaceholderObserver": {"kind": "placeholder", "dtype": "f32"},
    "RecordingObserver": {"kind": "recording", "dtype": "ui8"},
    "NoopObserver": {"kind": "noop", "dtype": "f16"},
    "ReuseInputObserver": {"kind": "reuse_input", "dtype": "ui8"},
    "_InputEqualizationObserver": {"kind": "input_equalization", **AFFINE, "axis": 1},
    "_WeightEqualizationObserver": {"kind": "weight_equalization", **AFFINE, "dtype": "i8",
                                    "axis": 1},
}


def _of(name, **changes):
    return {**CLASSES[name], **changes}


_I8 = {"dtype": "i8", "scheme": "per_tensor_symmetric"}
_I8_CHANNELS = {"dtype": "i8", "scheme": "per_channel_symmetric"}
_NARROW = {"quant_min": -127, "quant_max": 127, "eps": QNNPACK_EPS}
_FLOAT_QPARAMS = {"scheme": "per_channel_affine_float_qparams"}
_FAKE = {"fake_quant": True}
_REDUCED = {"quant_min": 0, "quant_max": 127, "reduce_range": True}

OBSERVERS = {
    **CLASSES,
    "default_observer": _of("MinMaxObserver", quant_min=0, quant_max=127),
    "default_placeholder_observer": CLASSES["PlaceholderObserver"],
    "default_debug_observer": CLASSES["RecordingObserver"],
    "default_reuse_input_observer": CLASSES["ReuseInputObserver"],
    "default_weight_observer": _of("MinMaxObserver", **_I8),
    "weight_observer_range_neg_127_to_127": _of("MinMaxObserver", **_I8, **_NARROW),
    "default_histogram_observer": _of("HistogramObserver", quant_min=0, quant_max=127),
    "default_per_channel_weight_observer": _of("PerChannelMinMaxObserver", **_I8_CHANNELS),
    "per_channel_weight_observer_range_neg_127_to_127":
        _of("PerChannelMinMaxObserver", **_I8_CHANNELS, **_NARROW),
    "default_dynamic_quant_observer": _of("PlaceholderObserver", dtype="ui8", dynamic=True),
    "default_float_qparams_observer": _of("PerChannelMinMaxObserver", **_FLOAT_QPARAMS),
    "default_float_qparams_observer_4bit":
        _of("PerChannelMinMaxObserver", **_FLOAT_QPARAMS, dtype="ui4"),
    "default_fixed_qparams_range_0to1_observer":
        _of("FixedQParamsObserver", scale=1 / 256, zero_point=0),
    "default_fixed_qparams_range_neg1to1_observer":
        _of("FixedQParamsObserver", scale=2 / 256, zero_point=128),
    "input_equalization_observer":
        _of("_InputEqualizationObserver", scheme="per_tensor_symmetric"),
    "weight_equalization_observer":
        _of("_WeightEqualizationObserver", scheme="per_channel_symmetric"),
    "default_symmetric_fixed_qparams_observer":
        _of("FixedQParamsObserver", scale=2 / 256, zero_point=128),
    "default_affine_fixed_qparams_observer":
        _of("FixedQParamsObserver", scale=1 / 256, zero_point=0),
    "default_fixed_qparams_range_0to1_fake_quant":
        _of("FixedQParamsObserver", scale=1 / 256, zero_point=0, **_FAKE),
    "default_affine_fixed_qparams_fake_quant":
        _of("FixedQParamsObserver", scale=1 / 256, zero_point=0, **_FAKE),
    "default_fixed_qparams_range_neg1to1_fake_quant":
        _of("FixedQParamsObserver", scale=2 / 256, zero_point=128, **_FAKE),
    "default_symmetric_fixed_qparams_fake_quant":
        _of("FixedQParamsObserver", scale=2 / 256, zero_point=128, **_FAKE),
    "default_histogram_fake_quant": _of("HistogramObserver", **_FAKE, **_REDUCED),
    "default_fake_quant": _of("MovingAverageMinMaxObserver", **_FAKE, **_REDUCED),
    "default_weight_fake_quant": _of("MovingAverageMinMaxObserver", **_I8, **_FAKE),
    "default_dynamic_fake_quant":
        _of("MovingAverageMinMaxObserver", **_FAKE, averaging_constant=1.0),
    "default_per_channel_weight_fake_quant":
        _of("MovingAveragePerChannelMinMaxObserver", **_I8_CHANNELS, **_FAKE),
    "FakeQuantize": _of("MovingAverageMinMaxObserver", **_FAKE),
    "FusedMovingAvgObsFakeQuantize": _of("MovingAverageMinMaxObserver", **_FAKE),
    "default_fused_act_fake_quant": _of("MovingAverageMinMaxObserver", **_FAKE),
    "default_fused_wt_fake_quant": _of("MovingAverageMinMaxObserver", **_I8, **_FAKE),
    "default_fused_per_channel_wt_fake_quant":
        _of("MovingAveragePerChannelMinMaxObserver", **_I8_CHANNELS, **_FAKE),
    "fused_wt_fake_quant_range_neg_127_to_127":
        _of("MovingAverageMinMaxObserver", **_I8, **_NARROW, **_FAKE),
    "fused_per_channel_wt_fake_quant_range_neg_127_to_127":
        _of("MovingAveragePerChannelMinMaxObserver", **_I8_CHANNELS, **_NARROW, **_FAKE),
    "default_embedding_fake_quant":
        _of("MovingAveragePerChannelMinMaxObserver", **_FLOAT_QPARAMS, **_FAKE,
            averaging_constant=1.0),
    "default_embedding_fake_quant_4bit":
        _of("MovingAveragePerChannelMinMaxObserver", **_FLOAT_QPARAMS, **_FAKE, dtype="ui4",
            averaging_constant=1.0),
}

_HALF = _of("PlaceholderObserver", dtype="f16")
_FLOAT = CLASSES["PlaceholderObserver"]
_SYMMETRIC = _of("HistogramObserver", dtype="i8", eps=QNNPACK_EPS)
_SYMMETRIC_QAT = _of("MovingAverageMinMaxObserver", dtype="i8", eps=QNNPACK_EPS, **_FAKE)
_HISTOGRAM_REDUCED = _of("HistogramObserver", reduce_range=True)
_WEIGHT = OBSERVERS["default_weight_observer"]
_WEIGHT_CHANNELS = OBSERVERS["default_per_channel_weight_observer"]
_WEIGHT_QAT = OBSERVERS["default_weight_fake_quant"]
_CHANNELS_QAT = OBSERVERS["default_per_channel_weight_fake_quant"]
_ACTIVATION_QAT = OBSERVERS["default_fake_quant"]

# Name of a qconfig to (activation, weight); PyTorch itself fails on those with one half.
QCONFIGS = {
    "default_qconfig": (OBSERVERS["default_observer"], _WEIGHT),
    "default_debug_qconfig": (OBSERVERS["default_debug_observer"], _WEIGHT),
    "default_per_channel_qconfig": (OBSERVERS["default_observer"], _WEIGHT_CHANNELS),
    "default_dynamic_qconfig": (OBSERVERS["default_dynamic_quant_observer"], _WEIGHT),
    "per_channel_dynamic_qconfig": (OBSERVERS["default_dynamic_quant_observer"], _WEIGHT_CHANNELS),
    "float16_dynamic_qconfig": ({**_HALF, "dynamic": True}, _HALF),
    "float16_static_qconfig": (_HALF, _HALF),
    "float_qparams_weight_only_qconfig": (_FLOAT, OBSERVERS["default_float_qparams_observer"]),
    "float_qparams_weight_only_qconfig_4bit":
        (_FLOAT, OBSERVERS["default_float_qparams_observer_4bit"]),
    "default_reuse_input_qconfig": (CLASSES["ReuseInputObserver"], CLASSES["NoopObserver"]),
    "default_symmetric_qnnpack_qconfig":
        (_SYMMETRIC, OBSERVERS["weight_observer_range_neg_127_to_127"]),
    "default_per_channel_symmetric_qnnpack_qconfig":
        (_SYMMETRIC, OBSERVERS["per_channel_weight_observer_range_neg_127_to_127"]),
    "default_qat_qconfig": (_ACTIVATION_QAT, _WEIGHT_QAT),
    "default_dynamic_qat_qconfig": (OBSERVERS["default_dynamic_fake_quant"], _WEIGHT_QAT),
    "default_qat_qconfig_v2": (OBSERVERS["default_fused_act_fake_quant"], _WEIGHT_QAT),
    "default_symmetric_qnnpack_qat_qconfig":
        (_SYMMETRIC_QAT, OBSERVERS["fused_wt_fake_quant_range_neg_127_to_127"]),
    "default_per_channel_symmetric_qnnpack_qat_qconfig":
        (_SYMMETRIC_QAT, OBSERVERS["fused_per_channel_wt_fake_quant_range_neg_127_to_127"]),
    "default_embedding_qat_qconfig":
        (_of("NoopObserver", dtype="f32"), OBSERVERS["default_embedding_fake_quant"]),
    "default_embedding_qat_qconfig_4bit":
        (_of("NoopObserver", dtype="f32"), OBSERVERS["default_embedding_fake_quant_4bit"]),
    "default_equalization_qconfig": (OBSERVERS["input_equalization_observer"],
                                     OBSERVERS["weight_equalization_observer"]),
    "default_weight_only_qconfig": (None, _WEIGHT_QAT),
    "default_activation_only_qconfig": (_ACTIVATION_QAT, None),
    "default:fbgemm": (_HISTOGRAM_REDUCED, _WEIGHT_CHANNELS),
    "default:x86": (_HISTOGRAM_REDUCED, _WEIGHT_CHANNELS),
    "default:qnnpack": (CLASSES["HistogramObserver"], _WEIGHT),
    "default:onednn": (CLASSES["HistogramObserver"], _WEIGHT_CHANNELS),
    "default_qat:fbgemm": (_ACTIVATION_QAT, _CHANNELS_QAT),
    "default_qat:x86": (_ACTIVATION_QAT, _CHANNELS_QAT),
    "default_qat:qnnpack": (OBSERVERS["default_fused_act_fake_quant"], _WEIGHT_QAT),
    "default_qat:onednn": (OBSERVERS["default_fused_act_fake_quant"], _CHANNELS_QAT),
}

# Operations whose kind has another name than the last part of theirs.
_KINDS = {
    "concat": "cat", "concatenate": "cat", "truediv": "div", "permute": "transpose",
    "view": "reshape", "flatten": "reshape", "squeeze": "reshape", "unsqueeze": "reshape",
    "adaptive_avg_pool1d": "avg_pool1d", "adaptive_avg_pool2d": "avg_pool2d",
    "adaptive_avg_pool3d": "avg_pool3d", "bmm": "matmul", "hardtanh": "clamp",
    "getitem": "slice", "tile": "repeat", "expand": "repeat", "repeat_interleave": "repeat",
    "stack": "cat", "contiguous": "identity", "detach": "identity", "dropout": "identity",
    "floordiv": "div", "addmm": "linear", "sum": "reduce_sum", "masked_fill": "select",
    "where": "select", "narrow": "slice", "chunk": "slice", "split": "slice",
}
# What has no unit in the models: they hold the result.
_NO_UNITS = {"size", "shape", "resize", "dim"}


def kind(name):
    """torch.nn.functional.conv2d, operator.add or method:relu, as a unit kind."""
    short = name.split(":")[-1].split(".")[-1].rstrip("_")
    return _KINDS.get(short, short)


def is_no_unit(name):
    """Whether it makes no tensor, or is a class of modules, which the models do not have."""
    short = name.split(":")[-1].split(".")[-1].rstrip("_")
    return short in _NO_UNITS or short[0].isupper()


def literal(value):
    """A number or a flag; a float of MLIR has a point."""
    text = json.dumps(value)
    return text.replace("e", ".0e") if isinstance(value, float) and "." not in text else text
