#!/bin/sh
# Runs both fuzzers for so many seconds each: random models with any build of
# the driver, and random text with the fuzzer of the parser, which the preset
# sanitize builds (scripts/setup-and-test.sh sanitize).
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
mkdir -p "$findings/corpus"
# libMLIR is not built with the sanitizer, so that its allocators do not unpoison
# what our inlined copies of them poison.
ASAN_OPTIONS=allow_user_poisoning=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS

failed=0
/usr/bin/python3 "$root/fuzz/fuzz_models.py" --tool "$build/bin/quant-prep-opt" --libs "$build/lib" \
  --seconds "$seconds" --seed "${QUANTPREP_FUZZ_SEED:-1}" --keep "$findings" || failed=1

fuzzer=$sanitize/fuzz/quant-prep-parser-fuzzer
if [ -x "$fuzzer" ]; then
  # The tests are where it starts from, one input for each of their parts.
  /usr/bin/python3 "$root/fuzz/split_tests.py" "$root" "$findings/corpus"
  "$fuzzer" -max_total_time="$seconds" -seed="${QUANTPREP_FUZZ_SEED:-1}" -timeout=20 -rss_limit_mb=4096 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$findings/" "$findings/corpus" 2>"$findings/parser.log" || failed=1
  grep -E "^stat::number_of_executed_units|^FOUND|ERROR|SUMMARY" "$findings/parser.log" || true
else
  echo "no $fuzzer: the parser is not fuzzed" >&2
fi
exit $failed
