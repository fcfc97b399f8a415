#!/bin/sh
# Weaves a notebook with what it printed into one page of Markdown, on standard output.
# usage: weave.sh NOTEBOOK.c PRINTED
# Prose comes from the cells '// %% [markdown]'. Below a code cell that calls cell("TITLE") stands what was printed
# behind the line '%% TITLE'.
set -eu
awk '
function trim(text) { sub(/^\n+/, "", text); sub(/\n+$/, "", text); return text }
function fence(language, text) { if (text != "") printf "```%s\n%s\n```\n\n", language, text }
function end_cell() {
    body = trim(body)
    if (prose) printf "%s\n\n", body
    else { fence("c", body); fence("text", trim(printed[title])) }
    body = title = ""
}
FNR == NR { if (/^%% /) at = substr($0, 4); else if (at != "") printed[at] = printed[at] $0 "\n"; next }
/^\/\/ %%/ { end_cell(); prose = /\[markdown\]/; next }
prose { sub(/^\/\/ ?/, "") }
match($0, /cell\("[^"]*"\)/) { title = substr($0, RSTART + 6, RLENGTH - 8) }
{ body = body $0 "\n" }
END { end_cell() }
' "$2" "$1"
