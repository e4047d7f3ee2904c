#!/bin/sh
# Installs packages, builds, prepares a model of examples/ and shows the report
# of what was decided.
#
# usage: setup-and-run.sh [MODEL [OPTION-OF-QUANT-PREP-OPT...]]
#
# The prepared module is put into the current folder.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/install-packages.sh"
(cd "$root" && cmake --preset release && ninja -C build/release quant-prep-opt)

model=${1:-$root/examples/cnn.mlir}
[ $# = 0 ] || shift
prepared=$(basename "$model" .mlir).prepared.mlir
echo
echo "quant-prep-opt $model --qprep-prepare --qprep-report=format=text -o $prepared"
echo
"$root/build/release/bin/quant-prep-opt" "$model" --qprep-prepare "--qprep-report=format=text" \
  -o "$prepared" "$@"
echo
echo "The prepared module is in $prepared"
