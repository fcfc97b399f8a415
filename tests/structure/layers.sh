#!/bin/bash
# The arrows between the folders hold, as the includes and the symbols show them, in TAP.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2

# What a folder may include besides itself. A new folder needs a line.
declare -A may_include=(
    [base]=''
    [input]='base'
    [table]='input base'
    [place]='table input base'
    [stats]='base'
    [evidence]='table input base stats'
    [output]='base'
    [cli]='output evidence place table input base stats'
    [tools]='cli output evidence place table stats input base'
)

# The includes of a file as FOLDER/NAME, whether they are written so, as ../FOLDER/NAME, or as NAME.
included() {
    local folder=$1 file=$2
    sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file" |
        sed "s|^\.\./||; /\//! s|^|$folder/|"
}

breaks_arrows() {
    local folder=$1 file name
    for file in "${@:2}"; do
        for name in $(included "$folder" "$file"); do
            [[ " $folder ${may_include[$folder]} " = *" ${name%%/*} "* ]] || echo "$file includes $name"
        done
    done
}

for path in lib/*/ tools/; do
    folder=$(basename "$path")
    if [ -z "${may_include[$folder]+known}" ]; then
        report 0 "$path has a line in the table of this test"
    else
        check "$path includes what it may: itself ${may_include[$folder]}" breaks_arrows "$folder" "$path"*.[ch]
    fi
done

# not_in PATTERN FILE...: prints the lines that fit.
not_in() { ! grep -nE "$@"; }
includes() { not_in "^ *# *include *$1" "${@:2}"; }

others() { find lib tools -name '*.[ch]' ! -path "$1"; }
check 'lib/stats is without <stdio.h>' includes '<stdio\.h>' lib/stats/*.[ch]
check 'libcsv is used in lib/input only' includes '<csv\.h>' $(others 'lib/input/*')
check 'gzip and encodings are lib/input only' includes '<(zlib|iconv)\.h>' $(others 'lib/input/*')
check "R's mathematics is used in lib/stats only" includes '<Rmath\.h>' $(others 'lib/stats/*')
check 'options are parsed in lib/cli only' includes '<getopt\.h>' $(others 'lib/cli/*')
check 'no tool has its own files, signals or processes' \
    includes '<(fcntl|unistd|signal|sys/[a-z]*)\.h>' tools/*.c

# i18n.h defines _(), of which a program has its own: it is for the sources alone.
public=$(find lib -mindepth 2 -name '*.h' ! -name '*-internal.h' ! -name '*-inline.h' ! -name i18n.h ! -path 'lib/cli/*')
check 'public headers include each other relatively' includes '"[a-z]+/' $public
check 'public headers include no private one' includes '".*(-internal|-inline|i18n)\.h"' $public
whole() { diff <(sed 's|^lib/||' <<<"$public" | sort) <(sed -n 's/^#include "\(.*\)"$/\1/p' lib/migstat.h | sort); }
check 'lib/migstat.h includes every public header' whole
foreign_internals() {
    local file name
    for file in lib/*/*.[ch] tools/*.c; do
        for name in $(included "$(basename "$(dirname "$file")")" "$file" | grep -e '-internal\.h$'); do
            [ "${name%%/*}" = "$(basename "$(dirname "$file")")" ] || echo "$file includes $name"
        done
    done
}
check 'private headers stay in their folder' foreign_internals

# By the symbols, which comments cannot hide: the library neither prints nor ends the program.
talk='printf vprintf __printf_chk __vprintf_chk puts putchar perror stdout stderr psignal'
die='exit _exit _Exit abort quick_exit __assert_fail err errx error'
undefined() { nm -u "$BUILD/lib/libmigstat.a" 2>/dev/null | awk '$1 == "U" { sub(/@.*/, "", $2); print $2 }' | sort -u; }
uses_any() { undefined | grep -Fx "$(tr ' ' '\n' <<<"$1")"; [ $? = 1 ]; }
check 'the library prints nothing' uses_any "$talk"
check 'the library ends no program' uses_any "$die"
check 'the symbols of the library can be seen' bash -c "nm -u '$BUILD/lib/libmigstat.a' 2>/dev/null | grep -qw fwrite"
check 'no tool prints or ends the program by itself' not_in '\b(printf|puts|putchar|fputs|fprintf|perror|exit|abort) *\(' tools/*.c
finish
