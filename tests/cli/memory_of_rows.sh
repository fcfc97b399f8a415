#!/bin/bash
# Commands that stream keep within 32 MiB of address space, whatever the size of the file; mig-join holds OTHER only,
# and mig-summary the numbers whose quantiles are wanted. TAP.
set -u
export LC_ALL=C
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

if [ -n "${SANITIZE:-}" ]; then
    skip 'memory' 'the sanitizers need more than any limit'
    finish
fi
printf 'name,longitude\nGao,0\nKayes,-11\nMopti,-4\n' >"$work/other.csv"

# The file is made on the fly and never lies on the disk. Its size, and what the command gives, summed up.
within() { # within KIB ROWS COMMAND [ARGUMENT]...
    mig-simulate returns --n "$2" --seed 3 | tee >(wc -c >"$work/size") |
        (ulimit -v "$1" && "${@:3}" 2>"$work/words") | wc -l >"$work/lines"
    status=${PIPESTATUS[2]}
    while [ ! -s "$work/size" ]; do sleep 0.1; done
}
limit=$((32 * 1024))

rows=2600000
within $limit $rows mig-filter 'region in ("Gao", "Mopti") && age / 2 >= 9 && assistance ~ "^in" || missing(sex)'
report "$([ "$(cat "$work/size")" -gt 200000000 ] && echo 1)" 'the file is larger than 200 MB' "$(cat "$work/size")"
read_rows=$(grep -oE '[0-9]+ read' "$work/words") kept=$(grep -oE '[0-9]+ kept' "$work/words")
report "$([ "$status" = 0 ] && [ "$read_rows" = "$rows read" ] && [ "$kept" = "$(($(cat "$work/lines") - 1)) kept" ] && [ "${kept% *}" -gt 1000 ] && echo 1)" \
    'mig-filter keeps within 32 MiB' "$(cat "$work/lines" "$work/words")"

rows=500000 # more than the limit, still
within $limit $rows mig-join --on region=name --keep inner "$work/other.csv"
report "$([ "$status" = 0 ] && [ "$(cat "$work/lines")" -gt 10000 ] && grep -q "$rows read" "$work/words" && echo 1)" \
    'mig-join keeps within 32 MiB when OTHER is small' "$(cat "$work/lines" "$work/words")"

within $limit $rows mig-reshape --long sex,age
report "$([ "$status" = 0 ] && [ "$(cat "$work/lines")" = $((2 * rows + 1)) ] && echo 1)" \
    'mig-reshape --long keeps within 32 MiB' "$(cat "$work/lines" "$work/words")"
within $limit $rows mig-reshape --wide region --values age
report "$([ "$status" = 2 ] && grep -q 'out of memory' "$work/words" && echo 1)" \
    'the limit is felt: what holds a table of this size does not fit' "status $status $(cat "$work/words")"

# A number with two keys, whose values are kept for the quantiles: 24 bytes a row beyond what streaming takes. So many rows
# just fit the power of two that arrays grow to.
rows=2090000
within $((limit + 24 * rows / 1024)) $rows mig-summary --by region,sex --numbers age
report "$([ "$status" = 0 ] && grep -q "$rows read" "$work/words" && [ "$(cat "$work/lines")" -gt 100 ] && echo 1)" \
    'mig-summary keeps two keys and a number in 24 bytes a row' "status $status $(cat "$work/words")"
within $limit $rows mig-summary --by region,sex --numbers age --statistics mean,sd,min,max
report "$([ "$status" = 0 ] && grep -q "$rows read" "$work/words" && echo 1)" \
    'and none where nothing needs every value' "status $status $(cat "$work/words")"
within $limit $rows mig-summary --by region --texts sex,region --weight age
report "$([ "$status" = 0 ] && grep -q "$rows read" "$work/words" && [ "$(cat "$work/lines")" -gt 40 ] && echo 1)" \
    'nor of texts that are the same in many rows' "status $status $(cat "$work/words")"

# What a key function made of a cell is kept in mind for cells that are short, and not for many.
(ulimit -v $limit
    awk 'BEGIN { print "x,y"; for (i = 1; i <= 40000; i++) printf "%d%0990d,\n%d.5,\n", i, 0, i }' |
        mig-tally -q --threads 1 --by 'x=band(x,0,100)' >"$work/groups" 2>"$work/words")
report "$([ $? = 0 ] && printf 'x,n\n0-99,99\n100+,79901\n' | cmp -s - "$work/groups" && echo 1)" \
    'mig-tally keeps within 32 MiB whatever the cells are that keys are made from' "$(cat "$work/groups" "$work/words")"
finish
