#!/usr/bin/python3
"""quant-prep-opt with the defect that $DEFECT names (see fuzz-conversion.test)."""

import os
import re
import subprocess
import sys

defect, flags = os.environ["DEFECT"], sys.argv[1:]
if any(flag.startswith("--qprep-quantize") for flag in flags):
    if defect == "crash":
        os.abort()
    if defect == "silence":
        sys.exit(1)
    if defect == "no-place":
        sys.exit("error: something is wrong")
done = subprocess.run(["quant-prep-opt", *flags], check=False)
if defect == "far" and "--qprep-lower-to-integer" in flags:
    path = flags[flags.index("-o") + 1]
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(re.sub(r"dense<(\S+)> : (tensor<[1x]+xf32>)",
                            lambda match: f"dense<{2 * float(match[1]):.8e}> : {match[2]}", text))
sys.exit(done.returncode)
