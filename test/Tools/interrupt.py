#!/usr/bin/env python3
"""Interrupts a run while it writes a file, and checks that the old one is left.

    interrupt.py FILE COMMAND...

The command writes FILE, which is there already. It is stopped as soon as there
is another file in the folder.
"""

import os
import signal
import subprocess
import sys
import time

path, command = sys.argv[1], sys.argv[2:]
folder = os.path.dirname(path)
with open(path) as file:
    before = file.read()
process = subprocess.Popen(command)
while len(os.listdir(folder)) == 1:
    if process.poll() is not None:
        sys.exit("the run was over before it could be interrupted")
    time.sleep(0.001)
process.send_signal(signal.SIGTERM)
if process.wait() == 0:
    sys.exit("the run was not interrupted")
with open(path) as file:
    if file.read() != before:
        sys.exit(f"{path} has been changed")
left = [name for name in os.listdir(folder) if name != os.path.basename(path)]
if left:
    sys.exit(f"left behind: {left}")
