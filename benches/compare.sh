#!/usr/bin/env bash
# Holds demur against other programs on the same letters, in one run, and prints the ratios as Markdown.
#
#   benches/compare.sh [SEED]
#
# The letters are put together from paragraphs of `fixtures/unseen` by the seed. What is not installed is passed over.
set -euo pipefail
cd "$(dirname "$0")/.."
seed=${1:-1}
runs=${RUNS:-40}
letters=${LETTERS:-20000}
demur=${DEMUR:-${CARGO_TARGET_DIR:-target}/release/demur}
[ -x "$demur" ] || cargo build --release
demur=$(realpath "$demur")
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache

echo 'fn main() {}' > "$work/empty.rs"
rustc -O -o "$work/empty" "$work/empty.rs"
rustc -O --edition 2024 -o "$work/runner" benches/compare/runner.rs
"$work/runner" letters "$seed" "$letters" "$work/letters" fixtures/unseen/*.txt
cd "$work"
cp letters/00000.txt one.txt
for _ in 1 2 3 4 5 6 7 8 9 10; do cat one.txt; echo; done > ten.txt
cp "$root/rules/decline-offer.yaml" pack.yaml

# The median time of a command in milliseconds.
median() {
    local times=$1; shift
    if command -v hyperfine > /dev/null; then
        hyperfine -N -i -w 1 -r "$times" --style none --export-csv times.csv "$*" > /dev/null 2>&1
        awk -F, 'NR == 2 { printf "%.3f\n", 1000 * $(NF - 4) }' times.csv
    else
        ./runner median "$times" "$@"
    fi
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

row() { # WHAT TIME
    echo "| $1 | $2 | $(ratio "$2" "$empty") | ${rg:+$(ratio "$2" "$rg")} |"
}

other() { # PROGRAM WHAT TIMES COMMAND...
    local program=$1 what=$2 times=$3; shift 3
    if command -v "$program" > /dev/null; then
        row "$what" "$(median "$times" "$@")"
    else
        echo "$program is not installed and passed over" >&2
    fi
}

empty=$(median "$runs" ./empty)
rg=
if command -v rg > /dev/null; then rg=$(median "$runs" rg -c x one.txt); fi

echo "One letter of $(wc -c < one.txt) bytes, medians of $runs runs:"
echo
echo '| | ms | to an empty program | to `rg -c x` |'
echo '|---|---|---|---|'
row 'an empty Rust program' "$empty"
[ -z "$rg" ] || row '`rg -c x`' "$rg"
row '`demur --version`' "$(median "$runs" "$demur" --version)"
row '`demur check`' "$(median "$runs" "$demur" check one.txt)"
row '`demur check`, ten times the letter' "$(median "$runs" "$demur" check ten.txt)"
row '`demur check --pack FILE`, not kept' "$(median 5 "$demur" check --no-cache --pack pack.yaml one.txt)"
"$demur" check --pack pack.yaml one.txt > /dev/null || true
row '`demur check --pack FILE`, kept' "$(median "$runs" "$demur" check --pack pack.yaml one.txt)"
other typos '`typos`' 5 typos one.txt
other proselint '`proselint`' 3 proselint check one.txt
other write-good '`write-good`' 3 write-good one.txt
other ast-grep '`ast-grep`' 5 ast-grep run -p x -l html one.txt
other semgrep '`semgrep`' 1 semgrep --metrics off --lang generic -e x one.txt
echo

[ -z "$rg" ] || rg=$(median 3 rg -c x letters)
echo "A folder of $letters letters ($(du -sb letters | cut -f1) bytes with the folder), medians of 3 runs, $(nproc) cores:"
echo
echo '| | ms | to an empty program | to `rg -c x` |'
echo '|---|---|---|---|'
[ -z "$rg" ] || row '`rg -c x`' "$rg"
two=$(median 3 "$demur" check -q letters)
row '`demur check -q`' "$two"
one=$(RAYON_NUM_THREADS=1 median 3 "$demur" check -q letters)
row '`demur check -q` with one thread' "$one"
other typos '`typos`' 1 typos letters
echo
echo "All cores are $(ratio "$one" "$two") times as fast as one thread."
if [ -x /usr/bin/time ]; then
    /usr/bin/time -f '%M' -o memory "$demur" check -q letters > /dev/null || true
    echo "The most memory is $(tail -n 1 memory) KB for this folder."
fi
