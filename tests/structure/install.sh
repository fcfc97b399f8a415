#!/bin/bash
# What `make install` puts in place serves an outside program, in TAP.
set -u
export LC_ALL=C
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
dest=$work/root
prefix=/opt/migstat
compiler=${CC:-gcc}
sanitize=${SANITIZE:-}

words=$(make --no-print-directory BUILD="$BUILD" DESTDIR="$dest" prefix="$prefix" install 2>&1)
report "$([ $? = 0 ] && echo 1)" 'make install' "$words"
lib=$dest$prefix/lib
include=$dest$prefix/include

# ---- the outside program: shared and static ---------------------------------------------------------------

export PKG_CONFIG_SYSROOT_DIR=$dest PKG_CONFIG_LIBDIR=$lib/pkgconfig:$(pkg-config --variable pc_path pkg-config)
printf 'region,reintegrated\nGao,1\nGao,0\nGao,0\nKayes,1\nKayes,1\n' >"$work/cases.csv"
# R: prop.test(1, 3, correct = FALSE)$conf.int; prop.test(2, 2, correct = FALSE)$conf.int
cat >"$work/wanted" <<'END'
Gao 1 of 3: 0.333333 (0.061492 to 0.792340)
Kayes 2 of 2: 1.000000 (0.342380 to 1.000000)
END
check 'pkg-config knows migstat' pkg-config --exists --print-errors migstat
build() { # build PROGRAM [LIBRARY-FLAG]...
    $compiler -std=c11 -Wall -Wextra -Wpedantic -Werror $sanitize $(pkg-config --cflags migstat) \
        tests/structure/outside.c -o "$work/$1" "${@:2}"
}
check 'an outside program is compiled against the shared library' build shared $(pkg-config --libs migstat)
runs() { LD_LIBRARY_PATH=$lib "$work/$1" "$work/cases.csv" 2>&1 | diff "$work/wanted" -; }
check 'and gives what R gives' runs shared
static=$(pkg-config --static --libs migstat)
check 'and against the archive' build static ${static/-lmigstat/-l:libmigstat.a}
check 'with the same result' runs static
needs_library() { readelf -d "$work/$1" | grep -q 'NEEDED.*libmigstat\.so\.0'; }
check 'the first needs libmigstat.so.0' needs_library shared
check 'the second does not' bash -c "! readelf -d '$work/static' | grep -q libmigstat"

# ---- the library ------------------------------------------------------------------------------------------

soname() { readelf -d "$lib/libmigstat.so" | sed -n 's/.*SONAME.*\[\(.*\)\].*/\1/p'; }
report "$([ "$(soname)" = libmigstat.so.0 ] && [ -e "$lib/libmigstat.so.0" ] && echo 1)" \
    'the soname is libmigstat.so.0, and that name is there' "$(soname)"
exported() { nm -D --defined-only "$lib/libmigstat.so" | awk '{ print $3 }' | grep -v '^__\(odr_\)\?[au]\?s\?b\?san'; }
report "$([ "$(exported | wc -l)" -gt 50 ] && echo 1)" 'the library exports its functions'
foreign() { exported | grep -v '^mig_'; [ $? = 1 ]; }
check 'only names that begin with mig_ are exported' foreign

# Every declaration of the installed headers, one a line.
all_headers() { (cd "$include" && find migstat -name '*.h' | sort); }
declarations() {
    all_headers | sed 's/.*/#include <&>/' | $compiler -std=c11 -E -P -I"$include" -x c - |
        tr '\n' ' ' | sed 's/[;{}]/&\n/g' | grep -E '\bmig_[a-z0-9_]+ *\([^*]' | grep -v 'static inline'
}
declared() { declarations | grep -oE '\bmig_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u; }
unmarked() { declarations | grep -v 'visibility ("default")\|visibility("default")\|typedef'; [ $? = 1 ]; }
check 'every function of the installed headers is marked MIG_API' unmarked
check 'every function of the installed headers is exported' \
    comm -23 <(declared) <(exported | sort -u)
undeclared() {
    local name
    for name in $(exported); do
        (cd "$include" && grep -rqw "$name" migstat) || echo "$name"
    done
}
check 'everything exported is in an installed header' undeclared
alone() {
    local header
    for header in $(all_headers); do
        echo "#include <$header>" |
            $compiler -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" -x c - || echo "$header"
    done
}
check 'every installed header compiles alone' alone
check 'no private header is installed' bash -c "cd '$include' && find . -name '*-internal.h' -o -name '*-inline.h' -o -name i18n.h -o -path '*/cli/*'"

# ---- commands and pages -----------------------------------------------------------------------------------

for command in "$BUILD"/bin/mig-*; do
    command=${command##*/}
    report "$([ -x "$dest$prefix/bin/$command" ] && [ -s "$dest$prefix/share/man/man1/$command.1" ] && echo 1)" \
        "$command is installed with its page"
done
placed() { printf 'r\nSégou\n' | "$dest$prefix/bin/mig-place" -q -c r -l 1 2>&1 | tail -1 | grep -qx 'Ségou,ML04,Segou,matched'; }
check 'the installed mig-place finds its tables' placed
# A command loads what reading and exact sums need, and beyond that only what its line here says: GSL for fits and random
# numbers (unless it is linked in), R's library for quantiles of distributions, jansson for schemas.
always='csv|utf8proc|gmp|z|m|c'
declare -A loads=([mig-clean]='jansson' [mig-breakdown]='Rmath' [mig-quality]='Rmath' [mig-rate]='Rmath'
    [mig-summary]='Rmath' [mig-simulate]='gsl|gslcblas' [mig-trend]='gsl|gslcblas|Rmath')
loads_other() {
    local other
    other=$(readelf -d "$1" | sed -n 's/.*NEEDED.*\[lib\(.*\)\.so.*/\1/p' | grep -vxE "$always${loads[${1##*/}]:+|${loads[${1##*/}]}}")
    [ -z "$other" ] || { echo "it also loads: $other"; return 1; }
}
if [ -n "$sanitize" ]; then
    skip 'each command loads only what it needs' 'the sanitizers load more'
else
    for command in "$BUILD"/bin/mig-*; do
        check "${command##*/} loads only what it needs" loads_other "$command"
    done
fi
words=$(make --no-print-directory BUILD="$BUILD" DESTDIR="$dest" prefix="$prefix" uninstall 2>&1)
check 'make uninstall leaves no file' find "$dest" ! -type d
finish
