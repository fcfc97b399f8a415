#!/bin/bash
# The recipe of docs/scale.md for Hadoop Streaming, in TAP, with a stand-in that keeps the engine's contract: parts of lines, a mapper for each
# part, its lines sorted by key and combined, each key sent to one of the reducers, lines sorted by key before each of them.
set -u
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/../recipes.sh"
cd "$work" || exit 2
mkdir bin store
cat >bin/hadoop <<'END'
#!/bin/bash
set -u -o pipefail
fields=1
by_key() { sort -s -t $'\t' -k "1,$fields"; }
job() {
    local input output mapper combiner reducer part i
    while [ $# -gt 0 ]; do
        case $1 in
        -D) fields=${2#stream.num.map.output.key.fields=} ;;
        -files) for i in ${2//,/ }; do [ -f "$i" ] || exit 1; done ;;
        -input) input=$STORE/$2 ;;
        -output) output=$STORE/$2 ;;
        -mapper) mapper=$2 ;;
        -combiner) combiner=$2 ;;
        -reducer) reducer=$2 ;;
        *) echo "unknown option $1" >&2; exit 1 ;;
        esac
        shift 2
    done
    mkdir "$output" "$output.parts" || exit 1
    split -n l/5 "$input" "$output.parts/map_"
    for part in "$output.parts"/map_*; do
        $mapper <"$part" | by_key | $combiner |
            awk -F '\t' -v fields="$fields" -v to="$output.parts/reduce_" '{
                sum = 0
                for (f = 1; f <= fields; f++) for (i = 1; i <= length($f); i++) sum += index("abcdefghijklmnopqrstuvwxyzBGKMST", substr($f, i, 1))
                print > (to sum % 3)
            }' || exit 1
        for i in 0 1 2; do cat "$output.parts/reduce_$i" >>"$output.parts/all_$i" 2>/dev/null; rm -f "$output.parts/reduce_$i"; done
    done
    for i in 0 1 2; do by_key <"$output.parts/all_$i" | $reducer >"$output/part-0000$i" || exit 1; done
}
case "$1 ${2:-}" in
'fs -put') cat >"$STORE/$4" ;;
'fs -cat') cd "$STORE" && cat $3 ;;
'jar '*) shift 2; job "$@" ;;
*) exit 1 ;;
esac
END
chmod +x bin/hadoop
export PATH=$work/bin:$PATH STORE=$work/store
make_plain_cases >cases.csv
recipe hadoop >recipe.sh
bash recipe.sh >merged 2>words
mig-tally -q --by region,sex --sum age cases.csv -t csv >whole
report "$([ -s whole ] && cmp -s whole merged && [ "$(ls store/tallies | wc -l)" = 3 ] && echo 1)" 'mapper, combiner and reducer are mig-tally' \
    "$(cat words) $(diff whole merged | head -5)"
report "$([ "$(cat store/tallies/part-* | wc -l)" = "$(($(wc -l <whole) - 1))" ] && echo 1)" 'each group comes from one reducer' \
    "$(wc -l store/tallies/*)"
rm -r store/*
make_cases >cases.csv
bash recipe.sh >merged 2>words
report "$([ $? != 0 ] && [ ! -s merged ] && grep -q 'mig-tally: .*quote' words && echo 1)" 'line ends in cells: the job fails' "$(cat words)"

if command -v python3 >/dev/null; then
    mkdir pyspark
    cat >pyspark/__init__.py <<'END'
"""A stand-in for Spark: what parallelize(), pipe() and collect() promise."""
import shlex
import subprocess


class RDD:
    def __init__(self, parts):
        self.parts = parts

    def pipe(self, command, checkCode=False):
        def lines(part):
            text = "".join(item + "\n" for item in part)
            done = subprocess.run(shlex.split(command), input=text, stdout=subprocess.PIPE, encoding="utf-8", check=checkCode)
            return [line[:-1] for line in done.stdout.splitlines(True)]
        return RDD([lines(part) for part in self.parts])

    def collect(self):
        return [item for part in self.parts for item in part]


class SparkContext:
    def __init__(self, appName):
        pass

    def parallelize(self, items, slices):
        return RDD([items[i * len(items) // slices:(i + 1) * len(items) // slices] for i in range(slices)])
END
    recipe spark_tally.py >spark_tally.py
    PYTHONDONTWRITEBYTECODE=1 python3 spark_tally.py >merged 2>words
    mig-tally -q --by region,note --sum age cases.csv >whole
    report "$([ -s whole ] && cmp -s whole merged && echo 1)" 'Spark pipes ranges' "$(cat words) $(diff whole merged | head -5)"
else
    skip 'Spark pipes ranges' 'python3 is not installed'
fi
finish
