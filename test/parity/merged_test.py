#!/usr/bin/env python3
"""Tests which differences the runner puts down to uses that became one."""

import unittest

import run

GONE = "  missing: x -> linear_1[0]: observed in PyTorch, no such use in the MLIR"


def text_of(*problems):
    return "\n".join(["case: 8/9 edges match", *problems, "different: ..."])


def expected_of(**consumers):
    return {"edges": [{"producer": "x", "consumer": name, "observers": ids}
                      for name, ids in consumers.items()]}


class OnlyMergedTest(unittest.TestCase):
    def test_another_node_reads_the_value_alike(self):
        self.assertTrue(run.only_merged(text_of(GONE), expected_of(linear=[0], linear_1=[0])))

    def test_the_other_node_reads_it_through_another_observer(self):
        self.assertFalse(run.only_merged(text_of(GONE), expected_of(linear=[1], linear_1=[0])))

    def test_no_other_node_reads_the_value(self):
        self.assertFalse(run.only_merged(text_of(GONE), expected_of(linear_1=[0])))

    def test_the_other_use_is_gone_as_well(self):
        other = GONE.replace("linear_1", "linear")
        self.assertFalse(run.only_merged(text_of(GONE, other),
                                         expected_of(linear=[0], linear_1=[0])))

    def test_something_else_differs(self):
        extra = "  extra: x -> linear[0]: PyTorch has [], the report [x_in histogram]"
        self.assertFalse(run.only_merged(text_of(GONE, extra),
                                         expected_of(linear=[0], linear_1=[0])))

    def test_nothing_differs_by_a_use(self):
        self.assertFalse(run.only_merged(text_of(), expected_of(linear=[0])))


if __name__ == "__main__":
    unittest.main()
