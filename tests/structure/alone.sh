#!/bin/bash
# The project stands alone and is finished: no path of a machine, no note to oneself, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2

# The files of the project, with what is not committed yet.
files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard | while read -r file; do [ -f "$file" ] && echo "$file"; done
    else
        find . -type f ! -path './build/*'
    fi
}
# The patterns are in brackets, so that they do not find themselves.
nowhere() { files | tr '\n' '\0' | xargs -0 grep -nIE -e "$1" -- /dev/null; [ $? != 0 ]; }
check 'nothing beside the repository is named' nowhere '[.][.]/shared|[.][.]/[.][.]/shared'
check 'no path of a machine is named' nowhere '(^|[^[:alnum:]._~/-])/(wor[k]|hom[e]|roo[t])/'
check 'no note to oneself is left' nowhere '\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b'
check 'no file has carriage returns or trailing blanks in code' bash -c \
    "git ls-files 'lib/*.[ch]' 'tools/*.c' 'tests/*.[ch]' 'tests/*.sh' Makefile | xargs grep -nE '[[:blank:]]+\$|'\$'\r'; [ \$? != 0 ]"
report "$([ "$(files | wc -l)" -gt 100 ] && echo 1)" 'the files are seen'
finish
