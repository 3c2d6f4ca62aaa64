#!/usr/bin/env bash
# Installs the Debian packages listed in the files given that are missing, saying which. Asks nothing; quick when
# nothing is missing. As root, or with sudo that asks for no password; otherwise says the line to run, and ends with 3.
set -euo pipefail

missing=()
while read -r package; do
  status=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
  [ "$status" = "ii " ] || missing+=("$package")
done < <(cat "$@" | grep -v '^#')

[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "These packages are missing, and this user may not install them. Run once:" >&2
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 3
fi

echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -q >/dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null
