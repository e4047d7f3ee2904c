"""The stage `ranges`: prepares a case, calibrates it on its inputs, and compares with PyTorch."""

import subprocess
import sys

TIMEOUT = 600  # seconds for one command


class RangesFailure(Exception):
    """A step that failed: nothing explains it."""


def run(*command):
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise RangesFailure(f"no end after {TIMEOUT} s: {command[0]}") from None
    except OSError as error:
        raise RangesFailure(f"{command[0]}: {error.strerror}") from None


def run_case(case, model, prepare_options, options, folder):
    """The comparison of one case, as a finished process."""
    report = folder / "report.json"
    done = run(options.tool, model, f"--qprep-prepare={prepare_options}",
               f"--qprep-calibrate=inputs={case / 'calibration.npz'} threads=1", "--qprep-choose-qparams",
               f"--qprep-report=output={report} format=json", "-o", "/dev/null")
    if done.returncode:
        raise RangesFailure(f"{options.tool}: {(done.stderr + done.stdout).strip()[-2000:]}")
    return run(sys.executable, f"{options.scripts}/compare_ranges.py", case / "expected.json",
               case / "ranges.json", report, "--mlir", model, "--mlir-opt", options.mlir_opt)
