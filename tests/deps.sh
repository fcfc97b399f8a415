#!/bin/sh
# Installs the Debian packages named on the command line that are missing; stays silent when there are none.
# With --servers first, packages whose installation starts a service: they are installed where the machine's policy starts none, as in a
# container, and otherwise left to its owner. Without them, tests that start servers of their own are skipped, and say so.
set -u
servers=
[ "${1:-}" != --servers ] || { servers=1 && shift; }
command -v dpkg-query >/dev/null || {
    echo "this is not Debian: make sure that the counterparts of these packages are there: $*" >&2
    exit 0
}
missing=
for package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ -n "$servers" ]; then
    "${POLICY:-/usr/sbin/policy-rc.d}" ssh start 2>/dev/null
    [ $? = 101 ] || exit 0 # 101: forbidden
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then # on a terminal it may ask
    as_root=sudo
else
    echo "packages are missing; run this line as root, then again what you did:" >&2
    echo "apt-get install -y --no-install-recommends$missing" >&2
    exit 2
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp) || exit 2
# shellcheck disable=SC2086 # a list of words
if ! { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "the packages could not be installed:$missing" >&2
    exit 2
fi
rm -f "$log"
