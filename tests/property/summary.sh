#!/bin/bash
# Moments and summaries do not depend on the order of the rows nor on how a file was cut, in TAP: one cut after another,
# byte for byte.
set -u
export LC_ALL=C
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
export PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

# 3000 rows: small amounts, amounts of 30 digits and more, amounts far from 1, missing ones; weights with decimals, some 0, some missing.
awk 'BEGIN {
    srand(5)
    print "region,sex,x,w"
    for (i = 0; i < 3000; i++) {
        kind = int(8 * rand())
        x = sprintf("%s%d.%d", rand() < 0.5 ? "-" : "", 1000 * rand(), 100 * rand())
        if (kind == 0) x = ""
        if (kind == 1) x = x "123456789012345678901234567890"
        if (kind == 2) x = x "e" int(120 * rand() - 60)
        w = rand() < 0.05 ? "" : rand() < 0.1 ? 0 : sprintf("%.3f", 10 * rand())
        printf "%s,%s,%s,%s\n", substr("GaoKidSeg", 1 + 3 * int(3 * rand()), 3), substr("FM", 1 + int(2 * rand()), 1), x, w
    }
}' >whole.csv
{ head -1 whole.csv && tail -n +2 whole.csv | sort -t , -k 3,3 -k 4,4; } >sorted.csv
{ head -1 whole.csv && tail -n +2 whole.csv | tac; } >reversed.csv

same_in_any_order() { # COMMAND...
    "$@" whole.csv >wanted || return 1
    "$@" sorted.csv | cmp - wanted && "$@" reversed.csv | cmp - wanted
}
check 'moments do not depend on the order of the rows' \
    same_in_any_order mig-tally -q --by region --moments x
check 'nor do weighted ones' same_in_any_order mig-tally -q --by region --moments x --weight w --sum x
check 'nor does a summary, to the last digit' \
    same_in_any_order mig-summary -q --by region --numbers x --texts sex --precision 17
check 'nor does a weighted one' \
    same_in_any_order mig-summary -q --by region --numbers x --texts sex --weight w --precision 17
check 'nor does a drawing' same_in_any_order mig-summary -q --by sex --numbers x -t text

# Any cut: pieces are tallied one by one, and their tallies tallied.
cut_and_merge() { # OPTIONS OF THE FIRST TALLY, OPTIONS OF THE SECOND
    local piece size
    # shellcheck disable=SC2086
    mig-tally -q $1 whole.csv >wanted || return 1
    for size in 1 7 999 2999; do
        rm -f piece.* tally.*
        tail -n +2 whole.csv | { [ $size = 1 ] && head -60 || cat; } | split -a 4 -l $size - piece.
        if [ $size = 1 ]; then
            # shellcheck disable=SC2086
            head -61 whole.csv | mig-tally -q $1 >wanted.1
        fi
        for piece in piece.*; do
            # shellcheck disable=SC2086
            { head -1 whole.csv && cat "$piece"; } | mig-tally -q $1 >"tally.${piece#piece.}" || return 1
        done
        # shellcheck disable=SC2086
        mig-tally -q $2 tally.* | cmp - "$([ $size = 1 ] && echo wanted.1 || echo wanted)" || return 1
    done
}
check 'moments of parts add up to those of the whole' \
    cut_and_merge '--by region,sex --moments x' '--by region,sex --moments x'
check 'weighted moments too' cut_and_merge '--by region --weight w --sum x --moments x' \
    '--by region --sum weight,x --moments x'

# A summary of moments is the summary of the cases.
summary_of_moments() {
    local weight=${1:-}
    # shellcheck disable=SC2086
    mig-summary -q --by region --numbers x $weight -s mean,sd,min,max --precision 17 whole.csv >wanted || return 1
    # shellcheck disable=SC2086
    mig-tally -q --by region,sex --moments x $weight whole.csv |
        mig-summary -q --by region --numbers x -s mean,sd,min,max --precision 17 | cmp - wanted
}
check 'a summary of moments is that of the cases' summary_of_moments
check 'with weights too' summary_of_moments '--weight w'

# Nor do texts know whether they come from cases or from a tally of them.
texts_of_tally() { # OPTIONS OF THE TALLY, OF BOTH SUMMARIES
    # shellcheck disable=SC2086
    mig-summary -q --by region --texts sex ${2:-} whole.csv >wanted || return 1
    # shellcheck disable=SC2086
    mig-tally -q --by region,sex $1 whole.csv | mig-summary -q --by region --texts sex ${3:-} | cmp - wanted
}
check 'a summary of the texts of a tally is that of the cases' texts_of_tally ''
check 'with weights too' texts_of_tally '--weight w' '--weight w' '--weight weight'

# Multiplying every weight by a constant changes no digit but the sums'.
scaled_weights() {
    mig-summary -q --numbers x --weight w --precision 17 whole.csv >wanted || return 1
    awk -F , -v OFS=, 'NR > 1 && $4 != "" { $4 = $4 * 4 } { print }' whole.csv |
        mig-summary -q --numbers x --weight w --precision 17 | cmp - wanted
}
check 'the scale of the weights does not matter' scaled_weights

# Quantiles rise with their probability, and lie between minimum and maximum, whatever the type.
quantiles_rise() {
    local type
    for type in 1 2 3 4 5 6 7 8 9; do
        tail -n +2 whole.csv | grep -vE '[0-9]{30}|[0-9]e' | { echo region,sex,x,w && cat; } |
            mig-summary -q --by region --numbers x --type $type --quantiles 0,0.01,0.1,0.3,0.5,0.77,0.99,1 \
                -s quantiles --precision 17 |
            awk -F , -v type=$type 'NR > 1 { if ($1 == last && $6 + 0 < before + 0) print "type " type ": " $0
                                             last = $1; before = $6; rows++ }
                END { if (rows != 24) print "type " type ": " rows " rows" }'
    done | { ! grep .; }
}
check 'quantiles rise with their probability' quantiles_rise
finish
