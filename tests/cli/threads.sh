#!/bin/bash
# Output, messages and status are the same with any number of threads: large files, good and bad, pipes, packed files and
# several files. Memory does not grow with the rows. TAP.
set -u
export LC_ALL=C
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

mig-simulate returns --n 60000 --seed 5 -o synthetic_cases.csv || exit 2
lines=$(wc -l <synthetic_cases.csv)
sed 's/$/\r/' synthetic_cases.csv >crlf.csv
tr '\n' '\r' <synthetic_cases.csv >cr.csv
sed 's/[^,]*/"&"/g' synthetic_cases.csv >quoted.csv
# a cell with line ends and quotes in it in every third row
awk -F, -v OFS=, 'NR > 1 && NR % 3 == 0 { $8 = "\"two \"\"words\"\"\n\n" NR "\"" } 1' synthetic_cases.csv >lines.csv
iconv -f utf-8 -t utf-16 synthetic_cases.csv >utf16.csv
gzip -c lines.csv >lines.csv.gz
head -c -9 lines.csv.gz >short.csv.gz
head -1 synthetic_cases.csv >header.csv
: >empty.csv
sed "$((lines - 5))s/\$/,more/" synthetic_cases.csv >ragged.csv
awk -F, -v OFS=, -v ragged=$((lines / 2)) 'NR == 100 { $10 = "many" } NR == ragged { $0 = $0 ",more" } 1' \
    synthetic_cases.csv >early.csv
awk -F, -v OFS=, 'NR > 50000 && NR % 1000 == 0 { $10 = "many" } 1' synthetic_cases.csv >several.csv
sed "$((lines - 9))s/,/,\"/" synthetic_cases.csv >unclosed.csv
sed "40000s/,/\",/" synthetic_cases.csv >inside.csv
sed '45000s/,/\xff,/' synthetic_cases.csv >invalid.csv
sed '45001s/,/\x00,/' synthetic_cases.csv >nul.csv

# run THREADS COMMAND: what it writes, says and ends with.
run() {
    eval "${2//THREADS/--threads $1}" >out 2>err
    echo "status $?"
    cat out err
}

# same NAME PATTERN COMMAND: the same with 1, 2, 3 and 7 threads, and PATTERN is in it.
same() {
    local threads
    run 1 "$3" >expected
    for threads in 2 3 7; do
        run "$threads" "$3" >found
        cmp -s expected found || {
            report 0 "$1" "$threads threads: $(diff expected found | head -20)"
            return
        }
    done
    report "$(grep -qE -- "$2" expected && echo 1)" "$1" "no '$2' in: $(head -30 expected)"
}

tally="mig-tally THREADS --by 'region,year(return_date)' --sum reintegrated"
same 'a file' '^Gao,2021,[0-9]+,[0-9]+$' "$tally synthetic_cases.csv"
cut -d, -f 4 synthetic_cases.csv >one.csv
blank=$(grep -c '^$' one.csv)
same 'one column, whose blank lines are rows' "^,$blank\$" 'mig-tally THREADS --by sex one.csv'
same 'one column in a pipe' "^,$blank\$" 'cat one.csv | mig-tally THREADS --by sex'
same 'CR LF' '^Gao,2021,[0-9]+,[0-9]+$' "$tally crlf.csv"
same 'CR' '^Gao,2021,[0-9]+,[0-9]+$' "$tally cr.csv"
same 'all quoted' '^Gao,2021,[0-9]+,[0-9]+$' "$tally quoted.csv"
same 'line ends in cells' '^Gao,2021,[0-9]+,[0-9]+$' "$tally lines.csv"
same 'UTF-16' '^Gao,2021,[0-9]+,[0-9]+$' "$tally utf16.csv"
same 'gzip' '^Gao,2021,[0-9]+,[0-9]+$' "$tally lines.csv.gz"
same 'a pipe' '^Gao,2021,[0-9]+,[0-9]+$' "cat lines.csv | $tally"
same 'a pipe, packed' '^Gao,2021,[0-9]+,[0-9]+$' "cat lines.csv.gz | $tally -"
same 'a pipe that hands out little at a time' '^Gao,2021,[0-9]+,[0-9]+$' "dd bs=777 status=none <lines.csv | $tally"
same 'several files' '^Gao,2021,[0-9]+,[0-9]+$' "$tally synthetic_cases.csv lines.csv.gz header.csv quoted.csv crlf.csv"
same 'a group a row' '^S050000,1$' 'mig-tally THREADS --by synthetic_case lines.csv'
same 'a tally of moments' '^Gao,' 'mig-tally THREADS --by region --moments age lines.csv'
same 'the header only' 'rows: 0 read' "$tally header.csv"
same 'rates' '^Gao,' "mig-rate THREADS --share reintegrated/n --by region lines.csv"
same 'summaries' '^Gao,age,mean' "mig-summary THREADS --numbers age --texts sex --by region lines.csv"
same 'summaries of moments alone' '^Gao,age,sd' "mig-summary THREADS --numbers age -s mean,sd --by region lines.csv"
same 'breakdowns' '^Gao,F,' 'mig-breakdown THREADS --by region --of sex lines.csv'
same 'trends' '^Gao,' "mig-trend THREADS --time 'year(return_date)' --value n --by region lines.csv"

