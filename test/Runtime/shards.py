"""Statistics of 64 runs are the same bits in 1, 3 and 7 parts, merged in any order (B20).

The parts run in mlir-runner with the runtime library; their files are imported into the
module, one after the other, or each into a module of its own that is merged.
"""

import argparse
import os
import random
import subprocess
import sys

RUNS = 64

MODULE = """
qprep.observer private @histogram {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>}
qprep.observer private @average {id = 1, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, averaging_constant = 0.01>}
qprep.observer private @channels {id = 2, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>}
qprep.observer private @range {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func private @qprep_runtime_begin_run(i64) attributes {llvm.emit_c_interface}

// Different values in each run, of a size that the run decides.
func.func private @fill(%run: index, %buffer: memref<64x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c64 = arith.constant 64 : index
  %seed = arith.index_cast %run : index to i32
  %mul = arith.constant 1664525 : i32
  %add = arith.constant 1013904223 : i32
  %shift = arith.constant 8 : i32
  %small = arith.constant 1.0e-6 : f32
  %size = arith.sitofp %seed : i32 to f32
  %factor = arith.mulf %size, %small : f32
  scf.for %i = %c0 to %c64 step %c1 {
    scf.for %j = %c0 to %c4 step %c1 {
      %row = arith.muli %i, %c4 : index
      %at = arith.addi %row, %j : index
      %number = arith.index_cast %at : index to i32
      %0 = arith.muli %seed, %mul : i32
      %1 = arith.addi %0, %number : i32
      %2 = arith.muli %1, %mul : i32
      %3 = arith.addi %2, %add : i32
      %4 = arith.muli %3, %mul : i32
      %5 = arith.shrsi %4, %shift : i32
      %6 = arith.sitofp %5 : i32 to f32
      %7 = arith.mulf %6, %factor : f32
      memref.store %7, %buffer[%i, %j] : memref<64x4xf32>
    }
  }
  return
}

func.func @main() {
  %begin = arith.constant BEGIN : index
  %step = arith.constant STEP : index
  %end = arith.constant 64 : index
  %buffer = memref.alloc() : memref<64x4xf32>
  scf.for %run = %begin to %end step %step {
    %number = arith.index_cast %run : index to i64
    func.call @qprep_runtime_begin_run(%number) : (i64) -> ()
    func.call @fill(%run, %buffer) : (index, memref<64x4xf32>) -> ()
    qprep.observe %buffer by @histogram : memref<64x4xf32>
    qprep.observe %buffer by @average : memref<64x4xf32>
    qprep.observe %buffer by @channels : memref<64x4xf32>
    qprep.observe %buffer by @range : memref<64x4xf32>
  }
  memref.dealloc %buffer : memref<64x4xf32>
  return
}
"""

LOWER = ["--qprep-lower-observers", "--convert-scf-to-cf", "--expand-strided-metadata",
         "--finalize-memref-to-llvm", "--convert-to-llvm", "--reconcile-unrealized-casts"]


def run(command, text=None, **environment):
    done = subprocess.run(command, input=text, capture_output=True, text=True,
                          env={**os.environ, **environment})
    if done.returncode != 0 or done.stderr:
        sys.exit(f"shards.py: {command[0]} failed:\n{done.stderr[:4000]}")
    return done.stdout


def make_part(options, shard, shards):
    """The statistics of every shards-th run, from the shard-th on."""
    path = os.path.join(options.folder, f"part{shard}of{shards}.json")
    text = MODULE.replace("BEGIN", str(shard)).replace("STEP", str(shards))
    libraries = [os.path.join(options.mlir_libs, "libmlir_c_runner_utils.so"),
                 os.path.join(options.libs, "libQuantPrepRuntime.so")]
    run(["mlir-runner", "-e", "main", "-entry-point-result=void",
         "-shared-libs=" + ",".join(libraries)],
        run(["quant-prep-opt", *LOWER], text), QPREP_RUNTIME_OUTPUT=path)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--libs", required=True)
    parser.add_argument("--mlir-libs", required=True)
    parser.add_argument("--folder", required=True)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    module = MODULE.replace("BEGIN", "0").replace("STEP", "1")
    chooser = random.Random(20)
    whole = run(["quant-prep-opt", "--qprep-import-statistics=" + make_part(options, 0, 1),
                 "--qprep-choose-qparams"], module)
    if whole.count("runs = 64") != 4 or whole.count("qparams = #qprep.qparams") != 4:
        sys.exit("shards.py: not all observers have statistics of 64 runs:\n" + whole[:4000])
    for shards in 3, 7:
        parts = [make_part(options, shard, shards) for shard in range(shards)]
        for _ in range(2):
            chooser.shuffle(parts)
            imported = run(["quant-prep-opt", *["--qprep-import-statistics=" + part for part in parts],
                            "--qprep-choose-qparams"], module)
            calibrated = []
            for part in parts:
                calibrated.append(part.replace(".json", ".mlir"))
                run(["quant-prep-opt", "--qprep-import-statistics=" + part, "-o", calibrated[-1]], module)
            merged = run(["quant-prep-opt", "--qprep-merge-statistics=from=" + ",".join(calibrated),
                          "--qprep-choose-qparams"], module)
            # A part may be the module itself.
            into = run(["quant-prep-opt", calibrated[0],
                        "--qprep-merge-statistics=from=" + ",".join(calibrated[1:]),
                        "--qprep-choose-qparams"])
            if imported != whole or merged != whole or into != whole:
                sys.exit(f"shards.py: {shards} parts differ from one")
    print(f"{RUNS} runs are the same in 1, 3 and 7 parts")


if __name__ == "__main__":
    main()
