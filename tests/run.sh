#!/usr/bin/env bash
# Builds everything and runs all tests; then what has threads once more with ThreadSanitizer; then clang-tidy. Installs
# what is missing first. Arguments go to ctest (-L unit, -R name ...): then only the first of the three.
set -euo pipefail
cd "$(dirname "$0")/.."

./audit/setup.sh audit/packages.txt tests/packages.txt

build_and_test() {
  local preset=$1
  shift
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset"
  ctest --preset "$preset" -j "$(nproc)" "$@"
}

build_and_test dev "$@"
[ $# -eq 0 ] || exit 0
build_and_test tsan
./tests/tidy.py
