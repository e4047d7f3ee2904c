#!/usr/bin/env python3
"""Measures preparation and prints a table; --json writes everything.

    run.py --tool build/release/bin/quant-prep-opt [--json FILE]
           [--sizes 1000,10000,100000,1000000] [--only generated,corpus,threads,start,inner,pytorch]
           [--repeat 3]

Machines differ and are shared, so that what counts are ratios within a run:
the passes against parsing and printing the same module, unprepared, and against
parsing and printing in their own process, where what is printed is prepared.
Each time is the least of --repeat runs. All modules are generated; the real models are
those in $QUANTPREP_SHARED/corpus, if it is set. The inner loops are those of
quant-prep-inner-loops, if it has been built beside the tool. PyTorch is asked
where python3-torch is installed (see pytorch.py).
"""

import argparse
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OUR_PASSES = ("AttachConfig", "MatchUnits", "FuseUnits", "AssignQConfig", "PropagateDTypes", "InsertObservers",
              "ShareObservers", "ClearAnnotations")
FUNCTION_PASSES = "'any' Pipeline"
# Wall time is the last column; there is one of user time before it if there are threads.
TIMING = re.compile(r"^(?:\s*\d+\.\d+ \(\s*[\d.]+%\))*\s*(\d+\.\d+) \(\s*[\d.]+%\)(\s+)(.+?)\s*$")


class Run:
    """One process: times of its parts in seconds, peak memory in bytes."""

    def __init__(self, command):
        read, write = os.pipe()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=write)
        os.close(write)
        with os.fdopen(read) as stream:
            self.stderr = stream.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)}\nfailed: {self.stderr[-2000:]}")
        self.memory = usage.ru_maxrss * 1024
        self.user = usage.ru_utime + usage.ru_stime
        self.parts, self.passes = {}, 0.0
        for line in self.stderr.splitlines():
            if found := TIMING.match(line):
                seconds, indent, name = float(found[1]), len(found[2]), found[3]
                self.parts[name] = self.parts.get(name, 0.0) + seconds
                # All steps of the pipeline; those on functions are one.
                if indent == 2 and name not in ("Parser", "Output", "Rest", "Total"):
                    self.passes += seconds
        self.total = self.parts.pop("Total", 0.0)

    def get(self, *names):
        return sum(self.parts.get(name, 0.0) for name in names)


def best(repeat, command, key=lambda run: run.total):
    return min((Run(command) for _ in range(repeat)), key=key)


class Bench:
    def __init__(self, tool, repeat):
        self.tool = tool
        self.repeat = repeat

    def command(self, *args):
        return [self.tool, "--verify-each=0", "--mlir-timing", "-o", "/dev/null", *args]

    def opt(self, *args, key=lambda run: run.total):
        return best(self.repeat, self.command(*args), key)

    def measure(self, name, path, ops):
        """Everything about one file of text; returns a record."""
        folder = os.path.dirname(path) if os.access(os.path.dirname(path), os.W_OK) else tempfile.gettempdir()
        bytecode = os.path.join(folder, "module.mlirbc")
        prepared = os.path.join(folder, "prepared.mlir")
        prepared_bytecode = os.path.join(folder, "prepared.mlirbc")
        for output, args in ((bytecode, ["--emit-bytecode"]), (prepared, ["--qprep-prepare"]),
                             (prepared_bytecode, ["--qprep-prepare", "--emit-bytecode"])):
            subprocess.run([self.tool, path, *args, "-o", output], check=True, stderr=subprocess.DEVNULL)
        passes = lambda run: run.passes
        alone = self.opt(path)
        alone_bytecode = self.opt(bytecode, "--emit-bytecode")
        canonicalize = self.opt(path, "--canonicalize")
        text = self.opt(path, "--qprep-prepare", key=passes)
        binary = self.opt(bytecode, "--emit-bytecode", "--qprep-prepare", key=passes)
        prepared_alone = self.opt(prepared, key=lambda run: run.memory)
        read_prepared = self.opt(prepared_bytecode, "--emit-bytecode", key=lambda run: run.get("Parser"))
        for file in (bytecode, prepared, prepared_bytecode):
            os.remove(file)
        parse_print, read_write = alone.get("Parser", "Output"), alone_bytecode.get("Parser", "Output")
        return {
            "name": name, "ops": ops,
            "passes": {one: text.get(one) for one in OUR_PASSES},
            "prepare": passes(text), "prepare_per_op": passes(text) / ops,
            "parse_print": parse_print, "ratio_text": passes(text) / parse_print,
            "ratio_text_own": passes(text) / text.get("Parser", "Output"),
            "prepare_bytecode": passes(binary), "read_write": read_write,
            "ratio_bytecode": passes(binary) / read_write,
            "ratio_bytecode_own": passes(binary) / binary.get("Parser", "Output"),
            "ratio_added": (read_prepared.get("Parser") - alone_bytecode.get("Parser")) / read_write,
            "canonicalize": canonicalize.passes,
            "command": text.total, "command_alone": alone.total,
            "memory": text.memory, "memory_alone": alone.memory, "memory_prepared_alone": prepared_alone.memory,
            "ratio_memory": text.memory / prepared_alone.memory,
        }


