#!/bin/bash
# The main job on the shipped data: each pipeline as one types it, and the table that it gives.
set -u -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
BUILD=$(realpath "${BUILD:-build}") || exit 2
PATH=$BUILD/bin:$PATH
out=$BUILD/demo
mkdir -p "$out" && cd "$root/datasets/mali" || exit 2
step=0

# Shows and runs a command, and keeps the table.
show() {
    local title=$1 name=$2 command=$3
    step=$((step + 1))
    printf '\n%d. %s\n\n$ %s\n' "$step" "$title" "$command"
    if ! bash -o pipefail -c "$command" >"$out/$step-$name.txt"; then
        echo "this step failed" >&2
        exit 1
    fi
    cat "$out/$step-$name.txt"
}

cat <<TEXT
Published figures on Mali. Each stands with its source in datasets/mali. To type these lines yourself:

  cd ${root}/datasets/mali
  export PATH=$BUILD/bin:\$PATH
TEXT

show 'Where were the internally displaced at the end of 2025? (UNHCR)' idps-by-place \
    "grep -E '^(indicator|idps_present,)' unhcr_places_2025.csv |
  mig-breakdown --of area --sum value --sort size --precision 4 |
  mig-clean -c 'area,persons=numerator,per_100=estimate' -t text"

show 'Did their number rise? The counts of 2013 to 2023, at uneven dates' idps-trend \
    "grep -v ',Mali,202[45]' idps.csv | mig-trend --precision 4 |
  mig-clean -c kind,method,n,estimate,conf_low,conf_high,p_value,unit,note -t text"
echo 'From 2024 on the registration was extended: later counts are not like for like, and are left out. Counts of one'
echo 'population carry over from date to date, so the p-values are too small.'

show 'The host countries of refugees from Mali in 2025 (UNHCR)' refugees \
    "mig-breakdown --by period --of area --sum value --sort size --precision 4 malian_refugees_by_country.csv |
  grep -E '^(period|2025)' |
  mig-clean -c 'area,refugees=numerator,per_100=estimate' -t text"

show 'The press printed "8.0500" voluntary returns for 2025, and 4500 reintegrations. Per 100 returns that is' readings \
    "printf 'read_as,returns,reintegrations\n8050,8050,4500\n8500,8500,4500\n80500,80500,4500\n' |
  mig-rate --ratio reintegrations/returns --by read_as --precision 3 |
  mig-clean -c 'read_as,per_100=estimate,conf_low,conf_high' -t text"
echo 'Nothing on the page says which: the figure cannot be used.'

echo
echo 'From here on the data are SYNTHETIC: 100000 invented cases from a documented model (docs/simulation.md).'

show 'Reintegrated per 100 returnees, by region (synthetic)' synthetic-shares \
    "mig-simulate returns --n 100000 --seed 7 |
  mig-rate --share reintegrated/n --by region --precision 4 |
  mig-clean -c region,n,numerator,estimate,conf_low,conf_high -t text"

show 'Its trend by region, from the year of return (synthetic; returnees of the last years have had less time)' synthetic-trend \
    "mig-simulate returns --n 100000 --seed 7 |
  mig-rate --share reintegrated/n --by 'region,year(return_date)' |
  mig-trend --by region --precision 3 |
  grep -E '^region|theil-sen' |
  mig-clean -c region,n,from,to,estimate,conf_low,conf_high,unit -t text"

printf '\nThe tables are in %s\n' "${out#"$root"/}"
