#!/bin/bash
# Every test that tests/messes.md names is there, and every test of messes.test is named, in TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/tap.sh
named=$(grep -o '`[a-z-]*: [^`]*`' tests/messes.md | tr -d '`')
absent=
while IFS= read -r test; do
    grep -qxF "## ${test#*: }" "tests/cli/${test%%: *}.test" || absent+=$test$'\n'
done <<<"$named"
report "$([ -n "$named" ] && [ -z "$absent" ] && echo 1)" 'the tests that are named are there' "$absent"
unnamed=$(sed -n 's/^## /messes: /p' tests/cli/messes.test | grep -vxF "$named" | grep -vxF 'messes: the answer: they are missing, and counted')
report "$([ -z "$unnamed" ] && echo 1)" 'and no excerpt is there that belongs to no mess' "$unnamed"
empty=$(grep '^| ' tests/messes.md | grep -vE '^\| mess|`[a-z-]*: [^`]*`.* \|$')
report "$([ -z "$empty" ] && echo 1)" 'each mess has its test' "$empty"
finish
