#!/usr/bin/env bash
# Builds everything and runs all tests, then the sanitizers over what has threads and what reads what strangers send, then
# clang-tidy. Installs what is missing first. Arguments go to ctest (-L unit, -R name ...): then the tests alone.
set -euo pipefail
cd "$(dirname "$0")/.."

./audit/setup.sh audit/packages.txt tests/packages.txt

cmake --preset test >/dev/null
cmake --build --preset test
ctest --preset test -j "$(nproc)" "$@"
[ $# -eq 0 ] || exit 0
for sanitizers in tsan hostile; do
  cmake --preset "$sanitizers" >/dev/null
  cmake --build --preset "$sanitizers"
  ctest --preset "$sanitizers" -j "$(nproc)"
done
./tests/tidy.py
