#!/usr/bin/env python3
"""Runs quant-prep-opt on a folder of parity cases and compares its reports.

    run.py CASES --tool QUANT_PREP_OPT --compare COMPARE_PY [--form tosa|linalg|value]
           [--canonical] [--observers] [--jobs N] [--plain]
    run.py CASES --tool QUANT_PREP_OPT --scripts FOLDER --stage ranges|reference|integer
           [--form tosa|linalg] [--jobs N] [--shard I/N]

A case is a folder with model.tosa.mlir, model.linalg.mlir, settings.json and
expected.json; of --form value, which are cases of placement=value, the model is
model.mlir. With --stage ranges the model is also calibrated, on calibration.npz (ranges.py).
With --stage reference or integer it is converted, with PyTorch's own scales and zero points,
and run on eval.npz (stages.py). What comes of it is compared by the scripts of FOLDER. Of
--stage integer, what differs from PyTorch is also equal if the same model, computed in numpy
with biases in i32 and halves rounded up, has the same codes, all of them (rounding.py).
Every difference is printed. The last line is

    equal N of M, explained K

K are the cases that differ and that expected.json marks "unreachable" or that
docs/parity.md lists (for this form), and those of --form value that settings.json calls
inexact. Exit status 0 only if N + K is M. A tool that crashes, a
comparison that cannot be made and settings that cannot be said to the tool are
never explained.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import ranges
import settings as settings_module
import stages
import values

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TIMEOUT = 600  # seconds for one command


@dataclasses.dataclass
class Outcome:
    name: str
    equal: bool
    explanation: str = ""
    text: str = ""


class Failure(Exception):
    """Something that no explanation covers."""


def run(command, **options):
    try:
        return subprocess.run(command, capture_output=True, text=True,
                              timeout=TIMEOUT, check=False, **options)
    except subprocess.TimeoutExpired:
        raise Failure(f"no end after {TIMEOUT} s: {command[0]}") from None
    except OSError as error:
        raise Failure(f"{command[0]}: {error.strerror}") from None


def listed_cases(path, form, stage):
    """Case name to rule, from the tables of docs/parity.md: what is under a
    heading that names a form or a stage is said of that alone."""
    row = re.compile(r"^\|\s*`([^`]+)`\s*\|\s*([^|]*?)\s*\|")
    listed, holds = {}, True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            named = re.search(r"\b(tosa|linalg|value)\b", line)
            staged = re.search(r"\bstage=(\w+)", line)
            holds = ((not named or named.group(1) == form)
                     and (not staged or staged.group(1) == stage))
        elif holds and (match := row.match(line)):
            listed[match.group(1)] = match.group(2)
    return listed


def make_input(case, options, folder):
    """The model of the case, canonicalized if asked for."""
    if options.form == "value":
        model = folder / "model.mlir"
        text = (case / "model.mlir").read_text(encoding="utf-8")
        model.write_text(values.to_model(text), encoding="utf-8")
    else:
        model = case / f"model.{options.form}.mlir"
    if not options.canonical:
        return model
    output = folder / "canonical.mlir"
    done = run([options.mlir_opt, str(model), "--canonicalize", "--cse",
                "--mlir-print-debuginfo", "-o", str(output)])
    if done.returncode:
        raise Failure(f"{options.mlir_opt} fails: {done.stderr.strip()}")
    # What a destination holds is no value of the node it was made for. CSE makes one of
    # many, whose name would say that all that write to it read that node.
    text = re.sub(r"( = (?:tensor\.empty\(|linalg\.fill ).*) loc\([^()]*\)$", r"\1 loc(unknown)",
                  output.read_text(encoding="utf-8"), flags=re.MULTILINE)
    output.write_text(text, encoding="utf-8")
    return output


def print_preset(tool, name):
    done = run([tool, os.devnull, f"--qprep-print-preset=name={name} backend=true",
                "-o", os.devnull])
    if done.returncode:
        raise Failure(f"the tool does not print the backend {name}: {done.stderr.strip()}")
    return done.stdout


def prepare(model, settings, options, folder):
    """Runs the tool; the path of the report, also of one that holds an error."""
    report = folder / "report.json"
    if options.form == "value":
        prepare_options = values.to_options(settings, folder)
    else:
        prepare_options = settings_module.to_options(
            settings, folder, lambda name: print_preset(options.tool, name))
    done = run([options.tool, str(model), f"--qprep-prepare={prepare_options}",
                f"--qprep-report=output={report} format=json", "-o", os.devnull])
    if done.returncode not in (0, 1):
        raise Failure(f"the tool crashes ({done.returncode}): {done.stderr.strip()[-2000:]}")
    if done.returncode == 1:
        errors = re.findall(r"error: (.*)", done.stderr)
        if not errors:
            raise Failure(f"the tool fails without an error: {done.stderr.strip()[-2000:]}")
        report.write_text(json.dumps({"version": 1, "error": errors[0]}), encoding="utf-8")
    if not report.exists():
        raise Failure("the tool writes no report")
    return report


def only_merged(text, expected):
    """Whether all that differs are uses that canonicalization made one with others.

    The name of such a use is lost, so that the comparison does not find it. It is the
    same as a use by another node that is found: PyTorch observes both alike.
    """
    lines = text.splitlines()[1:-1]
    gone = [re.match(r"\s*missing: (\S+) -> (\w+)\[\d+\]: observed in PyTorch, "
                     r"no such use in the MLIR$", line) for line in lines]
    if not gone or not all(gone):
        return False
    lost = {match.group(2) for match in gone}
    chains = {}
    for edge in expected.get("edges", []):
        chains.setdefault((edge["producer"], edge["consumer"]), []).append(edge["observers"])
    return all(any(producer == match.group(1) and consumer not in lost
                   and all(chain in others for chain in chains.get(match.groups(), [None]))
                   for (producer, consumer), others in chains.items())
               for match in gone)


def compare(case, model, report, options):
    """Runs the script that compares."""
    command = [sys.executable, options.compare, str(case / "expected.json")]
    if options.form != "value":
        return run([*command, str(report), "--mlir", str(model), "--check-role", "--check-axis"])
    failed = "error" in json.loads(report.read_text(encoding="utf-8"))
    return run([*command, "--failed" if failed else str(report),
                *(["--observers"] if options.observers else [])])


def run_case(case, options, listed):
    try:
        settings = json.loads((case / "settings.json").read_text(encoding="utf-8"))
        expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            model = make_input(case, options, folder)
            if options.stage:
                prepare_options = settings_module.to_options(
                    settings, folder, lambda name: print_preset(options.tool, name))
                stage = ranges if options.stage == "ranges" else stages
                done = stage.run_case(case, model, prepare_options, options, folder)
            else:
                report = prepare(model, settings, options, folder)
                done = compare(case, model, report, options)
    except (Failure, ranges.RangesFailure, stages.StageFailure, settings_module.Untranslatable) as error:
        return Outcome(case.name, False, text=f"error: {error}")
    except (OSError, ValueError) as error:
        return Outcome(case.name, False, text=f"error: the case cannot be read: {error}")
    text = (done.stdout + done.stderr).strip()
    if done.returncode == 0 or (options.canonical and only_merged(text, expected)):
        return Outcome(case.name, True, text=text if stages.BY_ROUNDING in text else "")
    if not done.stdout.strip():
        return Outcome(case.name, False, text=f"error: no comparison: {text}")
    explanation = (expected.get("unreachable") or settings.get("differs")
                   or listed.get(case.name) or "")
    return Outcome(case.name, False, explanation, text)


def find_cases(options):
    folder = pathlib.Path(options.cases)
    cases = sorted(path.parent for path in folder.glob("*/settings.json"))
    if options.only:
        cases = [case for case in cases if case.name in options.only]
    if options.plain:
        cases = [case for case in cases if settings_module.is_plain(
            json.loads((case / "settings.json").read_text(encoding="utf-8")))]
    part, parts = map(int, options.shard.split("/"))
    cases = cases[part::parts]
    if not cases:
        sys.exit(f"run.py: no cases in {folder}")
    return cases


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", metavar="CASES", help="folder of case folders")
    parser.add_argument("--tool", required=True, help="quant-prep-opt")
    parser.add_argument("--compare", help="the script that compares one report")
    parser.add_argument("--stage", choices=["ranges", *stages.STAGES], help="how far to go")
    parser.add_argument("--scripts", help="folder of the scripts that compare, of --stage")
    parser.add_argument("--shard", default="0/1", help="only every N-th case, from the I-th on")
    parser.add_argument("--form", choices=["tosa", "linalg", "value"], default="tosa")
    parser.add_argument("--canonical", action="store_true",
                        help="run on the model after --canonicalize --cse")
    parser.add_argument("--observers", action="store_true",
                        help="of --form value, compare kinds and dtypes of observers too")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--plain", action="store_true",
                        help="only cases of the plain mapping default:fbgemm or default:qnnpack")
    parser.add_argument("--only", nargs="+", metavar="CASE", help="only these cases")
    parser.add_argument("--mlir-opt", default=os.environ.get("MLIR_OPT", "mlir-opt-22"))
    parser.add_argument("--explained", type=pathlib.Path, default=ROOT / "docs" / "parity.md",
                        help="the page that lists explained differences")
    options = parser.parse_args()
    needed = "scripts" if options.stage else "compare"
    if not getattr(options, needed):
        parser.error(f"--{needed} is needed{' with --stage' if options.stage else ''}")
    return options


def main():
    options = parse_arguments()
    listed = listed_cases(options.explained, options.form, options.stage)
    cases = find_cases(options)
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        outcomes = list(pool.map(lambda case: run_case(case, options, listed), cases))
    for outcome in outcomes:
        if outcome.equal:
            if outcome.text:
                print(f"{outcome.name}: {outcome.text}")
            if outcome.name in listed:
                print(f"{outcome.name}: equal, though {options.explained.name} lists it")
            continue
        reason = f" (explained: {outcome.explanation})" if outcome.explanation else ""
        print(f"{outcome.name}: differs{reason}")
        print("  " + outcome.text.replace("\n", "\n  "))
    equal = sum(outcome.equal for outcome in outcomes)
    explained = sum(bool(outcome.explanation) for outcome in outcomes)
    print(f"equal {equal} of {len(outcomes)}, explained {explained}")
    sys.exit(0 if equal + explained == len(outcomes) else 1)


if __name__ == "__main__":
    main()
