#!/usr/bin/env python3
"""Interrupts calibrations, as somebody at a terminal does.

    calibration_interrupt.py TOOL FOLDER

The module takes a minute. It is stopped as soon as the bar shows that runs are done; without
keep-partial nothing is left, with it what was finished. Where SIGINT is ignored, all is done.
"""

import os
import pty
import re
import signal
import subprocess
import sys

import numpy

RUNS = 2000

MODULE = """
qprep.observer private @x {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>}
func.func @slow(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %end = arith.constant 500 : index
  %0 = qprep.observe %x by @x : tensor<4096xf32>
  %1 = scf.for %i = %c0 to %end step %c1 iter_args(%v = %0) -> tensor<4096xf32> {
    %2 = tosa.tanh %v : (tensor<4096xf32>) -> tensor<4096xf32>
    scf.yield %2 : tensor<4096xf32>
  }
  return %1 : tensor<4096xf32>
}
"""


def interrupt(command, disposition=signal.SIG_DFL):
    """The exit code, and what was shown on the terminal."""
    ours, theirs = pty.openpty()
    # Whoever runs the test may ignore SIGINT, which is inherited.
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, disposition))
    os.close(theirs)
    shown = b""
    sent = False
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:  # The other end is closed.
            break
        if not read:
            break
        shown += read
        if not sent and b"runs/s" in shown:
            sent = True
            process.send_signal(signal.SIGINT)
    process.wait()
    if not sent:
        sys.exit("no bar was shown:\n" + shown.decode())
    return process.returncode, shown.decode()


def main():
    tool, folder = sys.argv[1:]
    os.makedirs(folder)
    os.chdir(folder)
    with open("slow.mlir", "w") as file:
        file.write(MODULE)
    numpy.save("x.npy", numpy.ones((RUNS, 4096), numpy.float32))
    before = sorted(os.listdir("."))

    code, _ = interrupt([tool, "slow.mlir", "--qprep-calibrate=inputs=x.npy", "-o", "out.mlir"])
    if code == 0 or sorted(os.listdir(".")) != before:
        sys.exit(f"interrupted: exit code {code}, files {os.listdir('.')}")

    code, shown = interrupt([tool, "slow.mlir", "--qprep-calibrate=inputs=x.npy keep-partial=true", "-o", "out.mlir"])
    said = re.search(rf"interrupted: (\d+) of {RUNS} runs are in the statistics", shown)
    if code != 0 or not said or not 0 < int(said[1]) < RUNS:
        sys.exit(f"with keep-partial: exit code {code}\n{shown}")
    with open("out.mlir") as file:
        if f"runs = {said[1]}" not in file.read():
            sys.exit(f"with keep-partial: {said[1]} runs are not in the statistics")

    # In the background of a shell it is ignored, and the calibration goes on to its end.
    os.unlink("out.mlir")
    code, _ = interrupt([tool, "slow.mlir", "--qprep-calibrate=inputs=x.npy shard=0/40", "-o", "out.mlir"],
                        signal.SIG_IGN)
    if code != 0 or not os.path.exists("out.mlir"):
        sys.exit(f"where SIGINT is ignored: exit code {code}, files {os.listdir('.')}")
    with open("out.mlir") as file:
        if f"runs = {RUNS // 40}" not in file.read():
            sys.exit("where SIGINT is ignored: not all runs are in the statistics")

    quick = subprocess.run([tool, "slow.mlir", "--qprep-calibrate=inputs=x.npy shard=0/1000"],
                           capture_output=True, text=True, check=True)
    if quick.stderr:
        sys.exit("no terminal, but shown:\n" + quick.stderr)
    print("interrupted, kept, ignored, quiet")


if __name__ == "__main__":
    main()
