#!/bin/sh
# Installs packages, builds, and runs all tests. Fails if anything does, and if
# a tool that the tests want is missing.
#
# usage: setup-and-test.sh [PRESET]
#
# QUANTPREP_SHARED: a folder with models and parity cases; if unset, the tests
# that want it are not run.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
preset=${1:-release}
# All presets but this one have the compiler that knows all sanitizers.
compiler=""
[ "$preset" = release ] || compiler="clang-22 lld-22 libclang-rt-22-dev"
# $compiler is a list.
# shellcheck disable=SC2086
"$root/scripts/install-packages.sh" $compiler
cd "$root"
cmake --preset "$preset"
ninja -C "build/$preset" all QuantPrepUnitTests

failed=0
ninja -C "build/$preset" check-quant-prep || failed=1
(cd "build/$preset" && ctest --output-on-failure --no-tests=error) || failed=1
exit $failed
