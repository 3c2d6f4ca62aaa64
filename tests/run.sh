#!/usr/bin/env bash
# Builds everything and runs all tests, then ThreadSanitizer over what has threads, then clang-tidy. Installs what is missing first. Arguments go to ctest (-L unit,
# -R name ...): then the tests alone.
set -euo pipefail
cd "$(dirname "$0")/.."

./audit/setup.sh audit/packages.txt tests/packages.txt

cmake --preset test >/dev/null
cmake --build --preset test
ctest --preset test -j "$(nproc)" "$@"
[ $# -eq 0 ] || exit 0
cmake --preset tsan >/dev/null
cmake --build --preset tsan
ctest --preset tsan -j "$(nproc)"
./tests/tidy.py
