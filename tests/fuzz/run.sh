#!/usr/bin/env bash
# Builds the fuzzers and lets each run for some seconds from its seeds and from what earlier runs have found worth
# keeping (build/fuzz/corpus). Exits with 1 when one has a finding; the inputs are then in build/fuzz/findings.
#   tests/fuzz/run.sh [SECONDS, default 60] [HARNESS...]
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-60}
shift || true
cmake --preset fuzz >/dev/null
mapfile -t harnesses < <(cd tests/fuzz/seeds && ls)
[ $# -eq 0 ] || harnesses=("$@")
cmake --build build/fuzz --target "${harnesses[@]/#/fuzz_}"

run_one() {
  local name=$1 seconds=$2 base=build/fuzz
  mkdir -p "$base/corpus/$name" "$base/findings/$name" "$base/logs"
  local options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1
                 -artifact_prefix="$base/findings/$name/")
  [ ! -f "tests/fuzz/$name.dict" ] || options+=(-dict="tests/fuzz/$name.dict")
  if "$base/tests/fuzz/fuzz_$name" "${options[@]}" "$base/corpus/$name" "tests/fuzz/seeds/$name" >"$base/logs/$name" 2>&1; then
    echo "$name: clean, $(sed -n 's/^stat::number_of_executed_units: *//p' "$base/logs/$name") inputs"
  else
    echo "$name: FINDING, see $base/logs/$name and $base/findings/$name" && return 1
  fi
}
export -f run_one
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1
printf '%s\n' "${harnesses[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run_one "$1" "$2"' _ {} "$seconds"
