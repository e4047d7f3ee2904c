"""run_example.py notices what it is there to notice."""

import unittest

import run_example


class CompareTest(unittest.TestCase):
    same = dict(float_results=[["3f800000", "40000000"]], prepared_results=[["3f800000", "40000000"]],
                values_results=[["3f800000", "40000000"]], expected={0: (1.0, 2.0, 2, 0)}, seen={0: (1.0, 2.0, 2, 0)})

    def differences(self, **changes):
        return run_example.compare(**{**self.same, **changes})

    def test_same(self):
        self.assertEqual(self.differences(), [])

    def test_one_bit_of_a_result(self):
        self.assertEqual(self.differences(prepared_results=[["3f800000", "40000001"]]),
                         ["result 0: 1 of 2 elements differ between the float and the prepared model, first at [1]"])

    def test_missing_elements(self):
        self.assertEqual(len(self.differences(values_results=[["3f800000"]])), 1)

    def test_observations(self):
        for wrong in ({0: (1.0, 2.5, 2, 0)}, {0: (0.5, 2.0, 2, 0)}, {0: (1.0, 2.0, 3, 0)}, {}, {1: (1.0, 2.0, 2, 0)}):
            self.assertTrue(self.differences(seen=wrong), wrong)
        self.assertEqual(self.differences(seen={}),
                         ["observer 0: expected (min, max, count, nan) = (1.0, 2.0, 2, 0), it saw None"])

    def test_expected_observations_of_a_shared_observer(self):
        places = [(4, "tensor<2xf32>"), (4, "tensor<f32>"), (5, "tensor<1x2xf32>")]
        values = [["3f800000", "40000000"], ["bf800000"], ["7fc00000", "40400000"]]
        self.assertEqual(run_example.expected_observations(places, values),
                         {4: (-1.0, 2.0, 3, 0), 5: (3.0, 3.0, 2, 1)})


class RewriteTest(unittest.TestCase):
    def test_observations_become_results(self):
        text = """module {
  qprep.observer private @a {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
  func.func @forward(%arg0: tensor<4xf32>) -> tensor<4xf32> {
    %0 = qprep.observe %arg0 by @a : tensor<4xf32>
    %1 = tosa.exp %0 : (tensor<4xf32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
}
"""
        rewritten, places = run_example.observed_values_as_results(text)
        self.assertEqual(places, [(3, "tensor<4xf32>")])
        self.assertIn("@forward(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {", rewritten)
        self.assertIn("tosa.exp %arg0 :", rewritten)
        self.assertIn("return %1, %arg0 : tensor<4xf32>, tensor<4xf32>", rewritten)
        self.assertNotIn("qprep.observe ", rewritten)


if __name__ == "__main__":
    unittest.main()
