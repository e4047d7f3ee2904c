#!/usr/bin/python3
"""quant-prep-opt with the defect that $DEFECT names (see fuzz-models.test)."""

import os
import subprocess
import sys

defect, flags = os.environ["DEFECT"], sys.argv[1:]
text = sys.stdin.read()
done = subprocess.run(["quant-prep-opt", *flags], input=text, capture_output=True, text=True)
sys.stderr.write(done.stderr)
output = done.stdout
if any(flag.startswith("--qprep-prepare") or "qprep-attach-config" in flag for flag in flags):
    if defect == "crash":
        os.abort()
    if defect == "silence":
        sys.exit(1)
    if defect == "error":
        sys.exit("error: something is wrong")
    if (defect == "strip" and "--qprep-strip" in flags or defect == "threads" and "--mlir-disable-threading" in flags
            or defect == "again" and "qprep.generated" in text):
        output = output.replace("return", "retirn", 1)
print(output, end="")
sys.exit(done.returncode)
