#!/bin/sh
# Installs packages, builds, and quantizes a trained model to int8: shows its
# accuracy before and after. A model of your own is quantized on its data, and
# compared with what it was; without data it is prepared, and the report of what
# was decided is shown.
#
# usage: setup-and-run.sh [MODEL [DATA.npz] [OPTION-OF-QUANT-PREP-OPT...]]
#
# What is made of a model is put into the current folder.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/install-packages.sh"
(cd "$root" && cmake --preset release && ninja -C build/release quant-prep-opt quant-prep-compare)
PATH=$root/build/release/bin:$PATH

# Shows a command, and runs it.
run() {
  echo
  echo "$*"
  "$@"
}

# Quantizes MODEL on DATA to RESULT, with options of quant-prep-opt.
quantize() {
  model=$1 data=$2 result=$3
  shift 3
  run quant-prep-opt "$model" "--qprep-quantize=inputs=$data" -o "$result" "$@"
}

if [ $# = 0 ]; then
  digits=$root/examples/digits
  quantize "$digits/model.mlir" "$digits/calibration.npz" int8.mlir
  run quant-prep-compare "$digits/model.mlir" int8.mlir "--input=$digits/test.npz" --labels=labels --top=5
  echo
  echo "The quantized module is in int8.mlir"
  exit
fi

model=$1
name=$(basename "$model" .mlir)
shift
case "${1:-}" in
*.npz | *.npy)
  data=$1
  shift
  quantize "$model" "$data" "$name.int8.mlir" "$@"
  run quant-prep-compare "$model" "$name.int8.mlir" "--input=$data" --top=5
  echo
  echo "The quantized module is in $name.int8.mlir"
  ;;
*)
  run quant-prep-opt "$model" --qprep-prepare --qprep-report=format=text -o "$name.prepared.mlir" "$@"
  echo
  echo "The prepared module is in $name.prepared.mlir"
  ;;
esac