def count_ops(path):
    """Ops of a module in the pretty form, about: lines that make a value."""
    with open(path, errors="replace") as file:
        return max(1, sum(1 for line in file if re.match(r"\s*%[\w:, %]+ = ", line)))


def print_table(title, columns, rows):
    cells = [list(columns)] + [[form.format(row[key]) for key, form in columns.values()] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    print(f"\n{title}\n")
    for number, line in enumerate(cells):
        print("| " + " | ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths))) + " |")
        if number == 0:
            print("|" + "|".join("-" * (w + 1) + ("-" if i == 0 else ":") for i, w in enumerate(widths)) + "|")
    sys.stdout.flush()


MODULE_COLUMNS = {
    "module": ("name", "{}"), "ops": ("ops", "{}"), "passes, ms": ("ms", "{:.1f}"), "us per op": ("us", "{:.2f}"),
    "of parse + print": ("ratio_text", "{:.2f}"), "of its own": ("ratio_text_own", "{:.2f}"),
    "bytecode: of read + write": ("ratio_bytecode", "{:.2f}"), "of its own ": ("ratio_bytecode_own", "{:.2f}"),
    "reading what is added": ("ratio_added", "{:.2f}"),
    "of canonicalize": ("of_canonicalize", "{:.2f}"), "command, of without": ("of_command", "{:.2f}"),
    "memory, of prepared alone": ("ratio_memory", "{:.2f}"),
}


def print_modules(title, records):
    for record in records:
        record["ms"], record["us"] = 1e3 * record["prepare"], 1e6 * record["prepare_per_op"]
        record["of_canonicalize"] = record["prepare"] / max(record["canonicalize"], 1e-4)
        record["of_command"] = record["command"] / record["command_alone"]
    print_table(title, MODULE_COLUMNS, records)


def print_passes(records):
    """What each pass costs, as a share of all of them."""
    rows = []
    for record in records:
        row = {"name": record["name"], "ops": record["ops"]}
        for one in OUR_PASSES:
            row[one] = 100 * record["passes"][one] / sum(record["passes"].values())
        rows.append(row)
    columns = {"module": ("name", "{}"), "ops": ("ops", "{}")}
    columns.update({one: (one, "{:.0f}") for one in OUR_PASSES})
    print_table("Share of each pass, percent", columns, rows)


def generate(folder, model, ops, *args):
    path = os.path.join(folder, f"{model}.mlir")
    with open(path, "w") as file:
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), model, str(ops), *args], stdout=file, check=True)
    return path


