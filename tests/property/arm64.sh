#!/bin/bash
# On arm64 bytes are classified as everywhere: compiled for it, and run by an emulator, where those are installed
# (Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user).
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/tap.sh"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
arm=${ARM64_CC:-aarch64-linux-gnu-gcc}
flags='-std=c11 -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -D_POSIX_C_SOURCE=200809L'

cat >"$work/main.c" <<'END'
#include <stdio.h>
#include "classify.h"
int main(void)
{
    for (const struct mig_classifier *is = mig_classifiers(); is->name != NULL; is++)
        printf("%s %s\n", is->name, classifies_all(is->classify) ? "as byte by byte" : "otherwise");
}
END

if ! command -v "$arm" >/dev/null; then
    skip 'the fast lane compiles for arm64' "no $arm"
    skip 'NEON classifies as byte by byte' "no $arm"
    finish
fi
# shellcheck disable=SC2086
check 'the fast lane compiles for arm64' "$arm" $flags -I"$root/lib" -c -o "$work/lane.o" "$root/lib/input/lane.c"
# shellcheck disable=SC2086
if ! "$arm" $flags -static -I"$root/lib" -I"$root/tests" -o "$work/classify" "$work/main.c" \
    "$root/lib/input/classify.c" 2>"$work/why"; then
    report 0 'NEON classifies as byte by byte' "$(cat "$work/why")"
elif ! command -v qemu-aarch64 >/dev/null; then
    skip 'NEON classifies as byte by byte' 'no qemu-aarch64'
else
    said=$(qemu-aarch64 "$work/classify" 2>&1)
    wanted=$(printf '%s as byte by byte\n' NEON 'plain C')
    report "$([ "$said" = "$wanted" ] && echo 1)" 'NEON classifies as byte by byte' "$said"
fi
finish
