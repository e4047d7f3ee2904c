"""Runs the tools, which are taken from PATH."""

import subprocess
import sys


def run(*command):
    """Standard output; a command that fails ends the script."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout
