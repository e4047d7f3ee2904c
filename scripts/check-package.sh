#!/bin/sh
# Installs the Debian package of a build in a clean Debian 12, and builds a
# project against it there, with its lit suite.
#
# usage: check-package.sh BUILD-DIR
#
# Wants root, debootstrap and the network.
set -eu

build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/.." && pwd)
mirror=http://deb.debian.org
work=$(mktemp -d)
clean() {
  ! mountpoint -q "$work/root/proc" || umount "$work/root/proc"
  rm -rf "$work"
}
trap clean EXIT

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/package"
debootstrap --variant=minbase bookworm "$work/root" "$mirror/debian"
echo "deb $mirror/debian-security bookworm-security main" >>"$work/root/etc/apt/sources.list"
cp "$work"/package/quantprep_*.deb "$work/root/quantprep.deb"
cp -r "$source/test/Install/Inputs/consumer" "$source/examples" "$work/root/root"
# The dynamic linker finds the folder of a program, as of mlir-opt, in /proc.
mountpoint -q "$work/root/proc" || mount -t proc proc "$work/root/proc"

# What docs/projects.md says to install.
chroot "$work/root" env DEBIAN_FRONTEND=noninteractive sh -eu -c '
  apt-get update -q
  apt-get install -q -y --no-install-recommends /quantprep.deb
  cd /root
  quant-prep-opt examples/cnn.mlir --qprep-prepare --qprep-report=format=text -o prepared.mlir
  apt-get install -q -y --no-install-recommends \
    cmake ninja-build g++ libmlir-22-dev llvm-22-dev mlir-22-tools python3
  cmake -G Ninja -S consumer -B build
  cmake --build build
  cmake --build build --target check-my-tool'
