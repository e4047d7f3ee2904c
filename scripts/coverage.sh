#!/bin/sh
# Builds with the preset coverage, runs all tests, and prints which lines of lib/
# they reach: a table per file, and the total. Wants clang-22, lld-22 and
# libclang-rt-22-dev.
#
# usage: coverage.sh [--missing]
#
# --missing also prints the lines that no test reaches.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/coverage
"$root/scripts/install-packages.sh" clang-22 lld-22 libclang-rt-22-dev
cd "$root"
cmake --preset coverage
ninja -C "$build" all QuantPrepUnitTests

# One file for each of so many processes, so that they do not wait for each other.
rm -rf "$build/profiles"
mkdir "$build/profiles"
LLVM_PROFILE_FILE=$build/profiles/%8m.profraw
export LLVM_PROFILE_FILE
failed=0
ninja -C "$build" check-quant-prep || failed=1
(cd "$build" && ctest --output-on-failure --no-tests=error) || failed=1

prefix=/usr/lib/llvm-22/bin
"$prefix/llvm-profdata" merge -o "$build/all.profdata" "$build"/profiles/*.profraw
library=$(echo "$build"/lib/libQuantPrep.so.*)
runtime=$build/lib/libQuantPrepRuntime.so
"$prefix/llvm-cov" report "$library" -object "$runtime" -instr-profile="$build/all.profdata" \
  -show-region-summary=false -show-branch-summary=false "$root/lib" "$root/include"
if [ "${1:-}" = --missing ]; then
  "$prefix/llvm-cov" show "$library" -object "$runtime" -instr-profile="$build/all.profdata" \
    "$root/lib" "$root/include" | grep -E "^/|^ +[0-9]+\| +0\|" || true
fi
exit $failed
