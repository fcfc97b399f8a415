#!/bin/bash
# tests/run.sh fails when a test fails, and when one does not come to its end, in TAP.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/tap.sh"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tests/structure" || exit 2
cp "$root/tests/run.sh" "$work/tests" || exit 2

# ends NAME STATUS LAST-LINE: the script on standard input, run alone, gives this status and this last line.
ends() {
    local name=$1 status last
    cat >"$work/tests/structure/only.sh"
    BUILD=$work "$work/tests/run.sh" only >"$work/out" 2>&1
    status=$?
    last=$(tail -n 1 "$work/out")
    report "$([ $status = "$2" ] && [ "$last" = "$3" ] && echo 1)" "$name" "status $status
$(cat "$work/out")"
}
ends 'two tests that pass' 0 '2 passed, 0 failed, 0 skipped' <<<'echo 1..2; echo ok 1 - a; echo ok 2 - b'
ends 'the plan may stand last' 0 '1 passed, 0 failed, 1 skipped' <<<'echo ok 1 - a; echo "ok 2 - b # SKIP none"; echo 1..2'
ends 'a test that fails' 1 '1 passed, 1 failed, 0 skipped' <<<'echo 1..2; echo ok 1 - a; echo not ok 2 - b; exit 1'
ends 'a script that stops before its plan with status 0' 1 '1 passed, 1 failed, 0 skipped' <<<'echo ok 1 - a; exit 0; echo 1..1'
ends 'a script that does fewer tests than it planned' 1 '1 passed, 1 failed, 0 skipped' <<<'echo 1..2; echo ok 1 - a'
ends 'a script that does more' 1 '2 passed, 1 failed, 0 skipped' <<<'echo 1..1; echo ok 1 - a; echo ok 2 - b'
ends 'a script that says nothing' 1 '0 passed, 1 failed, 0 skipped' <<<':'
ends 'a script that ends with a failure after its tests' 1 '1 passed, 1 failed, 0 skipped' <<<'echo 1..1; echo ok 1 - a; exit 3'
finish
