#!/bin/bash
# Times the commands beside their rivals on synthetic data made from a seed: each run in turn, medians of wall time, of
# the ratio ours / theirs and of peak memory, as a table and as CSV. What is not installed is left out, and named.
# usage: BUILD=build tests/bench/run.sh [ROWS] [RUNS] [TASKS]; TASKS is a regular expression, SCALE=1 adds 1, 10 and 100
# million rows,
# RIVALS=none times our commands only. DuckDB is looked for as the npm package @duckdb/node-api (NODE_PATH).
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=$(realpath "${BUILD:-build}") || exit 2
PATH=$BUILD/bin:$BUILD/tests/bench:$PATH
export LC_ALL=C DUCKDB=$PWD/tests/bench/duckdb.cjs
rows=${1:-5000000} runs=${2:-5} wanted=${3:-.}
work=$BUILD/bench
out=$work/results.csv
seed=11
places=$PWD/datasets/mali/places.csv
mkdir -p "$work" && cd "$work" || exit 2
echo 'task,rows,bytes,tool,seconds,cpu_seconds,peak_mib,ratio,runs' >"$out"

# The file of a shape, made once: data SHAPE ROWS
data() {
    local file=synthetic_$1_$2.csv
    [ -s "$file" ] || { generate "$1" "$2" $seed >"$file.part" && mv "$file.part" "$file"; } || exit 2
    echo "$file"
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

installed() {
    case $1 in
    mig-*|scan) return 0 ;;
    esac
    [ "${RIVALS:-}" != none ] || return 1
    case $1 in
    duckdb) node -e 'require("@duckdb/node-api")' 2>/dev/null ;;
    data.table) Rscript -e 'library(data.table)' >/dev/null 2>&1 ;;
    R) command -v Rscript >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

tools=() commands=()
# task NAME FILE: what follows is timed as one task, our command first.
task() { name=$1 file=$2 tools=() commands=(); }
# run TOOL COMMAND: TOOL may carry a remark behind a space.
run() {
    if ! installed "${1%% *}"; then
        [ "${RIVALS:-}" = none ] || echo "${1%% *} is not installed: left out of '$name'" >&2
        return
    fi
    tools+=("$1") commands+=("$2")
}

field() { awk -v f="$1" '{ print $f }' "$2"; }

# Runs all commands of the task once unmeasured, then in turn, and appends a row for each.
finish() {
    local i r
    [[ $name =~ $wanted ]] || return
    for ((r = 0; r <= runs; r++)); do
        for i in "${!tools[@]}"; do
            measure "${commands[i]}" >"figure.$i" || { echo "failed: ${commands[i]}" >&2; exit 2; }
            [ "$r" = 1 ] && : >"figures.$i"
            [ "$r" = 0 ] || cat "figure.$i" >>"figures.$i"
        done
    done
    for i in "${!tools[@]}"; do
        paste -d ' ' figures.0 "figures.$i" | awk '{ printf "%.4f\n", $1 / $4 }' >ratios
        printf '"%s",%s,%s,%s,%s,%s,%s,%s,%s\n' "$name" "$(($(wc -l <"$file") - 1))" "$(wc -c <"$file")" "${tools[i]}" \
            "$(field 1 "figures.$i" | median)" "$(field 2 "figures.$i" | median)" \
            "$(field 3 "figures.$i" | median | awk '{ printf "%.1f", $1 / 1024 }')" \
            "$([ "$i" = 0 ] || median <ratios)" "$runs" >>"$out"
    done
    rm -f figure.* figures.* ratios
}

# A grouped count and sum in every tool: group FILE KEY_COLUMN_NUMBER KEY SUM_NUMBER SUM
sql() { echo "node $DUCKDB \"$1\""; }
r() { echo "Rscript -e 'library(data.table); $1'"; }

