"""Statistics of 64 runs are the same bits with any number of threads and in any parts (B20).

    shards.py FOLDER
"""

import os
import random
import subprocess
import sys

import numpy

RUNS = 64

MODULE = """
qprep.observer private @histogram {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>}
qprep.observer private @average {id = 1, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>}
qprep.observer private @channels {id = 2, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>}
qprep.observer private @weight {id = 3, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>}
qprep.observer private @average_channels {id = 4, spec = #qprep.observer<moving_average_per_channel_minmax, i8, per_channel_symmetric, axis = 1>}
func.func @f(%x: tensor<64x4xf32>) -> tensor<64x4xf32> {
  %w = arith.constant dense<[[0.5, 1.0, 1.5, -2.0]]> : tensor<1x4xf32>
  %0 = qprep.observe %x by @histogram : tensor<64x4xf32>
  %1 = qprep.observe %w by @weight : tensor<1x4xf32>
  %2 = tosa.add %0, %1 : (tensor<64x4xf32>, tensor<1x4xf32>) -> tensor<64x4xf32>
  %3 = qprep.observe %2 by @average : tensor<64x4xf32>
  %4 = tosa.tanh %3 : (tensor<64x4xf32>) -> tensor<64x4xf32>
  %5 = qprep.observe %4 by @average : tensor<64x4xf32>
  %6 = qprep.observe %5 by @channels : tensor<64x4xf32>
  %7 = qprep.observe %6 by @average_channels : tensor<64x4xf32>
  return %7 : tensor<64x4xf32>
}
"""


def run(*options, text=None):
    done = subprocess.run(["quant-prep-opt", *options], input=text, capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        sys.exit(f"shards.py: {' '.join(options)} failed:\n{done.stderr[:4000]}")
    return done.stdout


def calibrate(options):
    return run(f"--qprep-calibrate=inputs=x.npy {options}", text=MODULE)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    chooser = numpy.random.default_rng(20)
    # Of a size that the run decides, so that ranges grow and shrink.
    sizes = chooser.permutation(RUNS).reshape(RUNS, 1, 1)
    numpy.save("x.npy", (chooser.standard_normal((RUNS, 64, 4)) * sizes).astype(numpy.float32))
    whole = calibrate("threads=1")
    if whole.count(f"runs = {RUNS}") != 4 or whole.count("statistics = ") != 5:
        sys.exit("shards.py: not all observers have statistics of all runs:\n" + whole[:4000])
    if calibrate("threads=2") != whole:
        sys.exit("shards.py: two threads differ from one")
    shuffle = random.Random(20).shuffle
    for shards in 3, 7:
        parts = [f"part{shard}of{shards}.mlir" for shard in range(shards)]
        for shard, part in enumerate(parts):
            with open(part, "w") as file:
                file.write(calibrate(f"shard={shard}/{shards} threads={1 + shard % 2}"))
        for _ in range(3):
            shuffle(parts)
            if run("--qprep-merge-statistics=from=" + ",".join(parts), text=MODULE) != whole:
                sys.exit(f"shards.py: {shards} parts, {', '.join(parts)}, differ from one")
    print(f"{RUNS} runs are the same with 1 and 2 threads, in 1, 3 and 7 parts")


if __name__ == "__main__":
    main()
