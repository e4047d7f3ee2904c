"""Random configurations for a random model: options of qprep-prepare, and a
qprep.config that may stand in the module."""

import glob
import os

PRESETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib", "Config", "presets")


def presets(folder):
    return sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(os.path.join(PRESETS, folder, "*.mlir")))


# Those of QAT go with an option, and that of equalization with its own assignment.
QCONFIGS = [name for name in presets("qconfig") if not name.endswith("-qat") and name != "equalization"]
BACKENDS = presets("backend")
ACTIVATIONS = ("histogram, i8, per_tensor_symmetric, bins = 2048", "minmax, ui8, per_tensor_affine", "placeholder, f16", "placeholder, f32",
               "placeholder, ui8, dynamic = true", "moving_average_minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127, "
               "reduce_range = true, averaging_constant = 0.01")
WEIGHTS = ("minmax, i8, per_tensor_symmetric", "per_channel_minmax, i8, per_channel_symmetric, axis = 0", "placeholder, f16",
           "minmax, i8, per_tensor_symmetric, quant_min = -128, quant_max = 127")
KINDS = ("conv2d", "linear", "matmul", "add", "mul", "relu", "exp", "layer_norm", "transpose", "reshape", "cat", "max_pool2d", "tosa.conv2d",
         "tosa.add", "linalg.generic", "func.call")
PLACEMENTS = ("placement=value entry=forward", "placement=value entry=forward mode=dynamic", "placement=value entry=forward backend=qnnpack",
              "placement=value entry=forward qconfig=qnnpack reset-functions=true")
# Together with those that make the model tell more.
OPTIONS = (*(f"qconfig={name}" for name in QCONFIGS), *(f"backend={name}" for name in BACKENDS), *PLACEMENTS, "qconfig=qnnpack backend=qnnpack",
           "qconfig=x86 backend=x86", "qconfig=static-f16 backend=native_and_fp16", "qconfig=dynamic-f16 backend=executorch", "qat=true",
           "qconfig=qnnpack-qat qat=true", "inputs-quantized=0 entry=forward", "outputs-quantized=0 entry=forward",
           "inputs-quantized=0 outputs-quantized=0 entry=forward qconfig=qnnpack")


def options(random):
    """Options of qprep-prepare, and whether the models bring a configuration."""
    kind = random.random()
    if kind < 0.1:
        return "", False
    if kind < 0.6:
        return random.choice(OPTIONS), False
    return random.choice(("", "", f"backend={random.choice(BACKENDS)}", "placement=value entry=forward")), True


def config(random, functions, by_value):
    """The text of a qprep.config; functions are those that may be standalone."""
    of_units = lambda: random.choice(("none", "@own", "@own", f'"{random.choice(QCONFIGS)}"'))
    name = lambda: f"layer{random.randrange(3)}" + random.choice(("", f".{random.randrange(4)}"))
    lines = [f"    qprep.qconfig @own <activation = <{random.choice(ACTIVATIONS)}>, weight = <{random.choice(WEIGHTS)}>>"]
    if random.random() < 0.8:
        lines.append(f"    qprep.assign global {of_units()}")
    if random.random() < 0.9:
        # What has fixed parameters takes no other observer (F5).
        lines += [f'    qprep.assign kind "{kind}" none optional' for kind in ("sigmoid", "tanh", "softmax", "hardsigmoid")]
    for _ in range(random.randrange(5)):
        target = random.choice((f'kind "{random.choice(KINDS)}"', f'name "{name()}"', 'name_regex "layer[12][.].*"', 'name_regex "helper[0-9]"',
                                f'name "helper{random.randrange(3)}"', f'order "{name()}" kind "{random.choice(KINDS[:11])}" at {random.randrange(2)}'))
        lines.append(f"    qprep.assign {target} {of_units()}")
    if not by_value and random.random() < 0.2:
        target = random.choice(("global", 'kind "linear"', 'kind "conv2d"'))
        lines.append(f'    qprep.assign equalization {target} "equalization"')
    if not by_value and functions and random.random() < 0.3:
        function = random.choice(functions)
        lines.append(random.choice((f"    qprep.standalone @{function}", f"    qprep.standalone @{function} with @inner\n"
                                    '    qprep.config @inner backend "qnnpack" attributes {inputs_quantized = array<i64: 0>} {\n'
                                    '      qprep.assign global "qnnpack"\n    }')))
    backend = f' backend "{random.choice(BACKENDS)}"' if random.random() < 0.5 else ""
    return f"  qprep.config @mine{backend} {{\n" + "\n".join(lines) + "\n  }\n"
