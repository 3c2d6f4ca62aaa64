#!/usr/bin/env bash
# Builds everything and runs all tests: installs what is missing first. Arguments go to ctest (-L unit, -R name ...).
set -euo pipefail
cd "$(dirname "$0")/.."

./audit/setup.sh audit/packages.txt tests/packages.txt
cmake --preset dev >/dev/null
cmake --build --preset dev
ctest --preset dev -j "$(nproc)" "$@"
