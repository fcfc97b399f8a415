#!/bin/bash
# What holds of mig-rate on any data, on the shipped cases, in TAP: the order of the rows does not matter, a tally of the
# cases gives what the cases give, and the sums over groups are those of the total.
set -u
export LC_ALL=C
unset LANGUAGE
. "$(dirname "$0")/../tap.sh"
PATH=$BUILD/bin:$PATH
data=$(cd "$(dirname "$0")/../.." && pwd)/datasets/mali
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

# 1,900 cases whose outcome is known, with a household of 1 to 5 and events that come together.
mig-filter -q '!missing(reintegrated) && !missing(age)' "$data/synthetic_returns.csv" |
    awk -F , -v OFS=, 'NR == 1 { print $0, "household", "events", "size"; next }
        { left--; if (left < 0) { house++; left = house % 5 } print $0, "h" house, 1 + house % 3, 0.5 + house % 4 }' >cases.csv
{ head -1 cases.csv && sed 1d cases.csv | tac; } >reversed.csv
{ head -1 cases.csv && sed 1d cases.csv | sort -t , -k 5,5 -k 4,4 -k 1.5,1; } >shuffled.csv
printf 'band,weight\n0-17,3\n18-29,4\n30-44,2\n45+,1.5\n' >standard.csv
printf 'band,events,size\n0-17,300,4000\n18-29,500,5000\n30-44,450,3000\n45+,200,1000\n' >reference.csv

same_in_any_order() { # OPTION...
    local file
    mig-rate "$@" --precision 15 cases.csv >wanted 2>words || { cat words; return 1; }
    [ "$(wc -l <wanted)" -gt 1 ] || echo 'no figures'
    for file in reversed.csv shuffled.csv; do
        mig-rate -q "$@" --precision 15 $file | cmp - wanted
    done
}
all_methods=exact,wilson,wilson-cc,jeffreys,agresti-coull
while read -r name options; do
    # shellcheck disable=SC2086
    check "the order of the rows does not matter: $name" same_in_any_order $options
done <<END
shares --share reintegrated/n --by region,sex --method $all_methods --stability
ratios --ratio reintegrated/n --by region --method exact,wilson,delta,fieller,midp
exposures --ratio reintegrated/n --exposures size/events --by region
rates --rate events/size --by region --method exact,byar,midp,byar-exact
means --mean age --by region,sex
clusters --share reintegrated/n --mean age --by region --cluster household
comparisons --share reintegrated/n --rate events/size --compare region=Kayes --method score,fisher,newcombe,delta,woolf,miettinen-nurminen,wald,exact,wilson,midp
strata --share reintegrated/n --rate events/size --compare sex=F --strata band(age,0,18,30,45)
the-rest --share reintegrated/n --by sex --compare region=total
trends --share reintegrated/n --rate events/size --trend band(age,0,18,30,45) --by sex
standardised --rate events/size --by sex --standard standard.csv --strata band(age,0,18,30,45) --method dobson,dobson-byar,fay-feuer
families --rate events/size --by sex --standard standard.csv --strata band(age,0,18,30,45) --frequency events
indirect --rate events/size --by region --standard reference.csv --indirect --strata band(age,0,18,30,45) --method exact,byar
END

# The tally of the cases, and the tallies of two halves of them, give what the cases give; n is that of the tally.
same_of_tallies() { # KEYS OPTION...
    local keys=$1
    shift
    mig-rate -q "$@" --precision 15 cases.csv >wanted
    mig-tally -q --by "$keys" --sum reintegrated,events,size cases.csv | mig-rate -q "$@" --precision 15 | cmp - wanted
    head -900 cases.csv | mig-tally -q --by "$keys" --sum reintegrated,events,size >first.csv
    { head -1 cases.csv && sed 1,900d cases.csv; } | mig-tally -q --by "$keys" --sum reintegrated,events,size >second.csv
    mig-rate -q "$@" --precision 15 second.csv first.csv | cmp - wanted
}
check 'a tally gives what its cases give: shares' same_of_tallies region,sex --share reintegrated/n --by region
check 'a tally gives what its cases give: rates' same_of_tallies region,sex --rate events/size --method midp --by sex
check 'a tally gives what its cases give: comparisons' \
    same_of_tallies region,sex --share reintegrated/n --compare region=Gao --strata sex
check 'a tally gives what its cases give: trends' same_of_tallies age,sex --share reintegrated/n --trend age --by sex

# n, numerator and denominator add up over groups, exactly (sizes are halves).
sums_agree() { # KEYS
    mig-rate -q --rate events/size --by "$1" cases.csv | mig-clean -q -c n,numerator,denominator |
        mig-tally -q --sum numerator,denominator >got
    mig-rate -q --rate events/size cases.csv | mig-clean -q -c n,numerator,denominator | cmp - got
}
for keys in region sex,region 'band(age,0,18,30,45)' 'year(return_date),household'; do
    check "groups add up to the total: $keys" sums_agree "$keys"
done
finish
