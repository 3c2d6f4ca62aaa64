#!/usr/bin/env bash
# From a bare Debian 12 to a workbook: installs what is missing, builds, runs the demonstration.
set -euo pipefail
cd "$(dirname "$0")/.."

./audit/setup.sh audit/packages.txt
cmake --preset release >/dev/null
cmake --build --preset release
./build/release/linkaudit demo --out demo
cat <<'END'

Next:
  - open demo/casebook.xlsx or demo/casebook.html: press tests of 2021 and 2022, judged as of 2022-01-27
  - ./build/release/linkaudit catalog show | less      what is audited, by which rules
  - ./build/release/linkaudit check taobao/item        probe now (needs the internet)
  - README.md                                          daily use by task
END
