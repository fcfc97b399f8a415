#!/bin/bash
# mig-clean reads files of any size in 32 MiB of address space, with a schema as well as for a proposal, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
rows=2650000 kib=32768 least=200000000

limited() { (ulimit -v "$kib" && exec "$@"); }

if ! limited mig-clean --version >/dev/null 2>&1; then
    skip 'files of 200 MB in 32 MiB' 'no room for the sanitizers in 32 MiB'
    finish
fi

# A text of 200 MB passes both at the same time, and is never on the disk.
mkfifo "$work/data" || exit 2
mig-simulate returns --n 1000 | mig-clean --propose >"$work/small.json"
limited mig-clean --propose -q -o "$work/schema.json" "$work/data" &
proposing=$!
mig-simulate returns --n "$rows" | tee "$work/data" |
    limited mig-clean --schema "$work/small.json" -v 2>"$work/notes" | wc -c >"$work/bytes"
status=(${PIPESTATUS[@]})
wait "$proposing"
report $(($? == 0)) 'a schema is proposed for a file of 200 MB'
report $((status[2] == 0)) 'and one is applied'
report $(($(cat "$work/bytes") > least)) 'it was 200 MB'
check 'every row was read and written' grep -qF "$rows read, $rows used, 0 missing, 0 rejected" "$work/notes"
check 'all cells are in the evidence' grep -qF "\"cells\": $rows" "$work/schema.json"
finish
