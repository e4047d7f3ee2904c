#!/bin/sh
# Installs what building, running and testing QuantPrep needs on Debian 12.
#
# usage: install-packages.sh [EXTRA-PACKAGE...]
#
# Wants root or sudo. Does nothing, and needs neither, if all is there.
set -eu

packages="cmake ninja-build g++ libmlir-22-dev mlir-22-tools llvm-22-dev libgtest-dev libzip-dev libdnnl-dev python3 dpkg-dev file $*"

missing=""
for package in $packages; do
  if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
    missing="$missing $package"
  fi
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  sudo=""
elif command -v sudo >/dev/null; then
  sudo="sudo"
else
  echo "error: root or sudo is needed to install:$missing" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q
if ! apt-cache show libmlir-22-dev >/dev/null 2>&1; then
  echo "error: no package source has libmlir-22-dev; Debian 12 has it in bookworm-security:" >&2
  echo "  deb http://deb.debian.org/debian-security bookworm-security main" >&2
  exit 1
fi
# $sudo may be empty, and $missing is a list.
# shellcheck disable=SC2086
$sudo apt-get install -q -y --no-install-recommends $missing
