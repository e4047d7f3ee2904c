#!/bin/sh
# Installs packages, builds, and quantizes a trained model to int8: shows its
# accuracy before and after. With a model of your own, prepares it, and shows
# the report of what was decided.
#
# usage: setup-and-run.sh [MODEL [OPTION-OF-QUANT-PREP-OPT...]]
#
# What is made of a model is put into the current folder.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/install-packages.sh"
(cd "$root" && cmake --preset release && ninja -C build/release quant-prep-opt quant-prep-run)
PATH=$root/build/release/bin:$PATH

# Shows a command, and runs it.
run() {
  echo
  echo "$*"
  "$@"
}

if [ $# = 0 ]; then
  digits=$root/examples/digits
  run quant-prep-run "$digits/model.mlir" "--input=$digits/test.npz" --output=float.npz
  run "$digits/accuracy.py" float.npz "$digits/test.npz"
  run quant-prep-opt "$digits/model.mlir" "--qprep-quantize=inputs=$digits/calibration.npz" -o int8.mlir
  run quant-prep-run int8.mlir "--input=$digits/test.npz" --output=int8.npz
  run "$digits/accuracy.py" int8.npz "$digits/test.npz" float.npz
  echo
  echo "The quantized module is in int8.mlir"
  exit
fi

model=$1
shift
prepared=$(basename "$model" .mlir).prepared.mlir
run quant-prep-opt "$model" --qprep-prepare --qprep-report=format=text -o "$prepared" "$@"
echo
echo "The prepared module is in $prepared"
