#!/usr/bin/env python3
"""Edits annotations and configuration by hand between the steps of preparation.

    fuzz_edits.py --tool build/dev/bin/quant-prep-opt [--seconds 120] [--seed 1] [--keep FOLDER]

A random model (generate_models.py) is prepared step by step. Before a random
step its text is edited: an annotation is removed, put on another op or cut
short, a name or a number in one is changed, an observation or a line of the
configuration goes away. The steps that are left, and then the verifier, the
report and strip, may refuse it with an error; they do not crash, hang, or fail
without saying why.

Prints each finding with its seed, and the number of models. Exit code 1 if
there was a finding.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from generate_models import generate  # noqa: E402

STEPS = ["qprep-clone-functions", "func.func(qprep-match-units)", "func.func(qprep-fuse-units)", "func.func(qprep-assign-qconfig)",
         "qprep-propagate-dtypes", "qprep-propagate-values", "func.func(qprep-insert-observers)", "qprep-share-observers",
         "qprep-clear-annotations"]
AFTER = ["qprep-verify-prepared", "qprep-report{output=/dev/null}", "qprep-strip"]
ANNOTATION = re.compile(r'qprep\.[a-z]+(?: = (?:#qprep\.[a-z_]+<(?:[^<>"]|"[^"]*"|->|<(?:[^<>]|<[^<>]*>)*>)*>|@[\w:@]+))?')
TIMEOUT = 20  # seconds for one command


class Finding(Exception):
    pass


def run(tool, text, passes):
    """Output, or None after an error."""
    pipeline = f"--pass-pipeline=builtin.module({','.join(passes)})"
    try:
        done = subprocess.run([tool, "-", pipeline], input=text, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise Finding(f"{passes[0]}: no end after {TIMEOUT} s")
    if done.returncode not in (0, 1) or "PLEASE submit a bug report" in done.stderr or "Sanitizer" in done.stderr:
        raise Finding(f"{', '.join(passes)}: crash, exit code {done.returncode}\n{done.stderr[-3000:]}")
    if done.returncode and "error:" not in done.stderr:
        raise Finding(f"{', '.join(passes)}: fails and does not say why\n{done.stderr[-3000:]}")
    return None if done.returncode else done.stdout


def edit(text, rng):
    """One edit; the text itself if there is nothing to edit."""
    found = list(ANNOTATION.finditer(text))
    lines = text.split("\n")
    ours = [i for i, line in enumerate(lines) if re.search(r"qprep\.(observe|qconfig|assign|pattern|node|observer) ", line)]
    choice = rng.randrange(6)
    if choice == 0 and ours:  # a line of ours goes away; what reads its result goes with it, or it is refused
        del lines[rng.choice(ours)]
        return "\n".join(lines)
    if not found:
        return text
    at = rng.choice(found)
    old = at.group(0)
    if choice == 1:  # of another op
        new = rng.choice(found).group(0)
    elif choice == 2:  # gone; an attribute of no name that matters stands in its place
        new = "gone"
    elif choice == 3:  # one entry less, or one more
        new = re.sub(r"\[([^\[\],]+)(, )?", lambda m: "[" + (m.group(1) + ", " + m.group(0)[1:] if rng.random() < 0.5 else ""), old, count=1)
    elif choice == 4:  # a symbol that is none
        new = re.sub(r"@\w+(?=>|$| )", "@nobody", old)
    else:  # another word
        words = ["input", "weight", "bias", "internal", "_", "element", "ui8", "i8", "f32", "none", "observed", "shared", "float", "by weight",
                 "by calls", "conv2d", "relu", "add", "axis = 7"]
        word = rng.choice([w for w in words if re.search(rf"\b{re.escape(w)}\b", old)] or ["nothing"])
        new = re.sub(rf"\b{re.escape(word)}\b", rng.choice(words), old, count=1)
    return text[:at.start()] + new + text[at.end():]


def check(tool, seed):
    """Raises a Finding. Whether an edited model came through."""
    rng = random.Random(seed)
    by_value = rng.random() < 0.4
    text, _ = generate(seed, by_value=by_value)
    names = re.findall(r"func\.func @(\w+)", text)
    options = f"{{placement=value entry={names[0]}}}" if by_value and names else ""
    text = run(tool, text, ["qprep-attach-config" + options])
    edits = {rng.randrange(len(STEPS) + 1) for _ in range(rng.randrange(1, 3))}
    for number, step in enumerate([*STEPS, None]):
        if text is None:
            return False
        if number in edits:
            text = edit(text, rng)
        if step:
            text = run(tool, text, [step])
    for step in AFTER:
        run(tool, text, [step])
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    args = parser.parse_args()
    end, seed, through, findings = time.time() + args.seconds, args.seed, 0, 0
    while seed == args.seed or time.time() < end:
        try:
            through += check(args.tool, seed)
        except Finding as finding:
            findings += 1
            print(f"seed {seed}: {finding}", flush=True)
            if args.keep:
                with open(os.path.join(args.keep, f"edits-{seed}.txt"), "w") as file:
                    file.write(str(finding))
        seed += 1
    print(f"{seed - args.seed} models, {through} came through edits, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
