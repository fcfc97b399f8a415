#!/bin/bash
# The notebooks print what is committed beside them, and are woven with it; in TAP.
set -u
export LC_ALL=C
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2

words=$(make --no-print-directory BUILD="$BUILD" notebooks 2>&1)
report "$([ $? = 0 ] && echo 1)" 'every notebook prints its committed output' "$words"

for source in notebooks-c/*.c; do
    name=$(basename "$source" .c)
    page=$BUILD/notebooks/$name.md
    cells=$(grep -c 'cell("' "$source")
    report "$([ "$cells" -gt 0 ] && [ "$(grep -c '^```text$' "$page")" = "$cells" ] && echo 1)" \
        "$name: below each cell that prints stands what it prints" "$(cat "$page")"
    report "$([ "$(grep -c '^%% ' "notebooks-c/$name.out")" = "$cells" ] && echo 1)" \
        "$name: every cell prints"
    check "$name: no line of the program is lost" \
        diff <(grep -v '^//' "$source" | grep .) <(sed -n '/^```c$/,/^```$/p' "$page" | grep -v '^```' | grep .)
done
finish
