#!/usr/bin/env bash
# beside.sh PACKAGE@VERSION TEST…: runs tests with a package that is no dependency, installed beside a copy of the sources.
# The checkout stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund "$1"
shift
mkdir "$folder/copy"
cp -r src test cli package.json tsconfig.json vitest.config.ts "$folder/copy"
ln -s "$PWD/node_modules" "$folder/copy/node_modules"
cd "$folder/copy"
node node_modules/vitest/vitest.mjs run "$@"
