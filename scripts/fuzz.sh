#!/bin/sh
# Runs the fuzzers for so many seconds each: random models, edits between the
# steps of preparation, conversion of random models and units to integers, with any build of the driver, and random
# text with the fuzzer of the parser, which the preset sanitize builds (scripts/setup-and-test.sh sanitize).
#
# usage: fuzz.sh SECONDS [BUILD-FOLDER [SANITIZE-BUILD-FOLDER]]
#
# Findings are kept in fuzz-findings/. Exit code 1 if there are any.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
seconds=$1
build=${2:-$root/build/release}
sanitize=${3:-$root/build/sanitize}
findings=$root/fuzz-findings
mkdir -p "$findings"

failed=0
/usr/bin/python3 "$root/fuzz/fuzz_models.py" --tool "$build/bin/quant-prep-opt" --libs "$build/lib" \
  --seconds "$seconds" --seed "${QUANTPREP_FUZZ_SEED:-1}" --keep "$findings" || failed=1

/usr/bin/python3 "$root/fuzz/fuzz_edits.py" --tool "$build/bin/quant-prep-opt" --seconds "$seconds" \
  --seed "${QUANTPREP_FUZZ_SEED:-1}" --keep "$findings" || failed=1

/usr/bin/python3 "$root/fuzz/fuzz_conversion.py" --tool "$build/bin/quant-prep-opt" --seconds "$seconds" \
  --seed "${QUANTPREP_FUZZ_SEED:-1}" --keep "$findings" || failed=1

for form in tosa linalg; do
  /usr/bin/python3 "$root/fuzz/fuzz_integer.py" --tool "$build/bin/quant-prep-opt" --form "$form" --count "$seconds" \
    --seed "${QUANTPREP_FUZZ_SEED:-1}" || failed=1
done

fuzzer=$sanitize/fuzz/quant-prep-parser-fuzzer
if [ -x "$fuzzer" ]; then
  /usr/bin/python3 "$root/fuzz/fuzz_parser.py" --fuzzer "$fuzzer" --seconds "$seconds" \
    --seed "${QUANTPREP_FUZZ_SEED:-1}" --keep "$findings" || failed=1
else
  echo "no $fuzzer: the parser is not fuzzed" >&2
fi
exit $failed
