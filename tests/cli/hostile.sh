#!/bin/bash
# Every command on hostile input and output, in TAP: what no command may take for granted.
# A new command needs one line in `arguments`.
set -u
export LC_ALL=C
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/here" && cd "$work/here" || exit 2

# A working command line on an input with the columns region, year, part, whole. Commands that take no input are
# named in `no_input`.
declare -A arguments=(
    [mig-clean]='--columns region,year,part --number part'
    [mig-tally]='--by region --sum part'
    [mig-summary]='--by region --numbers part --texts year'
    [mig-rate]='--share part/whole --by region'
    [mig-breakdown]='--by year --of region --sum part'
    [mig-trend]='--by region --time year --value part'
    [mig-filter]='region!="none"&&part>0'
    [mig-join]='--on region,band(part,0)=class --columns name other.csv'
    [mig-place]='--column region --level 1'
    [mig-quality]='--key region --total year=part+whole --fail-on never'
    [mig-reshape]='--long region,part'
    [mig-split]='--rows 1'
    [mig-simulate]='returns --n 2000 --seed 1'
)
no_input=' mig-simulate '
any_text=' mig-place mig-reshape ' # take texts where others want numbers
# mig-quality reports what others refuse: these are findings.
reports=' mig-quality '
reported=' short_row.csv long_row.csv no_number.csv '

# mig-split looks at quotes only, and takes one file that can be read from any byte: its own transcript has the rest.
quotes_only=' mig-split '

takes_input() { [[ $no_input != *" $1 "* ]]; }

# ---- inputs: a file, the status that is wanted, and what standard error must say ------------------------

plain() { printf 'region,year,part,whole\nGao,2021,1,4\nGao,2022,2,5\nKayes,2021,3,6\n'; }
two_cells_of() { printf 'region,year,part,whole\nGao,2021,%b,4\n' "$1"; }

printf 'region,class,name\nGao,0+,east\nKayes,0+,west\n' >other.csv
mkdir inputs
plain >inputs/plain.csv
mkdir inputs/directory.csv
: >inputs/empty.csv
printf '\n\n' >inputs/blank.csv
plain | gzip | head -c 30 >inputs/truncated.csv.gz
{ plain | gzip && echo rubbish; } >inputs/trailing.csv.gz
two_cells_of '\0' >inputs/nul.csv
two_cells_of '"1' >inputs/unclosed.csv
two_cells_of '1"' >inputs/quote_inside.csv
two_cells_of '"1"x' >inputs/text_behind.csv
two_cells_of '\xe9' >inputs/not_utf8.csv
printf 'region,year,part,whole\nGao,2021,1\n' >inputs/short_row.csv
printf 'region,year,part,whole\nGao,2021,1,4,5\n' >inputs/long_row.csv
{ printf 'region,year,part,whole\nGao,2021,"' && head -c 16777217 /dev/zero | tr '\0' 1 && printf '",4\n'; } \
    >inputs/large_cell.csv
two_cells_of abc >inputs/no_number.csv
plain | iconv -t UTF-16LE | { printf '\xff\xfe' && cat; } >inputs/utf16le.csv
plain | iconv -t UTF-16BE | { printf '\xfe\xff' && cat; } >inputs/utf16be.csv
{ printf '\xef\xbb\xbf' && plain; } >inputs/mark.csv
plain | sed 's/$/\r/' >inputs/crlf.csv
plain | tr '\n' '\r' >inputs/cr.csv
plain | head -c -1 >inputs/no_end.csv
plain | gzip >inputs/gzip.csv.gz
head -1 inputs/plain.csv >inputs/header.csv

# file : what standard error says, for input that must be refused with status 2
refused='directory.csv|directory.csv.*: Is a directory
missing.csv|missing.csv.*: No such file or directory
empty.csv|empty.csv: no header: the file is empty
blank.csv|blank.csv: no header: the file has only blank lines
truncated.csv.gz|truncated.csv.gz: gzip data end too early
trailing.csv.gz|trailing.csv.gz: gzip data are followed by other data
nul.csv|nul.csv:2:3: NUL byte
unclosed.csv|unclosed.csv:2:3: unclosed quote
quote_inside.csv|quote_inside.csv:2:3: quote inside a cell
text_behind.csv|text_behind.csv:2:3: text after a closing quote
not_utf8.csv|not_utf8.csv:2:3: byte 0xe9 is not valid UTF-8
short_row.csv|short_row.csv:2: row has 3 cells, the header has 4
long_row.csv|long_row.csv:2: row has 5 cells, the header has 4
large_cell.csv|large_cell.csv:2:3: cell is larger than 16777216 bytes
no_number.csv|no_number.csv:2:3: .abc. is not a number'

# input that is the same table in another dress
same='utf16le.csv utf16be.csv mark.csv crlf.csv cr.csv no_end.csv gzip.csv.gz'

# ---- one run, refused: status 2, a message that names the command, the old output as it was -------------

# refuse NAME REGEX COMMAND [ARGUMENT]...: with -o on a file that exists
refuse() {
    local name=$1 regex=$2 status
    shift 2
    rm -rf out && mkdir out && echo old >out/result.csv
    "$@" -o out/result.csv >stdout 2>stderr </dev/null
    status=$?
    judge "$name" "$regex" 2 $status
    report "$([ "$(ls -A out)" = result.csv ] && [ "$(cat out/result.csv)" = old ] && echo 1)" \
        "$name: the old file is left alone" "$(ls -lA out)"
}

# judge NAME REGEX WANTED-STATUS STATUS: of the run whose words stand in stdout and stderr
judge() {
    local good=0
    [ "$4" = "$3" ] && grep -Eq "^$command: .*$2" stderr && good=1
    report $good "$1" "status $4, $(head -c 400 stderr | tr '\n' ' ')"
    [ ! -s stdout ] || report 0 "$1: nothing on standard output" "$(head -c 200 stdout)"
}

