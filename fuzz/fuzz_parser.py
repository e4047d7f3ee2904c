#!/usr/bin/env python3
"""Runs the fuzzer of the parser for so many seconds, past crashes of upstream's parsers.

    fuzz_parser.py --fuzzer build/sanitize/fuzz/quant-prep-parser-fuzzer [--seconds 120] [--seed 1] [--keep FOLDER]

The tests are where it starts from, one input for each of their parts. An input
that ends it is a finding, unless the stack shows that a parser of upstream
crashed: the one that reads the input, without a frame of ours in it. The run
goes on after either.

Prints each finding with its stack, and the number of inputs. Exit code 1 if
there was a finding.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FRAME = re.compile(r"^ +#\d+ .*$", re.MULTILINE)
ARTIFACT = re.compile(r"Test unit written to (\S+)")
INPUTS = re.compile(r"^stat::number_of_executed_units: (\d+)$", re.MULTILINE)
REPORT = re.compile(r"^FOUND:.*|^==\d+== ?(?:ERROR|libFuzzer).*", re.MULTILINE)


def is_upstream(log):
    """Whether what crashed is a parser of upstream, with nothing of ours inside of it."""
    # Upstream's reader of resources allocates with any alignment that the text
    # gives; its frames cannot be walked further than this one.
    if "invalid-allocation-alignment" in log and "llvm::allocate_buffer" in log:
        return True
    if "FOUND:" in log or "ERROR: AddressSanitizer: SEGV" not in log and "deadly signal" not in log:
        return False
    for frame in FRAME.findall(log):
        if "quantprep::" in frame:
            return False
        if "mlir::parseSourceString" in frame:
            return True
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fuzzer", required=True)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="where the inputs of findings, and the corpus, are written")
    args = parser.parse_args()
    corpus = os.path.join(args.keep, "corpus")
    os.makedirs(corpus, exist_ok=True)
    subprocess.run([sys.executable, os.path.join(HERE, "split_tests.py"), os.path.dirname(HERE), corpus], check=True)
    seed, inputs, upstream, found, end = args.seed, 0, 0, 0, time.monotonic() + args.seconds
    while (left := int(end - time.monotonic())) > 0:
        done = subprocess.run([args.fuzzer, f"-max_total_time={left}", f"-seed={seed}", "-timeout=20", "-rss_limit_mb=4096", "-max_len=4096",
                               "-print_final_stats=1", f"-artifact_prefix={args.keep}/", corpus],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
        executed = INPUTS.search(done.stderr)
        inputs += int(executed.group(1)) if executed else 0
        seed += 1
        if done.returncode == 0:
            continue
        # Before the input of a crash, there may be those of slow runs.
        artifacts = ARTIFACT.findall(done.stderr)
        path = artifacts[-1] if artifacts else "none"
        if is_upstream(done.stderr):
            upstream += 1
            print(f"a parser of upstream crashes; the input: {path}", flush=True)
            continue
        found += 1
        report = REPORT.search(done.stderr)
        print(f"{done.stderr[report.start() if report else -3000:][:6000]}\nthe input: {path}", flush=True)
        if not executed:
            break  # It does not start.
    print(f"{inputs} inputs, {upstream} crashes of upstream's parsers, {found} findings")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
