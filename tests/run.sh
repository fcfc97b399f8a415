#!/bin/bash
# Runs every test and prints, last, 'N passed, N failed, N skipped'. Each program and script speaks TAP.
# usage: BUILD=build tests/run.sh [NAME]...   (a NAME is part of a test's path; default: all)
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=$(realpath "${BUILD:-build}") || exit 2
export BUILD CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
log=$(mktemp -d) || exit 2
trap 'rm -rf "$log"' EXIT
passed=0 failed=0 skipped=0
skipped_line='^(not )?ok .*# *skip' # cmocka writes 'not ok 3 # SKIP name'

wanted() {
    [ $# = 1 ] && return 0
    local path=$1 name
    shift
    for name; do
        case $path in *"$name"*) return 0 ;; esac
    done
    return 1
}

# A locale with a decimal comma, where localedef can make one.
make_locales() {
    mkdir "$log/locales" && localedef -i de_DE -f UTF-8 "$log/locales/de_DE.UTF-8" >"$log/localedef" 2>&1 &&
        export MIG_TEST_LOCALES=$log/locales
}

# How many tests the TAP plan promised; -1 without a plan.
planned() {
    awk -F '[. ]+' '/^1\.\.[0-9]+/ { sum += $2; seen = 1 } END { print seen ? sum : -1 }' "$log/out"
}

# Counts the TAP lines of one test and shows it when it failed.
run() {
    local name=$1 ok bad skip status
    shift
    "$@" >"$log/out" 2>"$log/err" </dev/null
    status=$?
    skip=$(grep -ciE "$skipped_line" "$log/out")
    ok=$(grep -viE "$skipped_line" "$log/out" | grep -c '^ok ')
    bad=$(grep -viE "$skipped_line" "$log/out" | grep -c '^not ok ')
    if [ $status != 0 ] && [ "$bad" = 0 ]; then
        bad=1
    elif [ $((ok + bad + skip)) = 0 ]; then
        bad=1
        echo "no test ran" >>"$log/err"
    elif [ "$bad" = 0 ] && [ "$(planned)" != $((ok + skip)) ]; then
        bad=1
        echo "$((ok + skip)) tests ran, and the plan says $(planned) (-1: there is none)" >>"$log/err"
    fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
    printf '%-36s %4d passed' "$name" "$ok"
    [ "$bad" = 0 ] || printf ', %d FAILED (status %d)' "$bad" "$status"
    [ "$skip" = 0 ] || printf ', %d skipped' "$skip"
    printf '\n'
    [ "$skip" = 0 ] || grep -iE "$skipped_line" -B 1 "$log/out" | sed 's/^/    /'
    [ "$bad" = 0 ] || grep -hv '^ok ' "$log/out" "$log/err" | sed 's/^/    /'
}

unset MIG_TEST_LOCALES COLUMNS
wanted unit/decimal "$@" && make_locales
for source in tests/unit/*.c tests/numbers/*.c tests/property/*.c; do
    name=${source#tests/}
    name=${name%.c}
    [ -f "$source" ] && wanted "$name" "$@" && run "$name" "$BUILD/tests/$name"
done
for script in tests/cli/*.test; do
    name=cli/$(basename "$script" .test)
    [ -f "$script" ] && wanted "$name" "$@" && run "$name" tests/transcript.sh "$script"
done
for script in tests/{cli,property,scale,structure,docs}/*.sh; do
    name=${script#tests/}
    name=${name%.sh}
    [ -f "$script" ] && wanted "$name" "$@" && run "$name" bash "$script"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
