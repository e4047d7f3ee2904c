#!/bin/sh
# Checks that clang-format has nothing to change.
#
# usage: check-format.sh [--fix]
set -eu

cd "$(dirname "$0")/.."
format=${CLANG_FORMAT:-clang-format-22}
if ! command -v "$format" >/dev/null; then
  echo "error: $format not found; apt-get install clang-format-22" >&2
  exit 1
fi
mode="--dry-run --Werror"
[ "${1:-}" != --fix ] || mode="-i"
# $mode is a list.
# shellcheck disable=SC2086
if ! git ls-files -z '*.cpp' '*.h' '*.c' | xargs -0 -r "$format" $mode; then
  echo "error: sources are not formatted; run scripts/check-format.sh --fix" >&2
  exit 1
fi
