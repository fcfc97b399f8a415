#!/bin/bash
# The documentation is what the commands do, in TAP:
# - every '$ command' of README.md and docs/*.md (in ```console) and of docs/man/*.roff (in .EX) prints exactly the lines
#   below it, standard output and standard error as a terminal would show them, in a copy of datasets/mali;
# - every example of --help runs there, with status 0 or 1;
# - every manual page is free of warnings;
# - every 'FILE.md#section' of a header is a section of docs/FILE.md;
# - the files of datasets/mali that are made from others are what their sources give.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=$(realpath "${BUILD:-$root/build}")
PATH=$BUILD/bin:$PATH
export LC_ALL=C
unset LANGUAGE
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
. "$root/tests/tap.sh"

# Says whether the last command succeeded; $work/why explains when it did not.
verdict() {
    local status=$?
    report "$([ $status = 0 ] && echo 1)" "$1" "$(cat "$work/why")"
    : >"$work/why"
}

# A copy of the data, for one document.
fresh() {
    rm -rf "$work/here"
    cp -R "$root/datasets/mali" "$work/here"
}

# The lines of the console blocks of a document, each with its number: 'N<tab>LINE'; a block ends with 'N<tab>'.
markdown_blocks() {
    awk '/^ *```/ { if (on) print NR "\t"; on = !on && /```console/; next }
        on { print NR "\t" $0 }' "$1"
}
roff_blocks() {
    awk '/^\.EE/ { if (on) print NR "\t"; on = 0 } on { print NR "\t" $0 } /^\.EX/ { on = 1 }' "$1" |
        sed -e 's/\\&//g; s/\\-/-/g; s/\\(aq/'\''/g; s/\\(ga/`/g; s/\\(ha/^/g; s/\\(ti/~/g; s/\\e/\\/g'
}

without_blank_end() {
    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$1"
}

replay() {
    local title=$1 command=$2
    (cd "$work/here" && bash -c "$command" >"$work/got" 2>&1 </dev/null)
    diff -u --label written --label printed <(without_blank_end "$work/wanted") \
        <(without_blank_end "$work/got") >"$work/why"
    verdict "$title: $ ${command%%$'\n'*}"
}

# Replays the blocks on standard input, which belong to the document $1.
replay_all() {
    local document=$1 command='' place='' number line
    fresh
    while IFS=$'\t' read -r number line; do
        case $line in
        '$ '*)
            [ -z "$command" ] || replay "$document:$place" "$command"
            command=${line#'$ '} place=$number
            : >"$work/wanted"
            while [[ $command == *[\\\|] || $command == *'&&' ]] && IFS=$'\t' read -r number line; do
                command+=$'\n'${line#'> '} # goes on after a bar, && or a backslash
            done
            ;;
        *) printf '%s\n' "$line" >>"$work/wanted" ;;
        esac
    done
    [ -z "$command" ] || replay "$document:$place" "$command"
}

help_examples() {
    "$1" --help | awk '/^Examples:/ { on = 1; next } /^[^ ]/ { on = 0 } on && /^  [^ ]/ { print substr($0, 3) }'
}

cd "$root" || exit 2
for document in README.md docs/*.md; do
    replay_all "$document" < <(markdown_blocks "$document")
done
for document in docs/man/*.roff; do
    replay_all "$document" < <(roff_blocks "$document")
done
for tool in "$BUILD"/bin/mig-*; do
    fresh
    while IFS= read -r command; do
        (cd "$work/here" && bash -o pipefail -c "$command" >"$work/got" 2>"$work/why" </dev/null)
        [ $? -le 1 ]
        verdict "${tool##*/} --help: $command"
    done < <(help_examples "$tool")
    man -l --warnings -E UTF-8 "$BUILD/man/${tool##*/}.1" 2>"$work/why" >"$work/got" && [ ! -s "$work/why" ]
    verdict "${tool##*/}.1 is free of warnings"
done

while IFS= read -r link; do
    file=${link%#*}
    sed -n 's/^##* *//p' "$file" | tr -d "'" | tr 'A-Z ' 'a-z-' | grep -qx "${link#*#}"
    verdict "headers refer to $link, which exists"
done < <(grep -rhoE 'docs/[a-z]+\.md#[a-z-]+' lib --include='*.h' | sort -u)

# Files made from others.
fresh
cd "$work/here" || exit 2
mig-simulate returns --n 2000 --seed 2025 | diff - synthetic_returns.csv >"$work/why"
verdict 'synthetic_returns.csv is what mig-simulate makes'
{
    echo year,returns,reintegrations
    join -t , <(mig-tally --by 'year(return_date)' synthetic_returns.csv | sed 1d) \
        <(mig-tally -q --where-missing drop --by 'year(reintegration_date)' synthetic_returns.csv | sed 1d)
} | diff - examples/yearly_synthetic.csv >"$work/why"
verdict 'examples/yearly_synthetic.csv counts synthetic_returns.csv'
awk -F , '$2 == "Mali" && $3 >= 2012 { value[$3 "," $1] = $4 }
    END {
        n = split("returned_refugees,refugees_from,returned_idps,idps_present", names, ",")
        line = "year"
        for (i = 1; i <= n; i++) line = line "," names[i]
        print line
        for (year = 2012; year <= 2025; year++) {
            line = year
            for (i = 1; i <= n; i++) line = line "," value[year "," names[i]]
            print line
        }
    }' unhcr_yearly.csv | diff - examples/mali_yearly.csv >"$work/why"
verdict 'examples/mali_yearly.csv is the rows of Mali in unhcr_yearly.csv'
finish
