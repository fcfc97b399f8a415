#!/bin/bash
# Every command answers --help and --version, and has a manual page that says as much, in TAP.
set -u
export LC_ALL=C.UTF-8
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2
version=$(sed -n 's/^VERSION := //p' Makefile)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

for source in tools/mig-*.c; do
    name=$(basename "$source" .c)
    command=$BUILD/bin/$name page=$BUILD/man/$name.1
    "$command" --help >"$work/help" 2>"$work/words" </dev/null
    report "$([ $? = 0 ] && [ ! -s "$work/words" ] && [ "$(head -1 "$work/help" | cut -d ' ' -f 1)" = "$name" ] && echo 1)" \
        "$name --help" "$(cat "$work/words")"
    examples=$(sed -n '/^Examples:/,/^[^ ]*ptions:/p' "$work/help" | grep -cE "^ +(mig-[a-z]+ .*\| *)?$name ")
    report "$([ "$examples" -ge 2 ] && echo 1)" "$name --help has at least two examples of its own" "$examples"
    # Examples stand as they are typed.
    check "$name --help is at most 80 columns wide" \
        awk -v name="$name" '!/^ +mig-/ && length > 80' "$work/help"
    report "$([ "$("$command" --version | head -1)" = "$name (migstat) $version" ] && echo 1)" "$name --version"
    check "the page of $name is set without a warning" groff -man -Tutf8 -Kutf8 -ww -z "$page"
    groff -man -Tutf8 -Kutf8 -P-cbou "$page" >"$work/page"
    missing=
    for option in $(grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' "$work/help" | grep -oE -e '--[a-z-]+'); do
        grep -qF -e "$option" "$work/page" || missing+=" $option"
    done
    report "$(grep -q "^NAME" "$work/page" && [ -z "$missing" ] && echo 1)" "the page of $name has every option" "$missing"
done
report "$([ ! -e "$BUILD/bin/mig" ] && echo 1)" 'no command is named mig, which another package has'
finish