test_inputs() {
    local file regex
    while IFS='|' read -r file regex; do
        [[ $file = no_number.csv && $any_text = *" $command "* ]] && continue
        [[ $reports$quotes_only = *" $command "* && $reported = *" $file "* ]] && continue
        refuse "$command: $file" "$regex" "$command" ${arguments[$command]} "inputs/$file"
    done <<<"$refused"
    [[ $quotes_only != *" $command "* ]] || return
    for file in $same; do
        "$command" -q ${arguments[$command]} inputs/plain.csv >wanted 2>stderr
        "$command" -q ${arguments[$command]} "inputs/$file" >stdout 2>>stderr
        sed -i 's|inputs/plain\.csv|FILE|g' wanted
        sed -i "s|inputs/$file|FILE|g" stdout
        report "$([ -s wanted ] && cmp -s wanted stdout && [ ! -s stderr ] && echo 1)" \
            "$command: $file is the same table" "$(cat stderr)"
    done
    "$command" ${arguments[$command]} inputs/header.csv >stdout 2>stderr
    report "$([ $? = 0 ] && [ "$(wc -l <stdout)" = 1 ] && [ -s stderr ] && echo 1)" \
        "$command: a header only gives a header, and a note" "$(cat stdout stderr)"
    refuse "$command: a cell above --max-cell" 'cell is larger than 4 bytes' \
        "$command" ${arguments[$command]} --max-cell 4 inputs/plain.csv
    refuse "$command: unknown column" "no column 'regoin'; nearest is 'region'" \
        "$command" ${arguments[$command]//region/regoin} inputs/plain.csv
    refuse "$command: a good and a missing file" 'none.csv.*No such file' \
        "$command" ${arguments[$command]} inputs/plain.csv none.csv
    "$command" ${arguments[$command]} <&- >stdout 2>stderr
    judge "$command: standard input is closed" 'standard input' 2 $?
}

# Many rows out, as many regions as rows: more than a pipe holds (64 KiB).
test_closed_pipe() {
    local input=inputs/many.csv status
    takes_input "$command" || input=
    "$command" ${arguments[$command]} $input 2>stderr | head -1 >stdout
    status=${PIPESTATUS[0]}
    report "$([ "$status" = 141 ] && [ "$(wc -l <stdout)" = 1 ] && [ ! -s stderr ] && echo 1)" \
        "$command: a closed pipe ends it quietly" "status $status $(cat stderr)"
}

unprivileged() {
    if [ "$(id -u)" != 0 ]; then "$@"; else setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; fi
}

test_outputs() {
    local input=inputs/plain.csv
    takes_input "$command" || input=
    : >stdout
    "$command" ${arguments[$command]} $input >/dev/full 2>stderr
    judge "$command: a full disk" 'standard output: No space left on device' 2 $?
    "$command" ${arguments[$command]} $input -o /dev/full >stdout 2>stderr
    judge "$command: -o on a full disk" '/dev/full: No space left on device' 2 $?
    : >stdout
    "$command" ${arguments[$command]} $input >&- 2>stderr
    judge "$command: standard output is closed" 'standard output: Bad file descriptor' 2 $?
    "$command" ${arguments[$command]} $input -o none/out.csv >stdout 2>stderr
    judge "$command: -o into a missing directory" 'none/out.csv: No such file or directory' 2 $?
    "$command" ${arguments[$command]} $input -o inputs >stdout 2>stderr
    judge "$command: -o onto a directory" 'inputs: Is a directory' 2 $?
    if unprivileged "$(command -v "$command")" --version >/dev/null 2>&1 &&
        { [ "$command" != mig-place ] || unprivileged test -r "$BUILD/share/migstat/places.csv"; }; then
        mkdir -p locked
        chmod 555 locked
        unprivileged "$(command -v "$command")" ${arguments[$command]} $input -o locked/out.csv >stdout 2>stderr
        judge "$command: -o into a directory that is not writable" 'locked/out.csv: Permission denied' 2 $?
    else
        skip "$command: -o into a directory that is not writable" "cannot give up root's rights, or not read the checkout without them"
    fi
    "$command" -q ${arguments[$command]} $input >wanted
    rm -rf out && mkdir out && "$command" -q ${arguments[$command]} $input -o out/synthetic.csv >stdout 2>stderr
    report "$([ $? = 0 ] && cmp -s wanted out/synthetic.csv && [ "$(ls -A out)" = synthetic.csv ] &&
        [ ! -s stdout ] && [ ! -s stderr ] && echo 1)" "$command: -o writes what standard output gets" "$(cat stderr)"
    refuse "$command: unknown option" "unknown option '--bogus'" "$command" ${arguments[$command]} --bogus $input
    refuse "$command: unknown option, nearly right" "unknown option '--outptu'; nearest is '--output'" \
        "$command" ${arguments[$command]} --outptu=x $input
    refuse "$command: unknown format" "'cvs' is not an output format; nearest is 'csv'" \
        "$command" ${arguments[$command]} -t cvs $input
}

awk 'BEGIN { print "region,year,part,whole"; for (i = 1; i <= 20000; i++) print "r" i ",2021,1,2" }' >inputs/many.csv
PATH=$BUILD/bin:$PATH
for command in "$BUILD"/bin/mig-*; do
    command=${command##*/}
    if [ -z "${arguments[$command]:-}" ]; then
        report 0 "$command: has a line in the table of this test"
        continue
    fi
    test_outputs
    test_closed_pipe
    ! takes_input "$command" || test_inputs
done
finish
