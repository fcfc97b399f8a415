#!/bin/bash
# The tallies of the ranges of a file, added up, are the tally of the file, byte for byte, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/../recipes.sh"
cd "$work" || exit 2
make_cases >cases.csv
plan=(-q --by 'note,year(return_date)' --sum age --moments age)
merge=(-q --by note,year --sum age --moments age)
mig-tally "${plan[@]}" cases.csv >whole

# tally_ranges OPTION...: the tally of tallies, in $work/merged; the number of ranges in $ranges.
tally_ranges() {
    local bytes
    rm -f part_*.csv
    mig-split "$@" -t tsv-rows cases.csv >ranges 2>words
    ranges=$(wc -l <ranges)
    while read -r _ bytes _; do
        mig-tally "${plan[@]}" --bytes "$bytes" -o "part_$bytes.csv" cases.csv || return
    done <ranges
    mig-tally "${merge[@]}" part_*.csv >merged
}
same() {
    diff whole merged >words
    report "$([ $? = 0 ] && [ "$ranges" = "$1" ] && echo 1)" "$2" "$ranges ranges; $(head -5 words)"
}

for n in 1 2 3 7 50; do
    tally_ranges --ranges $n
    same $n "$n ranges"
    rows=$(awk '{ sum += $NF } END { print sum }' ranges)
    report "$([ "$rows" = 3000 ] && echo 1)" "$n ranges: all rows" "$rows"
done
tally_ranges --rows 499
same 7 'ranges of 499 rows'
sed -i 's/$/\r/' cases.csv
mig-tally "${plan[@]}" cases.csv >whole
tally_ranges --ranges 7
same 7 '7 ranges of lines that end in CR LF'

# A stream without a header, cut at the ranges by other means.
mig-split --ranges 3 -t tsv-rows cases.csv >ranges
rm -f part_*.csv
while read -r number _ first last _; do
    tail -c +$((first + 1)) cases.csv | head -c $((last - first + 1)) |
        mig-tally "${plan[@]}" --header-from cases.csv -o "part_$number.csv"
done <ranges
mig-tally "${merge[@]}" part_*.csv >merged
ranges=$(wc -l <ranges)
same 3 'parts without a header, through a pipe'
finish
