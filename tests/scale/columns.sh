#!/bin/bash
# mig-quality takes a time that grows with the number of columns and no faster, in TAP: 100,000 columns, whose names no
# rule knows or all begin alike, in seconds. A time that grows with its square takes minutes.
set -u
export LC_ALL=C
. "$(dirname "$0")/../tap.sh"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
for stem in x f_ total_; do
    awk -v stem=$stem 'BEGIN {
        for (i = 0; i < 100000; i++) printf "%s%s%d", i ? "," : "", stem, i
        for (row = 1; row < 4; row++) for (i = 0; i < 100000; i++) printf "%s%d", i ? "," : "\n", i * row % 7
        print "" }' >"$work/wide.csv"
    timeout 60 "$BUILD/bin/mig-quality" -q --summary "$work/wide.csv" >"$work/out"
    report "$([ $? -lt 2 ] && grep -q '^row-length,checked,,0,3,' "$work/out" && echo 1)" "100000 columns named ${stem}N" "$(cut -c1-200 "$work/out")"
done
finish
