#!/bin/bash
# What holds of mig-filter, mig-join and mig-reshape on any data, on the shipped ones, in TAP.
set -u
export LC_ALL=C
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
PATH=$BUILD/bin:$PATH
data=$(cd "$(dirname "$0")/../.." && pwd)/datasets/mali
cases=$data/synthetic_returns.csv census=$data/population_2022_by_region.csv
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

same() { [ -s "$1" ] && cmp "$1" "$2"; }
body() { sed 1d "$1" | sort; }

# ---- mig-filter: a condition cuts the rows in three, whatever it is ----------------------------------------

body "$cases" >all
while IFS= read -r condition; do
    for keep in true false unknown; do
        mig-filter -q --keep $keep "$condition" "$cases" >$keep.csv || echo "status $?"
    done
    cat true.csv false.csv unknown.csv | grep -v ^synthetic_case | sort >parts
    check "true, false and unknown are all rows: $condition" same all parts
    for keep in true false unknown; do
        mig-filter -q --keep $keep "not ($condition)" "$cases" >not_$keep.csv
    done
    opposite() { same true.csv not_false.csv && same false.csv not_true.csv && same unknown.csv not_unknown.csv; }
    check "its opposite holds where it does not: $condition" opposite
done <<'END'
sex == "F"
age >= 18 && sex != "M"
year(return_date) == 2022 or reintegrated == 1
region in ("Gao", "Kidal") or missing(age)
reintegration_date > return_date
vulnerability ~ "n" && country !~ "^[A-M]" && age * 2 > 50
END

# awk sees no quotes here, and does not know missing values.
mig-filter -q 'region == "Gao" && age > 30' "$cases" >got
awk -F , 'NR == 1 || ($3 == "Gao" && $5 != "" && $5 > 30)' "$cases" >wanted
check 'mig-filter keeps what awk does' same wanted got

# ---- mig-join ----------------------------------------------------------------------------------------------

mig-clean -q -c area,value "$census" >other.csv
mig-join -q --on region=area --keep inner other.csv "$cases" | body /dev/stdin >got
# coreutils: both sorted by the key, the key of the second put last
join -t , -1 3 -2 1 -o 1.1,1.2,1.3,1.4,1.5,1.6,1.7,1.8,1.9,1.10,1.11,2.2 \
    <(sed 1d "$cases" | sort -t , -k 3,3) <(sed 1d other.csv | sort -t , -k 1,1) | sort >wanted
check 'mig-join joins what join does' same wanted got

{ head -1 other.csv && sed 1d other.csv | tac; } >reversed.csv
for keep in left inner; do
    mig-join -q --on region=area --keep $keep other.csv "$cases" >whole.csv
    mig-join -q --on region=area --keep $keep reversed.csv "$cases" >other_way.csv
    check "--keep $keep: the order of OTHER does not matter" same whole.csv other_way.csv
    head -700 "$cases" >first.csv
    { head -1 "$cases" && sed 1,700d "$cases"; } >second.csv
    { mig-join -q --on region=area --keep $keep other.csv first.csv
        mig-join -q --on region=area --keep $keep other.csv second.csv | sed 1d; } >parts.csv
    check "--keep $keep: parts of FILE, joined one by one, are the whole" same whole.csv parts.csv
done
mig-join -q --on region=area --keep left --unmatched apart.csv other.csv "$cases" >left.csv
counts() { [ "$(wc -l <left.csv)" = "$(wc -l <"$cases")" ] && [ $(($(wc -l <inner.csv) + $(grep -c "^$cases," apart.csv))) = "$(wc -l <left.csv)" ]; }
mig-join -q --on region=area --keep inner other.csv "$cases" >inner.csv
check 'matched rows and rows without a partner are all rows' counts

# ---- mig-reshape -------------------------------------------------------------------------------------------

mig-reshape -q --long refugees_from,returned_idps,idps_present,returned_refugees "$data/examples/mali_yearly.csv" |
    mig-reshape -q --wide name >back.csv
mig-clean -q -c year,idps_present,refugees_from,returned_idps,returned_refugees "$data/examples/mali_yearly.csv" >wanted
check 'columns into rows and back is the same table, its columns sorted' same wanted back.csv
mig-clean -q -c area,period,value "$data/malian_refugees_by_country.csv" >refugees.csv
mig-reshape -q --wide period refugees.csv >wide.csv
years=$(head -1 wide.csv | cut -d , -f 2-)
mig-reshape -q --long "$(sed 's/[^,]*/`&`/g' <<<"$years")" --names-to period wide.csv |
    mig-filter -q '!missing(value)' | sort >got
sort refugees.csv >wanted
check 'rows into columns and back are the same rows' same wanted got
{ head -1 refugees.csv && sed 1d refugees.csv | sort -t , -k 3; } >shuffled.csv
mig-reshape -q --wide period shuffled.csv | body /dev/stdin >got
body wide.csv >wanted
check 'the order of rows changes that of rows only' same wanted got
finish
