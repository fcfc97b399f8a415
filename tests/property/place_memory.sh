#!/bin/bash
# mig-place needs the same memory for any number of rows, of names and of names that are not found, in TAP: 200 MB of them
# in 32 MiB of addresses.
set -u
export LC_ALL=C
. "$(dirname "$0")/../tap.sh"
if [ -n "${SANITIZE:-}" ]; then
    skip '200 MB in 32 MiB' 'the sanitizers take terabytes of addresses'
    finish
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
rows=2500000
awk -v rows=$rows 'BEGIN {
    text = sprintf("%60s", ""); gsub(/ /, "x", text)
    n = split("S\303\251gou,Kayes,Koulikouro,Timbuktu,Bamako", names, ",")
    print "id,region,text"
    for (i = 0; i < rows; i++) print i "," (i % 3 ? names[i % n + 1] : "village " i) "," text
}' | {
    ulimit -v 32768
    "$BUILD/bin/mig-place" -c region -l 1 --suggest "$work/names.csv" 2>"$work/words"
    echo "status $?" >>"$work/words"
} | awk -F, '{ bytes += length($0) + 1; n[$NF]++ }
    END { for (s in n) print n[s], s; print (bytes > 200000000 ? "large" : bytes) }' | sort >"$work/counts"
# By hand: 2500000 rows, every third (833334) is a village; of the others 3 of 5 are names of the scheme.
report "$(diff <(printf '%s\n' '1 place_status' '666667 variant' '833334 unmatched' '999999 matched' large) "$work/counts" >/dev/null && echo 1)" \
    'every row is placed' "$(cat "$work/counts" "$work/words")"
report "$(grep -q '^status 1$' "$work/words" && echo 1)" 'with status 1' "$(cat "$work/words")"
report "$([ "$(tail -n +2 "$work/names.csv" | cut -d, -f3 | sort | uniq | wc -l)" = 833334 ] && echo 1)" 'and none of the names is lost'
finish
