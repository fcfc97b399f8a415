#!/bin/bash
# What must hold for whole pipelines, in TAP: groups add up to the total; neither the order of the rows, nor cuts into
# files, nor gzip change any byte; the main pipeline gives the figures that R gives.
set -u
export LC_ALL=C
unset LANGUAGE
PATH=$BUILD/bin:$PATH
. "$(dirname "$0")/../tap.sh"
data=$(cd "$(dirname "$0")/../../datasets/mali" && pwd) || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

# Commands that tally, each with all that it offers. Every file is read through "$@".
commands=(
    "mig-tally --by region,sex,month(return_date) --sum age,reintegrated"
    "mig-tally --by band(age,0,18,60) --where-missing drop --sum reintegrated"
    "mig-rate --share reintegrated/n --ratio reintegrated/n --rate reintegrated/age --by country,year(return_date)"
    "mig-rate --share reintegrated/n --by sex --compare region=Bamako --strata country"
    "mig-rate --rate reintegrated/n --by region --compare sex=total"
    "mig-rate --share reintegrated/n --by region --trend age"
    "mig-rate --mean age --share reintegrated/n --by region --stability --method wilson,jeffreys"
    "mig-rate --mean age --share reintegrated/n --by region --cluster country"
    "mig-breakdown --by region --of vulnerability --sum age --totals --sort size"
    "mig-breakdown --by region,year(return_date) --of sex --totals --shares row,column,total --coverage age,sex"
    "mig-breakdown --by region --of sex,vulnerability --expected --test all --inequality all --draws 200"
    "mig-breakdown --of region --by sex --base age --density age --shares none"
    "mig-breakdown --by region --of sex --change year(return_date) --from 2021 --to 2024 --base age"
    "mig-trend --time quarter(return_date) --value n --by region"
)

mig-simulate returns --n 3000 --seed 11 >whole.csv
header=$(head -1 whole.csv)
yes '7 1 8 2' | head -c 1000000 >fixed_source
tail -n +2 whole.csv | shuf --random-source=fixed_source | { echo "$header" && cat; } >shuffled.csv
check 'the shuffled rows stand in another order' bash -c '! cmp -s whole.csv shuffled.csv'
tail -n +2 whole.csv | split -l 700 --additional-suffix=.body - part.
for body in part.*.body; do
    { echo "$header" && cat "$body"; } >"${body%.body}.csv"
done
gzip -c whole.csv >whole.csv.gz
cat part.aa.csv | gzip >members.csv.gz
tail -n +702 whole.csv | gzip >>members.csv.gz

same() { # same COMMAND FILE...: gives what the command gives for the whole file
    local line=$1
    shift
    $line -q whole.csv >wanted.csv && [ "$(wc -l <wanted.csv)" -gt 3 ] && $line -q "$@" | cmp - wanted.csv
}
for line in "${commands[@]}"; do
    check "$line: the order of the rows" same "$line" shuffled.csv
    check "$line: cut into files" same "$line" part.a?.csv
    check "$line: files in another order" same "$line" part.ae.csv part.ac.csv part.aa.csv part.ad.csv part.ab.csv
    check "$line: gzip" same "$line" whole.csv.gz
    check "$line: gzip of two members" same "$line" members.csv.gz
done

# A tally of tallies is the tally of the whole, for each way to cut.
tally=(mig-tally -q --by 'region,year=year(return_date)' --sum age,reintegrated)
again=(mig-tally -q --by region,year --sum age,reintegrated)
tally_of_tallies() {
    local size
    "${tally[@]}" whole.csv >wanted.csv
    for size in 1 7 299 1500 3000; do
        rm -f piece.* tally.*
        tail -n +2 whole.csv | head -40 | split -a 4 -l "$size" - piece.
        tail -n +42 whole.csv >piece.rest
        for piece in piece.*; do
            { echo "$header" && cat "$piece"; } | "${tally[@]}" >"tally.${piece#piece.}"
        done
        "${again[@]}" tally.* | cmp - wanted.csv || return 1
    done
}
check 'a tally of tallies is the tally of the whole' tally_of_tallies

