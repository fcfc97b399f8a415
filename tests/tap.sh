# For test scripts: TAP on standard output. Source this, call `report` or `check` for each test, end with `finish`.
count=0 failures=0

# report PASSED NAME [DETAIL]: PASSED is 1, or anything else for a failure, which DETAIL explains.
report() {
    count=$((count + 1))
    if [ "$1" = 1 ]; then
        echo "ok $count - $2"
    else
        failures=$((failures + 1))
        echo "not ok $count - $2"
        printf '%s\n' "${3:-}" | head -40 | sed 's/^/# /'
    fi
}

# check NAME COMMAND [ARGUMENT]...: passes when the command ends with 0 and prints nothing.
check() {
    local name=$1 words status
    shift
    words=$("$@" 2>&1)
    status=$?
    report "$([ $status = 0 ] && [ -z "$words" ] && echo 1)" "$name" "status $status
$words"
}

skip() { # skip NAME REASON
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

finish() {
    echo "1..$count"
    [ "$failures" = 0 ]
    exit
}
