#!/bin/bash
# A second `make` compiles nothing, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2

again() { make --no-print-directory BUILD="$BUILD" all tests 2>&1; }
first=$(again)
report "$([ $? = 0 ] && echo 1)" 'make ends with 0' "$first"
newest() { find "$BUILD" -type f -newer "$1" ! -name flags ! -name prefix; }
stamp=$(mktemp)
trap 'rm -f "$stamp"' EXIT
second=$(again)
report "$([ $? = 0 ] && ! grep -E ' -c | -o |^ar |msgfmt|ln -s' <<<"$second" >/dev/null && echo 1)" \
    'a second make compiles and links nothing' "$second"
check 'and writes no file' newest "$stamp"
finish
