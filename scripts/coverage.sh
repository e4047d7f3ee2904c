#!/bin/sh
# Builds with the preset coverage, runs all tests, and prints which lines of lib/
# and include/ they reach: a table per file and one per folder. Wants clang-22,
# lld-22 and libclang-rt-22-dev.
#
# usage: coverage.sh [--missing] [--at-least PERCENT]
#
# --missing also prints the lines that no test reaches. --at-least fails if fewer
# lines than that are reached in all.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/coverage
missing=0
least=0
while [ $# -gt 0 ]; do
  case $1 in
  --missing) missing=1 ;;
  --at-least)
    least=${2:?--at-least wants a percentage}
    shift
    ;;
  *)
    echo "error: unknown argument $1; usage: coverage.sh [--missing] [--at-least PERCENT]" >&2
    exit 1
    ;;
  esac
  shift
done

"$root/scripts/install-packages.sh" clang-22 lld-22 libclang-rt-22-dev
cd "$root"
cmake --preset coverage
ninja -C "$build" all QuantPrepUnitTests

# Each library of a process writes a profile of its own when it goes away, the
# plugin in mlir-opt and the runtime in mlir-runner too: %m tells them apart. Of
# each there are so many files, so that processes do not wait for each other.
rm -rf "$build/profiles"
mkdir "$build/profiles"
LLVM_PROFILE_FILE=$build/profiles/%8m.profraw
export LLVM_PROFILE_FILE
failed=0
ninja -C "$build" check-quant-prep || failed=1
(cd "$build" && ctest --output-on-failure --no-tests=error) || failed=1

prefix=/usr/lib/llvm-22/bin
"$prefix/llvm-profdata" merge -o "$build/all.profdata" "$build"/profiles/*.profraw
library=$build/lib/libQuantPrep.so
runtime=$build/lib/libQuantPrepRuntime.so

# Functions with mismatched data are those that MLIR makes for each of our types,
# which the library leaves out and test programs do not.
cov() {
  command=$1
  shift
  "$prefix/llvm-cov" "$command" "$library" -object "$runtime" -instr-profile="$build/all.profdata" "$@" \
    "$root/lib" "$root/include"
}
cov report -show-region-summary=false -show-branch-summary=false
if [ "$missing" = 1 ]; then
  cov show -show-instantiations=false |
    awk '/^\// { file = $0 } /^ +[0-9]+\| +0\|/ { if (file) print file; file = ""; print }'
fi
cov export -summary-only >"$build/coverage.json"
scripts/summarize-coverage.py "$build/coverage.json" --at-least "$least" || failed=1
exit $failed
