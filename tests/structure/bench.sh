#!/bin/bash
# The benchmarks run: every command line of tests/bench, on a few rows and without rivals. No figure is looked at. In TAP.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
ln -s "$BUILD/bin" "$BUILD/share" "$BUILD/tests" "$here"
said=$(BUILD=$here RIVALS=none tests/bench/run.sh 100 1 2>&1)
report "$([ $? = 0 ] && echo 1)" 'the benchmarks run to their end' "$said"
tasks=$(grep -cE '^task |^by_region_and_year ' tests/bench/run.sh)
measured=$(grep -o '^"[^"]*"' "$here/bench/results.csv" | sort -u | wc -l)
report "$([ "$measured" = "$tasks" ] && echo 1)" "all $tasks tasks are measured" "$measured are"
finish
