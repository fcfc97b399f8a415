#!/bin/bash
# Times the commands beside their rivals, each in turn, and prints medians of wall time and of the ratios, as a table
# and as CSV. usage: BUILD=build tests/bench/run.sh [ROWS] [RUNS]
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=$(realpath "${BUILD:-build}") || exit 2
PATH=$BUILD/bin:$PATH
export LC_ALL=C
rows=${1:-1000000} runs=${2:-5}
work=$BUILD/bench
mkdir -p "$work" || exit 2
data=$work/synthetic_$rows.csv
[ -f "$data" ] || mig-simulate returns --n "$rows" --seed 11 -o "$data" || exit 2
out=$work/results.csv
echo 'task,rival,seconds,rival_seconds,ratio' >"$out"

# Wall seconds of one run of a shell command.
seconds() {
    local begun=$EPOCHREALTIME
    bash -c "$1" >/dev/null 2>&1 || { echo "failed: $1" >&2; exit 2; }
    echo "$begun $EPOCHREALTIME" | awk '{ printf "%.4f\n", $2 - $1 }'
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# task, our command, rival's name, rival's command
compare() {
    local task=$1 ours=$2 rival=$3 theirs=$4 i
    command -v "${rival%% *}" >/dev/null || { echo "$rival is not installed: $task left out" >&2; return; }
    seconds "$ours" >/dev/null
    seconds "$theirs" >/dev/null
    for ((i = 0; i < runs; i++)); do
        echo "$(seconds "$ours") $(seconds "$theirs")"
    done >"$work/runs"
    printf '"%s",%s,%s,%s,%s\n' "$task" "$rival" "$(awk '{ print $1 }' "$work/runs" | median)" \
        "$(awk '{ print $2 }' "$work/runs" | median)" \
        "$(awk '{ printf "%.3f\n", $1 / $2 }' "$work/runs" | median)" >>"$out"
}

tally="mig-tally --by 'region,year(return_date)' --sum reintegrated '$data'"
compare "tally by region and year" "$tally" mawk \
    "mawk -F, 'NR > 1 { k = \$3 \",\" substr(\$2, 1, 4); n[k]++; s[k] += \$10 } END { for (k in n) print k, n[k], s[k] }' '$data'"
compare "tally by region and year" "$tally" mlr \
    "mlr --icsv --ocsv put '\$year = substr(\$return_date, 0, 3)' then stats1 -a count,sum -f reintegrated -g region,year '$data'"
compare "count by region" "mig-tally --by region '$data'" datamash \
    "datamash -t, --header-in -s -g 3 count 3 <'$data'"
compare "share with interval by region" "mig-rate --share reintegrated/n --by region '$data'" mlr \
    "mlr --icsv --ocsv stats1 -a mean,meaneb -f reintegrated -g region '$data'"
compare "mean, deviation, quartiles by region" "mig-summary -q --numbers age --by region '$data'" mlr \
    "mlr --icsv --ocsv stats1 -a count,mean,stddev,min,p25,p50,p75,max,skewness,kurtosis -f age -g region '$data'"
marked=$work/marked_$rows.csv # datamash takes NA for a missing value, and not an empty cell
[ -f "$marked" ] || sed 's/,,/,NA,/g; s/,,/,NA,/g' "$data" >"$marked" || exit 2
compare "moments by region" "mig-tally -q --moments age --by region '$data'" datamash \
    "datamash -t, --header-in -s -g 3 --narm count 5 mean 5 sstdev 5 min 5 max 5 <'$marked'"
compare "clean: three columns" "mig-clean -c region,sex,age '$data'" mlr \
    "mlr --icsv --ocsv cut -o -f region,sex,age '$data'"
compare "clean: three columns" "mig-clean -c region,sex,age '$data'" csvcut "csvcut -c region,sex,age '$data'"
awk -F, '$1 == "iso" && $3 == 1 { print $4 "," $2 }' datasets/mali/places.csv | sed '1i region,place_code' >"$work/regions.csv"
compare "codes of regions by name" "mig-place -q -c region -l 1 --scheme iso '$data'" mlr \
    "mlr --icsv --ocsv join --ul --ur -u -j region -f '$work/regions.csv' '$data'"
compare "filter: a text and a number" "mig-filter -q 'region == \"Gao\" && age >= 18' '$data'" mlr \
    "mlr --icsv --ocsv filter '\$region == \"Gao\" && \$age >= 18' '$data'"
compare "filter: a regular expression" "mig-filter -q 'region ~ \"^(Gao|Kidal)\$\"' '$data'" csvgrep \
    "csvgrep -c region -r '^(Gao|Kidal)\$' '$data'"
join="mig-join -q --on region --keep inner '$work/regions.csv' '$data'"
compare "join: a column by region" "$join" mlr \
    "mlr --icsv --ocsv join -u -j region -f '$work/regions.csv' '$data'"
compare "join: a column by region" "$join" csvjoin "csvjoin -I -c region '$data' '$work/regions.csv'"
compare "reshape: two columns into rows" "mig-reshape -q --long age,reintegrated '$data'" mlr \
    "mlr --icsv --ocsv reshape -i age,reintegrated -o name,value '$data'"
long=$work/long_$rows.csv
[ -f "$long" ] || mig-reshape -q --long age,reintegrated -o "$long" "$data" || exit 2
compare "reshape: rows into two columns" "mig-reshape -q --wide name '$long'" mlr \
    "mlr --icsv --ocsv reshape -s name,value '$long'"
compare "all checks, and a summary" "mig-quality -q --fail-on never '$data'" mlr "mlr --icsv --ojson summary '$data'"
echo "$rows rows, $(wc -c <"$data") bytes, medians of $runs runs in turn; ratio = ours / theirs"
mig-clean -t text "$out"
echo "as CSV: $out"
