#!/usr/bin/env python3
"""Times PyTorch's prepare_fx, and writes the same graphs as tosa modules.

    pytorch.py [MODEL...]

Prints JSON: for each model its name, the number of nodes of its graph, the
seconds that prepare_fx takes in process, and a module of as
many ops with the same kinds and edges, for qprep-prepare. Wants python3-torch,
and for the architectures python3-torchvision; without that only chains of
convolution and relu are there.

Shapes are not those of the models: only the graph matters to preparation, and
each kind is written as the tosa op, or ops, that exporters write for it.
"""

import copy
import dis
import inspect
import json
import operator
import sys
import time
import warnings

try:
    import torch
    from torch import fx, nn
    from torch.ao.quantization import get_default_qconfig_mapping
    from torch.ao.quantization.quantize_fx import prepare_fx
except ImportError:
    sys.exit(1)
try:
    import torchvision.models as zoo
except ImportError:
    zoo = None

ARCHITECTURES = ("alexnet", "resnet18", "resnet50", "mobilenet_v2", "densenet121", "vit_b_16")
CHAINS = (10, 100, 300, 1000, 3000)
TIME_LIMIT = 60  # Seconds; prepare_fx is not linear, and longer chains are left out behind the first that takes more.


def unpack(proxy):
    """What fx.Proxy.__iter__ of PyTorch 1.13 does, which looks at the wrong instruction from Python 3.11 on."""
    frame = inspect.currentframe().f_back
    caller = next(one for one in dis.get_instructions(frame.f_code) if one.offset == frame.f_lasti)
    if caller.opname == "UNPACK_SEQUENCE":
        return (proxy[i] for i in range(caller.argval))
    return proxy.tracer.iter(proxy)


class Chain(nn.Module):
    """Functional, so that the graph is not as deep as the recursion limit of copy."""

    def __init__(self, blocks):
        super().__init__()
        self.blocks = blocks
        self.weight = nn.Parameter(torch.zeros(4, 4, 1, 1))

    def forward(self, x):
        for _ in range(self.blocks):
            x = torch.relu(nn.functional.conv2d(x, self.weight))
        return x


def time_prepare(model):
    """Seconds of prepare_fx, which traces first, and the traced graph. CPU time, so that it counts against us if the machine is busy."""
    model.eval()
    inputs = (torch.zeros(1, 3, 224, 224),) if not isinstance(model, Chain) else (torch.zeros(1, 4, 4, 4),)
    traced = fx.symbolic_trace(copy.deepcopy(model))
    best = None
    for _ in range(3):
        start = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            prepare_fx(model, get_default_qconfig_mapping("fbgemm"), inputs)
        seconds = time.process_time() - start
        best = seconds if best is None else min(best, seconds)
        if seconds > 2:
            break
    return best, traced


IMAGE = "tensor<1x4x4x4xf32>"


def write_module(traced):
    """The graph as tosa: convolutions and linears with constants of their own; adds, concatenations, relus as such; the rest as abs."""
    lines, count = [], 0
    names = {}

    def op(text):
        nonlocal count
        count += 1
        lines.append(f"  %{count} = {text}")
        return f"%{count}"

    def constant(type, value):
        return op(f'"tosa.const"() <{{values = dense<{value}> : {type}}}> : () -> {type}')

    zero = constant("tensor<1xf32>", 0.0)

    def conv(x):
        weight, bias = constant("tensor<4x1x1x4xf32>", 0.5), constant("tensor<4xf32>", 0.1)
        return op(f"tosa.conv2d {x}, {weight}, {bias}, {zero}, {zero} {{acc_type = f32, dilation = array<i64: 1, 1>, "
                  f"pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}} : ({IMAGE}, tensor<4x1x1x4xf32>, tensor<4xf32>, "
                  f"tensor<1xf32>, tensor<1xf32>) -> {IMAGE}")

    def relu(x):
        return op(f"tosa.clamp {x} {{min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32}} : ({IMAGE}) -> {IMAGE}")

    def add(x, y):
        return op(f"tosa.add {x}, {y} : ({IMAGE}, {IMAGE}) -> {IMAGE}")

    def concat(inputs):
        wide = f"tensor<1x4x4x{4 * len(inputs)}xf32>"
        joined = op(f"tosa.concat {', '.join(inputs)} {{axis = 3 : i32}} : ({', '.join(len(inputs) * [IMAGE])}) -> {wide}")
        start, size = (op(f"tosa.const_shape {{values = dense<{sizes}> : tensor<4xindex>}} : () -> !tosa.shape<4>")
                       for sizes in ([0, 0, 0, 0], [1, 4, 4, 4]))
        return op(f"tosa.slice {joined}, {start}, {size} : ({wide}, !tosa.shape<4>, !tosa.shape<4>) -> {IMAGE}")

    modules = dict(traced.named_modules())
    for node in traced.graph.nodes:
        inputs = [names[one] for one in node.all_input_nodes if one in names]
        module = modules.get(node.target) if node.op == "call_module" else None
        if node.op == "placeholder":
            names[node] = "%x"
        elif node.op == "output":
            lines.append(f"  return {inputs[0]} : {IMAGE}")
        elif not inputs:
            continue  # A parameter.
        elif isinstance(module, (nn.Conv2d, nn.Linear)) or node.target is nn.functional.conv2d:
            names[node] = conv(inputs[0])
        elif isinstance(module, (nn.ReLU, nn.ReLU6)) or node.target in (torch.relu, nn.functional.relu):
            names[node] = relu(inputs[0])
        elif node.target in (operator.add, torch.add) and len(inputs) == 2:
            names[node] = add(*inputs)
        elif node.target is torch.cat:
            names[node] = concat(inputs)
        else:
            names[node] = op(f"tosa.abs {inputs[0]} : ({IMAGE}) -> {IMAGE}")
    return f"func.func @forward(%x: {IMAGE}) -> {IMAGE} {{\n" + "\n".join(lines) + "\n}\n"


def main():
    sys.setrecursionlimit(100000)
    if sys.version_info >= (3, 11):
        fx.Proxy.__iter__ = unpack
    torch.set_num_threads(1)
    records = []
    models = [(name, getattr(zoo, name)) for name in ARCHITECTURES if zoo]
    models += [(f"chain of {blocks}", lambda blocks=blocks: Chain(blocks)) for blocks in CHAINS]
    for name, make in models:
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        try:
            seconds, traced = time_prepare(make())
        except Exception as error:  # torch.fx does not trace everything.
            print(f"{name}: not prepared by PyTorch: {error!r}", file=sys.stderr)
            continue
        records.append({"name": name, "nodes": len(traced.graph.nodes), "prepare_fx": seconds, "module": write_module(traced)})
        print(f"{name}: {seconds:.2f} s", file=sys.stderr)
        if name.startswith("chain") and seconds > TIME_LIMIT:
            break
    json.dump(records, sys.stdout)


if __name__ == "__main__":
    main()
