#!/usr/bin/env bash
# Pin what pyproject.toml asks for, with hashes: requirements.txt to run, -dev.txt to work on it,
# -build.txt to build it. Needs pip-tools. No address of an index is written into the files.
set -euo pipefail
cd "$(dirname "$0")/.."

pin() {
  local output=$1
  shift
  pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
    --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
    --output-file "$output" "$@"
  sed -i '1i # Pinned with hashes from pyproject.toml by scripts/pin.sh' "$output"
}

pin requirements.txt --extra discord --extra telegram --extra postgres pyproject.toml
pin requirements-dev.txt --extra discord --extra telegram --extra postgres --extra dev pyproject.toml
echo hatchling | pin requirements-build.txt -
