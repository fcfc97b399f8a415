#!/bin/bash
# The French catalogue is complete, it is used where French is asked for, and data do not depend on it. TAP.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=$(realpath "${BUILD:-$root/build}")
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$root" || exit 2
PATH=$BUILD/bin:$PATH
export LC_ALL=C
unset LANG LANGUAGE LC_MESSAGES
data=datasets/mali
. "$root/tests/tap.sh"

# Says whether the last command succeeded; $work/why explains when it did not.
verdict() {
    local status=$?
    report "$([ $status = 0 ] && echo 1)" "$1" "$(cat "$work/why")"
    : >"$work/why"
}

# French puts unbreakable blanks before : and inside quotes: here they are read as blanks.
plain_blanks() {
    sed $'s/\xc2\xa0/ /g'
}

# Passes when the output of the command, both streams, holds the text.
says() {
    local text=$1
    shift
    "$@" 2>&1 </dev/null | plain_blanks >"$work/why"
    grep -qF -- "$text" "$work/why"
    verdict "'$text': ${*//"$work"\//}"
}

make --no-print-directory -s BUILD="$work" "$work/migstat.pot" >"$work/why" 2>&1
verdict 'messages are collected'
for catalogue in po/*.po; do
    msgmerge --quiet --no-fuzzy-matching -o "$work/merged.po" "$catalogue" "$work/migstat.pot" 2>"$work/why" &&
        msgattrib --untranslated --no-obsolete "$work/merged.po" >"$work/why" && [ ! -s "$work/why" ]
    verdict "$catalogue translates every message"
    msgattrib --only-fuzzy --no-obsolete "$catalogue" >"$work/why" && [ ! -s "$work/why" ]
    verdict "$catalogue has no fuzzy message"
    msgattrib --only-obsolete "$catalogue" >"$work/why" && [ ! -s "$work/why" ]
    verdict "$catalogue has no obsolete message"
    msgfmt --check -o /dev/null "$catalogue" 2>"$work/why"
    verdict "$catalogue fits the formats of the messages"
done

for tool in "$BUILD"/bin/mig-*; do
    name=${tool##*/}
    "$name" --help >"$work/en" && "$name" --help --lang fr | plain_blanks >"$work/fr" &&
        grep -q '^usage: ' "$work/en" && grep -q '^usage : ' "$work/fr" && grep -q '^Exemples' "$work/fr" &&
        ! grep -q '^Examples' "$work/fr"
    verdict "$name --help --lang fr is French in the locale C"
    # Lines of prose have 30 letters and more; commands and options are the same in both.
    awk 'length > 30 && !/^  mig-|^ *--|^usage/' "$work/en" | sort >"$work/prose"
    awk 'length > 30 && !/^  mig-|^ *--|^usage/' "$work/fr" | sort | comm -12 "$work/prose" - >"$work/why"
    [ ! -s "$work/why" ]
    verdict "$name --help --lang fr has no English line"
    # Without the further bytes of its characters a line has as many bytes as columns.
    grep -v '^mig-\|^  mig-' "$work/fr" | sed $'s/[\x80-\xbf]//g' | awk 'length > 80' >"$work/why"
    [ ! -s "$work/why" ]
    verdict "$name --help --lang fr keeps to 80 columns"
done

printf 'x,of\n0,0\n' >"$work/zero.csv"
printf 'x,y\n1,1\n2,3\n9,2\n' >"$work/steps.csv"
printf 'x,of,g\n0,0,a\n0,7,b\n,,c\n1.5,2,d\n' >"$work/holes.csv"
says 'lignes : 2000 lues, 1895 utilisées, 105 avec valeur manquante, 0 rejetées' \
    mig-rate --lang fr --share reintegrated/n $data/synthetic_returns.csv
says 'pas de colonne « regon » ; la plus proche est « region »' \
    mig-tally --lang fr --by regon $data/synthetic_returns.csv
says 'option « --bye » inconnue' mig-tally --lang fr --bye region $data/synthetic_returns.csv
says 'lignes' env -u LC_ALL LANG=fr_FR.UTF-8 mig-rate --share reintegrated/n $data/synthetic_returns.csv
says 'lignes' env -u LC_ALL LC_MESSAGES=fr_ML.UTF-8 mig-rate --share reintegrated/n $data/synthetic_returns.csv
says 'rows: ' env -u LC_ALL LANG=fr_FR.UTF-8 mig-rate --lang en --share reintegrated/n $data/synthetic_returns.csv
says 'rows: ' env LC_ALL=C LANG=fr_FR.UTF-8 mig-rate --share reintegrated/n $data/synthetic_returns.csv
says 'le dénominateur est 0' mig-rate --lang fr -t text --share x/of "$work/zero.csv"
says 'pas inégaux : de ' mig-trend --lang fr -t text --time x --value y "$work/steps.csv"
says '(manquant)' mig-tally --lang fr -t text --by region $data/synthetic_returns.csv
says 'un effectif est inférieur à 0' mig-quality --lang fr -t text $data/examples/quality_synthetic.csv
says 'constats : erreurs 7, avertissements' mig-quality --lang fr $data/examples/quality_synthetic.csv
printf 'n,c\nKaïs,ML0103\nKayes,ML0103\n' >"$work/places.csv"
says 'lignes lues : 2 (reconnu 1, sans correspondance 1)' mig-place --lang fr -c n --code c -l 2 "$work/places.csv"
says '« Kaïs » (lignes : 1) : sans correspondance' mig-place --lang fr -c n -l 2 "$work/places.csv"
says 'est le code du lieu « Ansongo »' sh -c "printf 'n,c\nGao,ML0701\n' | mig-place --lang fr -c n --code c -l 2"
says 'non vérifié : duplicate-key (demande --key)' mig-quality --lang fr $data/examples/quality_synthetic.csv

# Data are the same bytes in either language.
same() {
    local format
    for format in csv tsv json jsonl; do
        "$@" -t $format --lang en >"$work/en" 2>/dev/null </dev/null
        "$@" -t $format --lang fr >"$work/fr" 2>/dev/null </dev/null
        diff "$work/en" "$work/fr" >"$work/why" && [ -s "$work/fr" ]
        verdict "$format is the same in French: ${*//"$work"\//}"
    done
}
same mig-rate --share x/of --by g "$work/holes.csv"
same mig-breakdown --by region --of sex --totals $data/synthetic_returns.csv
same mig-trend $data/idps.csv
same mig-tally --by region --sum age $data/synthetic_returns.csv
same mig-simulate returns --n 20
same mig-clean --missing M $data/synthetic_returns.csv
same mig-quality --today 2026-01-01 $data/examples/quality_synthetic.csv
same mig-quality --summary --today 2026-01-01 $data/examples/quality_synthetic.csv
finish
