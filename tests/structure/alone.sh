#!/bin/bash
# The project stands alone and is finished: no path of a machine, no note to oneself, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# The files of the project, with what is not committed yet; outside git, all but what was built.
files() {
    if [ "$(git rev-parse --show-toplevel 2>/dev/null)" = "$(pwd -P)" ]; then
        git ls-files --cached --others --exclude-standard | while read -r file; do [ -f "$file" ] && echo "$file"; done
    else
        find . -type d \( -name .git -o -path ./build -o -samefile "$BUILD" \) -prune -o -type f -printf '%P\n'
    fi
}
mapfile -t all < <(files)
mapfile -t code < <(printf '%s\n' "${all[@]}" | grep -E '^(lib|tools|tests)/.*\.([ch]|sh)$|^Makefile$')
report "$([ ${#all[@]} -gt 100 ] && [ ${#code[@]} -gt 80 ] && echo 1)" 'the files are seen' \
    "${#all[@]} files, ${#code[@]} of code"

# absent PATTERN FILE...: grep looked into all files (it says 2 where it could not) and found nothing.
absent() {
    grep -nIE -e "$@"
    [ $? = 1 ]
}
# nowhere WHAT PATTERN EXAMPLE FILE...: in none of the files, and the pattern does find its example.
nowhere() {
    local what=$1 pattern=$2 example=$3
    shift 3
    check "$what" absent "$pattern" "$@"
    printf '%s\n' "$example" >"$work/example"
    report "$(absent "$pattern" "$work/example" >/dev/null || echo 1)" "$what: it would be seen"
}
# The patterns are in brackets and the examples in two pieces, so that they are not found here.
nowhere 'nothing beside the repository is named' '[.][.]/shared|[.][.]/[.][.]/shared' 'see ../''shared/x' "${all[@]}"
nowhere 'no path of a machine is named' '(^|[^[:alnum:]._~/-])/(wor[k]|hom[e]|roo[t])/' 'see /hom''e/x' "${all[@]}"
nowhere 'no note to oneself is left' '\b(TOD[O]|FIXM[E]|HAC[K])\b|XX[X]:' '/* TO''DO: x */' "${all[@]}"
nowhere 'no code has carriage returns or trailing blanks' '[[:space:]]+$' 'x '$'\r' "${code[@]}"
finish
