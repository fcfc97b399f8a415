#!/bin/bash
# Replays a transcript and compares, in TAP: exact standard output, standard error and status of each command.
#
#   ## what the next command shows           starts a test
#   $ printf 'a,b\n1,2\n' | mig-tally -o -    runs in a fresh folder that the whole file shares, with the
#                                            commands and datasets/ ($DATA) at hand
#   1> a line of standard output
#   2> a line of standard error
#   ?> 2                                     status, 0 unless said
#   $ ...                                    without a ## before it: a preparation, whose output must be nothing
set -u
file=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
PATH=$BUILD/bin:$PATH
export DATA=$root/datasets/mali ROOT=$root LC_ALL=C
unset LANGUAGE
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/here" && cd "$work/here" || exit 2
count=0 failures=0 title= command=

finish() {
    if [ -z "$command" ]; then
        [ -z "$title" ] || { failures=1; echo "not ok - $file: no command under '$title'"; }
        return 0
    fi
    bash -c "$command" >"$work/out" 2>"$work/err" </dev/null
    echo $? >"$work/status"
    if cmp -s "$work/out" "$work/want.out" && cmp -s "$work/err" "$work/want.err" &&
        cmp -s "$work/status" "$work/want.status"; then
        [ -z "$title" ] || { count=$((count + 1)); echo "ok $count - $title"; }
    else
        count=$((count + 1)) failures=$((failures + 1))
        echo "not ok $count - ${title:-preparation}"
        echo "# \$ $command"
        diff -u --label wanted --label got "$work/want.out" "$work/out" | sed 's/^/# 1 /'
        diff -u --label wanted --label got "$work/want.err" "$work/err" | sed 's/^/# 2 /'
        diff --label wanted --label got "$work/want.status" "$work/status" | sed 's/^/# ? /'
    fi
    command= title=
}

while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    '## '*) finish; title=${line#'## '} ;;
    '$ '*)
        [ -z "$command" ] || finish
        command=${line#'$ '}
        : >"$work/want.out"
        : >"$work/want.err"
        echo 0 >"$work/want.status"
        ;;
    '> '*) command+=$'\n'${line#'> '} ;;
    '1> '*) printf '%s\n' "${line#'1> '}" >>"$work/want.out" ;;
    '1>') echo >>"$work/want.out" ;;
    '2> '*) printf '%s\n' "${line#'2> '}" >>"$work/want.err" ;;
    '?> '*) echo "${line#'?> '}" >"$work/want.status" ;;
    '' | '# '*) ;;
    *) echo "not ok - $file: '$line' is no line of a transcript"; failures=1 ;;
    esac
done <"$file"
finish
echo "1..$count"
[ "$failures" = 0 ]
