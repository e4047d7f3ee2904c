#!/usr/bin/env python3
"""Writes the parts of the test files, and the presets, as inputs of the parser
fuzzer: split_tests.py ROOT FOLDER"""

import glob
import hashlib
import os
import re
import sys

root, folder = sys.argv[1:]
for pattern in ("test/**/*.mlir", "lib/**/*.mlir"):
    for path in glob.glob(os.path.join(root, pattern), recursive=True):
        with open(path) as file:
            parts = re.split(r"^//(?: -----|---).*\n", file.read(), flags=re.MULTILINE)
        for part in parts:
            # Comments only make the input longer.
            text = re.sub(r"^\s*//.*\n", "", part, flags=re.MULTILINE).strip() + "\n"
            name = hashlib.sha1(text.encode()).hexdigest()
            if len(text) <= 4096:
                with open(os.path.join(folder, name), "w") as file:
                    file.write(text)
