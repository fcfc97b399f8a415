#!/bin/bash
# Tables on a terminal: text, folded where it ends. TAP.
set -u
export LC_ALL=C
unset LANGUAGE COLUMNS
. "$(dirname "$0")/../tap.sh"
export PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
printf 'region,x,of\nGao,3,40\nKidal,12,50\n' >cases.csv

on_terminal() { # COMMAND: what it writes there
    script -qec "$1" /dev/null </dev/null | tr -d '\r'
}

check_folds() { # COMMAND, WIDTH: nothing is wider, and the table stands in several blocks
    on_terminal "stty cols $2; $1" >folded
    ! grep -qE ".{$(($2 + 1))}" <(sed 's/[^ -~]\{3\}/-/g' folded) && grep -q '^$' folded && grep -q '^Gao ' folded
}

if ! command -v script >/dev/null || ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    skip 'tables on a terminal' 'there is no terminal to be had (script)'
else
    rate='mig-rate --share x/of --by region cases.csv'
    check 'mig-rate folds' check_folds "$rate" 72
    check 'and at another width' check_folds "$rate" 45
    check 'mig-summary folds' check_folds 'mig-summary --numbers x --by region cases.csv' 60
    check 'mig-tally folds' check_folds 'mig-tally --by region --moments x,of cases.csv' 50
    on_terminal "stty cols 45; $rate -t csv" >csv
    check 'csv does not' cmp csv <($rate)
    on_terminal "stty cols 45; $rate -t text -o out.txt"
    check 'nor does a file' cmp out.txt <($rate -t text)
    on_terminal "stty cols 45; $rate -t text" >terminal
    check 'COLUMNS gives the same' cmp terminal <(COLUMNS=45 $rate -t text)
    on_terminal "stty cols 45; COLUMNS=99 $rate" >told
    check 'but the terminal knows better' cmp terminal told
fi
finish
