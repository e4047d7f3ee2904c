"""Runs tools, and reads the report of a prepared model."""

import json
import subprocess
import sys


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr[-2000:]}")


def functions_of(model, tool, folder):
    """The functions of the report; it is written into the folder."""
    report = folder / "report.json"
    run(tool, model, "--qprep-prepare", f"--qprep-report=output={report} format=json",
        "-o", "/dev/null")
    return json.loads(report.read_text(encoding="utf-8"))["functions"]
