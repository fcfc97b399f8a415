#!/bin/bash
# tests/deps.sh, with stand-ins for the programs of Debian: who may install, and what is said to the others, in TAP.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/tap.sh"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" || exit 2
export WORK=$work

# stand_in NAME LINE...: a program of these lines.
stand_in() {
    local name=$1
    shift
    printf '%s\n' '#!/bin/sh' "$@" >"$work/bin/$name"
    chmod +x "$work/bin/$name"
}
stand_in dpkg-query 'for last; do :; done' '[ "$last" != gone ] && echo "install ok installed"'
stand_in id 'echo 1000'
stand_in apt-get 'echo "apt-get $*" >>"$WORK/log"'
# Like sudo for one who must type his password: -n is refused.
stand_in sudo '[ "$1" != -n ] || exit 1' 'echo sudo >>"$WORK/log"' '"$@"'

# deps COMMAND [ARGUMENT]...: its status; what was installed is in $work/log, what was said in $work/said.
deps() {
    : >"$work/log"
    PATH=$work/bin:$PATH "$@" >"$work/said" 2>&1
}
installed() { grep -q 'apt-get install .* gone$' "$work/log"; }
line='apt-get install -y --no-install-recommends gone'

deps "$root/tests/deps.sh" here there </dev/null
report "$([ $? = 0 ] && [ ! -s "$work/said" ] && [ ! -s "$work/log" ] && echo 1)" 'nothing is missing' "$(cat "$work/said")"
deps "$root/tests/deps.sh" here gone </dev/null
report "$([ $? = 2 ] && grep -qx "$line" "$work/said" && [ ! -s "$work/log" ] && echo 1)" \
    'without a terminal, a sudo that wants a password is not called' "$(cat "$work/said" "$work/log")"
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    deps script -qec "$root/tests/deps.sh here gone" /dev/null </dev/null
    report "$([ $? = 0 ] && grep -qx sudo "$work/log" && installed && echo 1)" 'on a terminal it is' "$(cat "$work/said" "$work/log")"
else
    skip 'on a terminal it is' 'script gives no terminal here'
fi
stand_in sudo '[ "$1" != -n ] || shift' 'echo sudo >>"$WORK/log"' '"$@"'
deps "$root/tests/deps.sh" gone </dev/null
report "$([ $? = 0 ] && installed && echo 1)" 'a sudo that wants none is' "$(cat "$work/said" "$work/log")"
stand_in id 'echo 0'
for answer in 0 101; do
    stand_in policy "exit $answer"
    deps env POLICY="$work/bin/policy" "$root/tests/deps.sh" --servers gone </dev/null
    report "$([ $? = 0 ] && { [ $answer = 0 ] || installed; } && { [ $answer = 101 ] || [ ! -s "$work/log" ]; } && echo 1)" \
        "servers are installed only where no service is started: policy $answer" "$(cat "$work/said" "$work/log")"
done
deps env POLICY="$work/none" "$root/tests/deps.sh" --servers gone </dev/null
report "$([ $? = 0 ] && [ ! -s "$work/log" ] && [ ! -s "$work/said" ] && echo 1)" 'without a policy they are not' "$(cat "$work/said" "$work/log")"
deps "$root/tests/deps.sh" gone </dev/null
report "$([ $? = 0 ] && installed && ! grep -qx sudo "$work/log" && echo 1)" 'root needs no sudo' "$(cat "$work/said" "$work/log")"
finish
