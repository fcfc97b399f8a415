#!/bin/bash
# A proposed schema takes every row of the file it was made from, and changes nothing of a file that is clean, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../../datasets/mali" || exit 2
PATH=$BUILD/bin:$PATH
export LC_ALL=C
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# propose FILE: status 1 means questions, which are allowed.
propose() { mig-clean -q --propose -o "$work/schema.json" "$1" || [ $? = 1 ]; }
applies() { propose "$1" && mig-clean -q --schema "$work/schema.json" -o "$work/once.csv" "$1"; }
is_clean() { applies "$1" && mig-clean -q "$1" | cmp - "$work/once.csv"; }

for file in *.csv; do
    check "$file: its own schema changes nothing" is_clean "$file"
done
# What a schema made clean, a second schema leaves as it is.
for file in examples/*.csv; do
    encoding=
    [[ $file != *_fr_* ]] || encoding=--encoding=windows-1252
    check "$file: its own schema takes every row" bash -c \
        "{ mig-clean -q --propose $encoding -o $work/schema.json $file || [ \$? = 1 ]; } &&
        mig-clean -q --schema $work/schema.json -o $work/first.csv $file"
    check "$file: and what comes out is clean" is_clean "$work/first.csv"
done
finish
