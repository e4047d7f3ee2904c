#!/usr/bin/env python3
"""Tests that only codes that are all equal are put down to how integers are rounded.

    rounding_test.py TOOL FOLDER    FOLDER: of the shared quantization cases
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import unittest

import numpy

import run
import settings
import stages

TOOL, SHARED = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))


class RoundingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.case = SHARED / "cases" / "backend_fbgemm"
        cls.options = argparse.Namespace(tool=TOOL, scripts=str(SHARED), stage="integer", form="tosa")
        cls.prepare = settings.to_options(
            json.loads((cls.case / "settings.json").read_text(encoding="utf-8")), cls.folder,
            lambda name: run.print_preset(TOOL, name))
        stages.write_inputs(cls.case, cls.folder / "inputs.npz", 128)
        prepared = stages.prepare(cls.case, cls.case / "model.tosa.mlir", cls.prepare, cls.options, cls.folder)
        converted = stages.convert(prepared, [], ["--qprep-lower-to-integer"], cls.options,
                                   cls.folder / "converted.mlir")
        stages.must(os.path.join(os.path.dirname(TOOL), "quant-prep-run"), converted,
                    f"--input={cls.folder / 'inputs.npz'}", f"--output={cls.folder / 'outputs.npz'}")

    def differs_by_rounding(self):
        return stages.differs_by_rounding(self.case, self.prepare, self.options, self.folder)

    def test_all_codes_are_equal(self):
        self.assertTrue(self.differs_by_rounding())

    def test_one_code_differs_by_a_step(self):
        with numpy.load(self.folder / "outputs.npz") as stored:
            outputs = {name: stored[name] for name in stored.files}
        self.addCleanup(numpy.savez, self.folder / "outputs.npz", **{"0": outputs["0"].copy()})
        scale = json.loads((self.case / "results.json").read_text(encoding="utf-8"))["outputs"][0]["scale"]
        outputs["0"][0, 0, 1] += scale
        numpy.savez(self.folder / "outputs.npz", **outputs)
        self.assertFalse(self.differs_by_rounding())


if __name__ == "__main__":
    unittest.main()
