"""Stands for the comparison: an expected text is found in the report's options."""

import json
import pathlib
import sys

expected, report = (json.loads(pathlib.Path(p).read_text(encoding="utf-8")) for p in sys.argv[1:3])
assert sys.argv[3] == "--mlir" and sys.argv[5:] == ["--check-role", "--check-axis"]
if "error" in expected or "error" in report:
    equal = ("error" in expected) == ("error" in report)
    print("errors:", report.get("error"))
else:
    missing = [text for text in expected["has"] if text not in report["options"]]
    equal = not missing
    print("missing:", missing, "in", report["options"])
sys.exit(0 if equal else 1)