# ranges of bytes: one of whole rows, and one that ends within a cell
range=$(mig-split --ranges 3 -t tsv lines.csv | sed -n '3s/^[^\t]*\t\([^\t]*\).*/\1/p')
inside=$(awk 'length > 0 { at += length + 1 } /two/ && NR > 40000 { print at - 1; exit } length == 0 { at++ }' lines.csv)
same 'a range' '^Gao,2021,[0-9]+,[0-9]+$' "$tally --bytes $range lines.csv"
same 'a range that ends within a cell' 'unclosed quote' "$tally --bytes $(head -1 lines.csv | wc -c)-$inside lines.csv"
tail -n +2 lines.csv >rows.csv
same 'rows without a header' '^Gao,2021,[0-9]+,[0-9]+$' "$tally --no-header --header-from lines.csv rows.csv"

same 'an empty file' 'empty.csv: no header' "$tally empty.csv"
same 'an empty file behind others' 'empty.csv: no header' "$tally synthetic_cases.csv lines.csv empty.csv"
same 'a file that is not there, behind others' 'absent.csv' "$tally synthetic_cases.csv absent.csv lines.csv"
same 'other columns behind others' 'other.csv:1: the header has 1 cells' "printf 'k\nv\n' >other.csv; $tally synthetic_cases.csv other.csv"
same 'a ragged row late' "ragged.csv:$((lines - 5)): row has 12 cells" "$tally ragged.csv"
same 'a bad cell early, a ragged row late' "early.csv:100:10: 'many'" "$tally early.csv"
same 'bad cells in several blocks' "several.csv:51000:10: 'many'" "$tally several.csv"
same 'a bad file behind a good one' "several.csv:51000:10: 'many'" "$tally lines.csv several.csv ragged.csv"
same 'an unclosed quote' "unclosed.csv:$((lines - 9)):2: unclosed quote" "$tally unclosed.csv"
same 'a quote inside a cell' 'inside.csv:40000:1: quote inside' "$tally inside.csv"
same 'a byte that is not valid' 'invalid.csv:45000:1: byte 0xff' "$tally invalid.csv"
same 'a NUL' 'nul.csv:45001:1: NUL' "$tally nul.csv"
same 'gzip data that end too early' 'short.csv.gz: gzip data end too early' "$tally short.csv.gz"
same 'a pipe with a bad cell' "standard input:51000:10: 'many'" "cat several.csv | $tally"
same 'a part above its whole' "synthetic_cases.csv:211:10: '1' is more" 'mig-rate THREADS --share reintegrated/age --by region synthetic_cases.csv'

# The peak, read while the pipe is still open.
peak() { # peak THREADS FILE...
    local reader
    mkfifo rows
    mig-tally -q --threads "$1" --by 'region,year(return_date)' --sum reintegrated rows >/dev/null 2>&1 &
    reader=$!
    exec 3>rows
    cat "${@:2}" >&3
    sleep 0.2
    sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$reader/status"
    exec 3>&-
    wait "$reader"
    rm rows
}
tail -n +2 synthetic_cases.csv >rows.csv
if [ -n "${SANITIZE:-}" ] || [ ! -r /proc/self/status ]; then
    skip 'memory' 'sanitizers need more, or there is no /proc'
else
    few=$(peak 2 synthetic_cases.csv)
    many=$(peak 2 synthetic_cases.csv rows.csv rows.csv rows.csv rows.csv rows.csv rows.csv rows.csv rows.csv)
    report "$([ "$many" -lt $((16 * 1024)) ] && [ "$many" -lt $((few + 1024)) ] && echo 1)" \
        'two threads keep within 16 MiB, whatever the number of rows' "$few KiB, $many KiB"
fi
finish