# Sums over groups equal the total: n and sums of integers, added up by awk.
add_up() { awk -F , -v column="$1" 'NR > 1 && $column != "" { sum += $column } END { print sum + 0 }'; }
groups_add_up() { # groups_add_up COLUMN KEYS
    [ "$(mig-tally -q --by "$2" --sum reintegrated whole.csv | add_up "$1")" = \
        "$(mig-tally -q --sum reintegrated whole.csv | add_up "$(($1 - ${3:-1}))")" ]
}
check 'n over regions is n of all' groups_add_up 2 region
check 'the sum over regions is the sum of all' groups_add_up 3 region
check 'n over regions and years is n of all' groups_add_up 3 'region,year(return_date)' 2
rows_are_counted() { [ "$(mig-tally whole.csv | tail -1)" = 3000 ]; }
check 'n of all is the number of rows' rows_are_counted
numerators_add_up() {
    [ "$(mig-rate -q --share reintegrated/n --by region whole.csv | add_up 5)" = \
        "$(mig-rate -q --share reintegrated/n whole.csv | add_up 4)" ] &&
        [ "$(mig-rate -q --share reintegrated/n --by region whole.csv | add_up 6)" = \
            "$(mig-rate -q --share reintegrated/n whole.csv | add_up 5)" ]
}
check 'numerators and denominators of rates add up' numerators_add_up
shares_add_up() {
    mig-breakdown -q --by region --of vulnerability --shares row,column,total whole.csv |
        awk -F , 'NR > 1 { key = $4; if ($4 == "row_share") key = key $1; if ($4 == "column_share") key = key $2
                           share[key] += $8; seen++ }
            END { for (k in share) if ((d = share[k] - 100) > 1e-6 || d < -1e-6) print k, share[k]
                  if (seen < 100) print "rows", seen }'
}
prints_nothing() { [ -z "$("$@")" ]; }
check 'shares add up to 100 in each group, in each part, and over all' prints_nothing shares_add_up
margins_add_up() { # every total is the sum of the cells that it names
    mig-breakdown -q --by 'region,year(return_date)' --of sex --totals --shares total whole.csv |
        awk -F , 'NR > 1 && $4 == "" { region[$1] += $8; sex[$3] += $8; both[$1 "," $3] += $8; all += $8 }
            $4 == "year+sex" && $8 != region[$1] { print }
            $4 == "region+year" && $8 != sex[$3] { print }
            $4 == "year" && $8 != both[$1 "," $3] { print }
            $4 == "all" { seen = 1; if ($8 != all || all != 3000) print }
            END { if (!seen) print "no grand total" }'
}
check 'subtotals and totals are the sums of their cells' prints_nothing margins_add_up
effects_add_up() {
    mig-breakdown -q --by region --of sex --change 'year(return_date)' --from 2021 --to 2024 whole.csv |
        awk -F , 'NR > 1 { key = $1 "," $2 "," $3; if ($5 == "change") change[key] = $10; else effects[key] += $10 }
            END { if (length(change) < 20) print "too few rows"
                  for (k in change) if ((d = change[k] - effects[k]) > 1e-7 || d < -1e-7) print k, change[k], effects[k] }'
}
check 'the effects of a change add up to it' prints_nothing effects_add_up

check 'the shipped synthetic file is what mig-simulate writes' \
    bash -c 'mig-simulate returns --n 2000 --seed 2025 | cmp - "$1/synthetic_returns.csv"' - "$data"

# The main pipeline, and its figures for Gao as R gives them from the same cases:
# R: d <- subset(read.csv("cases.csv"), region == "Gao" & !is.na(reintegrated)); y <- substr(d$return_date, 1, 4)
# R: s <- 100 * tapply(d$reintegrated, y, mean); t <- as.numeric(names(s)); p <- combn(7, 2)
# R: median((s[p[2,]] - s[p[1,]]) / (t[p[2,]] - t[p[1,]])); cor.test(t, s, method = "kendall"); m <- lm(s ~ t)
# R: coef(summary(m)); confint(m); s[1]; s[7]; 100 * ((s[7] / s[1])^(1 / 6) - 1)
main_pipeline() {
    set -o pipefail
    mig-simulate returns --n 100000 --seed 7 | mig-rate -q --share reintegrated/n --by 'region,year(return_date)' |
        mig-trend --by region -t "$1"
}
cat >wanted.txt <<'FIGURES'
first observed 23.511904761905
last observed 11.695906432749
growth observed -10.986130908584
slope theil-sen -0.96548566376153
trend mann-kendall-exact -0.14285714285714 p 0.77261904761905
slope least-squares -1.2052861494604 error 1.3035588401154 low -4.5561908255442 high 2.1456185266234 p 0.39759778820522
FIGURES
# The pipe carries 10 significant digits, so figures about 20 may be off by some 1e-8.
like_r() {
    main_pipeline csv | awk -F , 'NR == FNR { split($0, w, " "); want[w[1], w[2]] = $0; left++; next }
        function differ(got, wanted) { return got == "" || got - wanted > 2e-8 || wanted - got > 2e-8 }
        $1 == "Gao" && ($3, $16) in want {
            n = split(want[$3, $16], w, " ")
            got["p"] = $14; got["error"] = $8; got["low"] = $9; got["high"] = $10
            bad = differ($7, w[3])
            for (i = 4; i < n; i += 2) bad = bad || differ(got[w[i]], w[i + 1])
            if (bad) print "wanted " want[$3, $16] ", got " $0
            left--
        }
        END { if (left != 0) print left " figures not found" }' FS=' ' wanted.txt FS=, -
}
check 'the main pipeline ends with 0 and gives the figures of R' like_r
as_text() { main_pipeline text >table.txt && [ "$(grep -c '^Gao ' table.txt)" = 8 ]; }
check 'and as text, for every region' as_text
finish
