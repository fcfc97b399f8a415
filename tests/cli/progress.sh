#!/bin/bash
# How far work has come is said on a terminal, and nowhere else. TAP.
set -u
export LC_ALL=C COLUMNS=80
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

# two tables of 60 x 60 cells, too many for an exact test: random tables stand for all, and so many of them take hours
awk 'BEGIN { print "s,a,b,n"
    for (s = 1; s <= 2; s++) for (i = 0; i < 60; i++) for (j = 0; j < 60; j++) print s "," i "," j "," 1 + i * j % 7 }' >two.csv
endless="exec mig-breakdown --strata s --by a --of b --shares none --test fisher --draws 1000000000 two.csv"

# ends_after SECONDS FILE WORDS: ends what runs as $job when WORDS stand in FILE, or when no more SECONDS are left
ends_after() {
    local left=$(($1 * 10))
    while [ $left -gt 0 ] && ! grep -qF "$3" "$2" 2>/dev/null && kill -0 "$job" 2>/dev/null; do
        left=$((left - 1))
        sleep 0.1
    done
    kill "$job" 2>/dev/null
    wait "$job" 2>/dev/null
}

if script -qec true typescript >script.log 2>&1 </dev/null; then
    script -qfec "$endless" typescript >script.log 2>&1 </dev/null &
    job=$!
    ends_after 120 typescript "random tables"
    said=$(tr '\r' '\n' <typescript | grep -aom 1 "mig-breakdown: table 1 of 2: Fisher's test, [0-9]* % of random tables")
    report "$([ -n "$said" ] && echo 1)" "a long test says how far it has come" "$(tail -c 2000 typescript)"
else
    skip "a long test says how far it has come" "script(1) makes no terminal here"
fi

(eval "$endless") >out 2>err </dev/null &
job=$!
ends_after 3 err mig-breakdown
report "$([ ! -s err ] && echo 1)" "not in a file" "$(cat err)"
finish
