# For the tests of the recipes of docs/scale.md: source this behind tap.sh. $work is a folder of the test's own, removed at the end together with
# every process whose number stands in a file $work/*.pid.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=$(realpath "${BUILD:-$root/build}")
export PATH=$BUILD/bin:$PATH LC_ALL=C
unset LANGUAGE
work=$(mktemp -d) || exit 2
chmod 711 "$work" # servers want to be reached below it

ended() { ! kill -0 "$1" 2>/dev/null; }

# stop FILE: ends the process whose number stands there, the hard way when it does not listen.
stop() {
    local number i
    number=$(cat "$1" 2>/dev/null) || return 0
    kill "$number" 2>/dev/null
    for ((i = 0; i < 50; i++)); do
        ended "$number" && return 0
        sleep 0.1
    done
    kill -9 "$number" 2>/dev/null
}

clean_up() {
    local file
    for file in "$work"/*.pid; do
        [ ! -f "$file" ] || stop "$file"
    done
    [ -z "${made:-}" ] || rmdir "$made" 2>/dev/null
    rm -rf "$work"
}
trap clean_up EXIT

# recipe NAME: the block of docs/scale.md that begins with ```LANGUAGE NAME.
recipe() {
    awk -v name="$1" '/^```/ { on = !on && $2 == name; next } on' "$root/docs/scale.md"
}

# Synthetic cases, some of them with line ends, delimiters and quotes in a cell.
make_cases() {
    mig-simulate returns --n "${1:-3000}" --seed 5 | awk -F, 'NR == 1 { print $0 ",note"; next }
        NR % 7 == 0 { print $0 ",\"seen, \"\"twice\"\"\nby " NR % 3 "\""; next }
        NR % 11 == 0 { print $0 ",\"\n\""; next }
        { print $0 "," }'
}

# without_lines: the same without line ends in cells.
make_plain_cases() {
    mig-simulate returns --n "${1:-3000}" --seed 5
}

# free_port: one of loopback that nobody listens on.
free_port() {
    local port i
    for ((i = 0; i < 100; i++)); do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    return 1
}

# missing PROGRAM...: those that are not there, also looked for where only root's path leads.
missing() {
    local name none=
    for name; do
        PATH=$PATH:/usr/sbin:/sbin command -v "$name" >/dev/null || none+=" $name"
    done
    echo "${none# }"
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
    local tries=$(($1 * 10)) i
    shift
    for ((i = 0; i < tries; i++)); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}