by_region_and_year() {
    task "$1" "$2"
    run mig-tally "mig-tally --by 'region,year(return_date)' --sum months $2"
    run "mig-tally one thread" "mig-tally --threads 1 --by 'region,year(return_date)' --sum months $2"
    run "scan bare" "scan $2"
    run duckdb "$(sql "select region, year(return_date) as y, count(*), sum(months) from read_csv('$2') group by all order by all")"
    run data.table "$(r "print(fread(\"$2\", select=c(\"region\",\"return_date\",\"months\"))[, .(.N, sum(months)), keyby=.(region, year(return_date))])")"
    [ "$3" = quoted ] ||
        run mawk "mawk -F, 'NR > 1 { k = \$3 \",\" substr(\$2, 1, 4); n[k]++; s[k] += \$11 } END { for (k in n) print k, n[k], s[k] }' $2"
    run mlr "mlr --icsv --ocsv put '\$y = substr(\$return_date, 0, 3)' then stats1 -a count,sum -f months -g region,y $2"
    finish
}

# Counts and sums.
plain=$(data plain "$rows") || exit 2
by_region_and_year 'tally by region and year' "$plain" plain
by_region_and_year 'tally, 5 % of rows quoted' "$(data quoted5 "$rows")" quoted
by_region_and_year 'tally, all cells quoted' "$(data quoted100 "$rows")" quoted

task 'count by region' "$plain"
run mig-tally "mig-tally --by region $plain"
run mawk "mawk -F, 'NR > 1 { n[\$3]++ } END { for (k in n) print k, n[k] }' $plain"
run datamash "datamash -t, --header-in -s -g 3 count 3 <$plain"
finish

keys=$(data keys "$rows") || exit 2
task 'tally by a million keys' "$keys"
run mig-tally "mig-tally --by household --sum months $keys"
run duckdb "$(sql "select household, count(*), sum(months) from read_csv('$keys') group by all order by all")"
run data.table "$(r "print(fread(\"$keys\", select=c(\"household\",\"months\"))[, .(.N, sum(months)), keyby=household])")"
run mawk "mawk -F, 'NR > 1 { n[\$1]++; s[\$1] += \$11 } END { for (k in n) print k, n[k], s[k] }' $keys"
run mlr "mlr --icsv --ocsv stats1 -a count,sum -f months -g household $keys"
finish

sums=$(data sums20 "$rows") || exit 2
list=$(seq -s, -f 'x%g' 20)
task '20 sums by region' "$sums"
run mig-tally "mig-tally --by synthetic_region --sum $list $sums"
run duckdb "$(sql "select synthetic_region, count(*), $(seq -s, -f 'sum(x%g)' 20) from read_csv('$sums') group by all order by all")"
run data.table "$(r "print(fread(\"$sums\")[, lapply(.SD, sum), keyby=synthetic_region])")"
run mawk "mawk -F, 'NR > 1 { n[\$1]++; for (i = 2; i <= 21; i++) s[\$1, i] += \$i } END { for (k in n) print k, n[k], s[k, 2] }' $sums"
run mlr "mlr --icsv --ocsv stats1 -a count,sum -f $list -g synthetic_region $sums"
finish

# Rows in, rows out.
task 'filter: a text and a number' "$plain"
run mig-filter "mig-filter -q 'region == \"Gao\" && age >= 18' $plain"
run duckdb "$(sql "copy (select * from read_csv('$plain', all_varchar=true) where region = 'Gao' and age::int >= 18) to '/dev/null' (format csv)")"
run mawk "mawk -F, 'NR == 1 || (\$3 == \"Gao\" && \$5 >= 18)' $plain"
run mlr "mlr --icsv --ocsv filter '\$region == \"Gao\" && \$age >= 18' $plain"
finish

task 'filter: a regular expression' "$plain"
run mig-filter "mig-filter -q 'region ~ \"^(Gao|Kidal)\$\"' $plain"
run mlr "mlr --icsv --ocsv filter '\$region =~ \"^(Gao|Kidal)\$\"' $plain"
finish

semicolon=$(data semicolon "$rows") || exit 2
printf '%s\n' '{"dialect":{"delimiter":";"},"fields":[' >semicolon.json
head -n 1 "$semicolon" | tr ';' '\n' | sed 's/.*/{"name":"&","type":"string"},/; s/"amount","type":"string"/"amount","type":"number","decimalChar":","/' |
    sed '$ s/,$/]}/' >>semicolon.json
task "clean: ';' and decimal commas" "$semicolon"
run mig-clean "mig-clean -q --schema semicolon.json $semicolon"
run mlr "mlr --icsv --ifs ';' --ocsv put '\$amount = sub(\$amount, \",\", \".\")' $semicolon"
finish

task 'clean: three columns' "$plain"
run mig-clean "mig-clean -q -c region,sex,age $plain"
run mlr "mlr --icsv --ocsv cut -o -f region,sex,age $plain"
finish

awk -F, '$1 == "iso" && $3 == 1 { print $4 "," $2 }' "$places" | sed 's/Ségou/Segou/; 1i region,place_code' >regions.csv
task 'codes of regions by name' "$plain"
run mig-place "mig-place -q -c region -l 1 --scheme iso $plain"
run mlr "mlr --icsv --ocsv join --ul --ur -u -j region -f regions.csv $plain"
finish

task 'join: a column by region' "$plain"
run mig-join "mig-join -q --on region --keep inner regions.csv $plain"
run mlr "mlr --icsv --ocsv join -u -j region -f regions.csv $plain"
finish

task 'reshape: two columns into rows' "$plain"
run mig-reshape "mig-reshape -q --long age,reintegrated $plain"
run mlr "mlr --icsv --ocsv reshape -i age,reintegrated -o name,value $plain"
finish

task 'all checks, and a summary' "$plain"
run mig-quality "mig-quality -q --fail-on never $plain"
run mlr "mlr --icsv --ojson summary $plain"
finish

# csvkit, on fewer rows: it takes seconds for what others do in milliseconds.
few=$(data plain "$((rows / 50))") || exit 2
few_semicolon=$(data semicolon "$((rows / 50))") || exit 2
task 'csvkit: a regular expression' "$few"
run mig-filter "mig-filter -q 'region ~ \"^(Gao|Kidal)\$\"' $few"
run csvgrep "csvgrep -c region -r '^(Gao|Kidal)\$' $few"
finish

task "csvkit: ';' and decimal commas" "$few_semicolon"
run mig-clean "mig-clean -q --schema semicolon.json $few_semicolon"
run csvformat "csvformat -d ';' $few_semicolon"
finish

task 'csvkit: three columns' "$few"
run mig-clean "mig-clean -q -c region,sex,age $few"
run csvcut "csvcut -c region,sex,age $few"
finish

task 'csvkit: a column by region' "$few"
run mig-join "mig-join -q --on region --keep inner regions.csv $few"
run csvjoin "csvjoin -I -c region $few regions.csv"
finish

task 'csvkit: codes of regions by name' "$few"
run mig-place "mig-place -q -c region -l 1 --scheme iso $few"
run csvjoin "csvjoin -I --left -c region $few regions.csv"
finish

task 'csvkit: statistics of a column' "$few"
run mig-summary "mig-summary -q --numbers amount $few"
run csvstat "csvstat -c amount $few"
finish

# Statistics.
task 'mean, deviation, quartiles by region' "$plain"
run mig-summary "mig-summary -q --numbers amount --by region $plain"
run data.table "$(r "print(fread(\"$plain\", select=c(\"region\",\"amount\"))[, as.list(c(mean(amount), sd(amount), quantile(amount))), keyby=region])")"
run duckdb "$(sql "select region, avg(amount), stddev(amount), quantile_cont(amount, [0.25, 0.5, 0.75]) from read_csv('$plain') group by all")"
run mlr "mlr --icsv --ocsv stats1 -a count,mean,stddev,min,p25,p50,p75,max -f amount -g region $plain"
finish

task 'mean, deviation, quartiles by two keys' "$plain"
run mig-summary "mig-summary -q --numbers amount --by region,sex $plain"
run data.table "$(r "print(fread(\"$plain\", select=c(\"region\",\"sex\",\"amount\"))[, as.list(c(mean(amount), sd(amount), quantile(amount))), keyby=.(region, sex)])")"
run datamash "datamash -t, --header-in -s -g 3,4 mean 9 sstdev 9 q1 9 median 9 q3 9 <$plain"
finish

task 'moments by region' "$plain"
run mig-tally "mig-tally -q --moments amount --by region $plain"
run datamash "datamash -t, --header-in -s -g 3 count 9 mean 9 sstdev 9 min 9 max 9 <$plain"
finish

groups=$(data groups 10000) || exit 2
task 'rates with intervals by 10,000 groups' "$groups"
run mig-rate "mig-rate --share reintegrated/returns --method exact --by synthetic_commune $groups"
run R "Rscript -e 'd <- read.csv(\"$groups\"); print(t(mapply(function(x, n) binom.test(x, n)\$conf.int, d\$reintegrated, d\$returns))[1:2, ])'"
finish

# How time grows with rows; and what it costs to begin.
if [ -n "${SCALE:-}" ]; then
    for n in 1000000 10000000 100000000; do
        by=$(data plain "$n") || exit 2
        task "tally of $n rows" "$by"
        run mig-tally "mig-tally --by 'region,year(return_date)' --sum months $by"
        run "mig-tally one thread" "mig-tally --threads 1 --by 'region,year(return_date)' --sum months $by"
        run "scan bare" "scan $by"
        finish
        rm -f "$([ "$n" = 100000000 ] && echo "$by")"
    done
fi
tiny=$(data plain 10) || exit 2
task 'a file of 10 rows' "$tiny"
run mig-tally "mig-tally --by region $tiny"
run mig-rate "mig-rate --share reintegrated/n --by region $tiny"
run mig-clean "mig-clean -q $tiny"
run mawk "mawk -F, 'NR > 1 { n[\$3]++ } END { for (k in n) print k, n[k] }' $tiny"
run datamash "datamash -t, --header-in -s -g 3 count 3 <$tiny"
run mlr "mlr --icsv --ocsv stats1 -a count -f age -g region $tiny"
finish

echo "medians of $runs runs in turn; ratio = the first row of its task / this row, below 1 where the first is faster"
mig-clean -q -t text "$out"
echo "as CSV: $out"