def run_generated(bench, sizes):
    """The generated modules, smallest first."""
    cases = [("chain", ()), ("resnet", ()), ("transformer", ()), ("chain", ("--dialect", "linalg")),
             ("resnet", ("--dialect", "linalg")), ("resnet", ("--functions", "1000")), ("calls", ("--functions", "DEPTH"))]
    records = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            for model, args in cases:
                args = [str(min(10000, size // 10)) if arg == "DEPTH" else arg for arg in args]
                if "1000" in args and size < 100000:
                    continue
                path = generate(folder, model, size, *args)
                name = " ".join([model, *(arg.removeprefix("--") for arg in args)])
                records.append(bench.measure(name, path, count_ops(path)))
                os.remove(path)
    print_modules("Generated modules", records)
    print_passes([record for record in records if record["ops"] >= max(sizes) // 2])
    largest, smallest = ({r["name"]: r["ratio_text"] for r in records if lower <= r["ops"] <= 2 * lower}
                         for lower in (max(sizes), min(size for size in sizes if size >= 10000 or size == max(sizes))))
    flat = [{"name": name, "flat": largest[name] / smallest[name]} for name in largest if name in smallest]
    print_table("Growth of (passes / parse + print), largest against 10^4 ops", {"module": ("name", "{}"), "growth": ("flat", "{:.2f}")}, flat)
    return {"modules": records, "growth": flat}


def run_corpus(bench, shared):
    records = []
    for path in sorted(glob.glob(os.path.join(shared, "corpus", "*.mlir"))):
        name = os.path.splitext(os.path.basename(path))[0]
        probe = subprocess.run([bench.tool, path, "--qprep-prepare", "-o", "/dev/null"], capture_output=True)
        if probe.returncode:
            print(f"{name}: not prepared, left out", file=sys.stderr)
            continue
        records.append(bench.measure(name, path, count_ops(path)))
    print_modules("Real models", records)
    return records


def run_at_once(count, command):
    """The slowest of so many processes of one thread, in seconds of function passes."""
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return max(run.get(FUNCTION_PASSES) for run in pool.map(lambda _: Run(command), range(count)))


def run_threads(bench):
    """Function passes with one thread and with all, and what the machine has to give: as many processes at once.

    Work of a few tenths of a second: kernels may wake two threads on one processor, and take 15 ms to part them.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = generate(folder, "resnet", 300000, "--functions", "1000")
        pipeline = FUNCTION_PASSES
        one = bench.opt(path, "--qprep-prepare", "--mlir-disable-threading", key=lambda run: run.get(pipeline))
        many = bench.opt(path, "--qprep-prepare", key=lambda run: run.get(pipeline))
        alone = bench.command(path, "--qprep-prepare", "--mlir-disable-threading")
        at_once = min(run_at_once(os.cpu_count(), alone) for _ in range(bench.repeat))
    record = {"name": "1000 functions", "threads": os.cpu_count(), "one": 1e3 * one.get(pipeline),
              "many": 1e3 * many.get(pipeline), "speedup": one.get(pipeline) / many.get(pipeline),
              "processes": os.cpu_count() * one.get(pipeline) / at_once}
    print_table("Function passes in parallel", {"module": ("name", "{}"), "threads": ("threads", "{}"), "one thread, ms": ("one", "{:.1f}"),
                                                "all, ms": ("many", "{:.1f}"), "times faster": ("speedup", "{:.2f}"),
                                                "as many processes": ("processes", "{:.2f}")}, [record])
    return record


def run_start(bench):
    """Start-up against the stock driver, in CPU seconds."""
    stock = next((one for one in ("mlir-opt-22", "/usr/lib/llvm-22/bin/mlir-opt") if subprocess.run(
        ["which", one], capture_output=True).returncode == 0), None)
    if not stock:
        print("no mlir-opt-22 to compare start-up with", file=sys.stderr)
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".mlir") as file:
        file.write("module {}\n")
        file.flush()
        ours, theirs = (best(10 * bench.repeat, [tool, file.name], key=lambda run: run.user).user for tool in (bench.tool, stock))
    record = {"name": "empty module", "ours": 1e3 * ours, "stock": 1e3 * theirs, "ratio": ours / theirs}
    print_table("Start-up", {"": ("name", "{}"), "quant-prep-opt, ms": ("ours", "{:.1f}"), "mlir-opt, ms": ("stock", "{:.1f}"),
                             "ratio": ("ratio", "{:.2f}")}, [record])
    return record


def run_inner(bench):
    """The inner loops; those over many sizes should take the same per item in all."""
    program = os.path.join(os.path.dirname(bench.tool), "..", "benchmarks", "quant-prep-inner-loops")
    if not os.path.exists(program):
        print("no quant-prep-inner-loops here (ninja quant-prep-inner-loops): left out", file=sys.stderr)
        return None
    library = os.path.join(os.path.dirname(bench.tool), "..", "lib", "libQuantPrep.so")
    # It is linked against the library, and knows how that was when it was built.
    if not os.path.exists(library) or os.path.getmtime(program) < os.path.getmtime(library):
        print("quant-prep-inner-loops is not newer than a libQuantPrep.so beside it (ninja quant-prep-inner-loops): left out", file=sys.stderr)
        return None
    done = subprocess.run([program, "--benchmark_format=json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    loops = {}
    for one in json.loads(done.stdout)["benchmarks"]:
        name, _, size = one["name"].partition("/")
        loops.setdefault(name, []).append((int(size or 1), 1e9 / one["items_per_second"]))
    rows = [{"name": name, "sizes": [size for size, _ in times], "largest": times[-1][0], "first": times[0][1], "last": times[-1][1],
             "growth": times[-1][1] / times[0][1]} for name, times in loops.items()]
    print_table("Inner loops, CPU time", {"loop": ("name", "{}"), "largest": ("largest", "{}"), "ns per item": ("first", "{:.1f}"),
                                          "in the largest": ("last", "{:.1f}"), "growth": ("growth", "{:.2f}")}, rows)
    return rows


def run_pytorch(bench):
    """PyTorch's prepare_fx and ours on the same architectures; see pytorch.py."""
    python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
    done = subprocess.run([python, os.path.join(HERE, "pytorch.py")], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print("no PyTorch here (apt-get install python3-torch): comparison left out", file=sys.stderr)
        return None
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for record in json.loads(done.stdout):
            path = os.path.join(folder, "model.mlir")
            with open(path, "w") as file:
                file.write(record.pop("module"))
            ours = bench.opt(path, "--qprep-prepare", key=lambda run: run.passes).passes
            rows.append({**record, "ours": ours, "ms": 1e3 * ours, "torch_ms": 1e3 * record["prepare_fx"], "times": record["prepare_fx"] / ours})
    print_table("prepare_fx of PyTorch", {"model": ("name", "{}"), "nodes": ("nodes", "{}"), "prepare_fx, ms": ("torch_ms", "{:.0f}"),
                                          "ours, ms": ("ms", "{:.2f}"), "times faster": ("times", "{:.0f}")}, rows)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--json")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--only", default="generated,corpus,threads,start,inner,pytorch")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    bench = Bench(os.path.abspath(args.tool), args.repeat)
    only, results = args.only.split(","), {}
    if "generated" in only:
        results["generated"] = run_generated(bench, [int(size) for size in args.sizes.split(",")])
    if "corpus" in only and os.environ.get("QUANTPREP_SHARED"):
        results["corpus"] = run_corpus(bench, os.environ["QUANTPREP_SHARED"])
    if "threads" in only:
        results["threads"] = run_threads(bench)
    if "start" in only:
        results["start"] = run_start(bench)
    if "inner" in only:
        results["inner"] = run_inner(bench)
    if "pytorch" in only:
        results["pytorch"] = run_pytorch(bench)
    if args.json:
        with open(args.json, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
