#!/usr/bin/env bash
# Holds demur against other programs on the same letters, in one run, and prints the ratios as Markdown.
#
#   benches/compare.sh [SEED]
#
# The letters of the folder are those of `fixtures/unseen` with paragraphs exchanged by the seed. What is not installed is passed over.
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
load=$(cut -d' ' -f1 /proc/loadavg 2> /dev/null || echo unknown)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache

echo 'fn main() {}' > "$work/empty.rs"
rustc -O -o "$work/empty" "$work/empty.rs"
rustc -O --edition 2024 -o "$work/runner" benches/compare/runner.rs
"$work/runner" letters "$seed" "$letters" "$work/letters" fixtures/unseen/*.txt
cd "$work"
cp "$root/fixtures/decline/all-advice-followed.txt" one.txt
./runner repeat 10 one.txt > ten.txt

# Letters of which nothing is asked are quick, and a comparison made of them would be worth nothing.
unjudged() { "$demur" check --color never "$@" | grep -c 'not a letter that' || true; }
# The long one has more words than letters of any kind may have, so its kind is told.
for letter in one.txt "--kind decline ten.txt"; do
    # shellcheck disable=SC2086
    [ "$(unjudged $letter)" = 0 ] || { echo "$letter is not judged: nothing to compare" >&2; exit 1; }
done
judged=0 sample=0
for letter in letters/000[0-9][0-9].txt; do
    sample=$((sample + 1))
    [ "$(unjudged "$letter")" != 0 ] || judged=$((judged + 1))
done
cp "$root/rules/decline-offer.yaml" pack.yaml

has_rg=no
command -v rg > /dev/null && has_rg=yes

# What all tables begin with: an empty program, and ripgrep on the same files.
first() {
    echo 'an empty Rust program|./empty'
    if [ $has_rg = yes ]; then echo "\`rg -c x\`|rg -c x $1"; fi
}

other() { # PROGRAM ARGS...
    if command -v "$1" > /dev/null; then echo "\`$1\`|$*"; else echo "$1 is not installed and passed over" >&2; fi
}

echo "One letter of $(wc -c < one.txt) bytes, medians of $runs rounds:"
echo
{
    first one.txt
    echo "\`demur --version\`|$demur --version"
    echo "\`demur check\`|$demur check one.txt"
    echo "\`demur check\`, $(wc -c < ten.txt) bytes|$demur check --kind decline ten.txt"
    echo "\`demur check --pack FILE\`, kept|$demur check --pack pack.yaml one.txt"
} | ./runner table "$runs" $has_rg
echo
echo 'The same letter with what is slow, medians of 5 rounds:'
echo
{
    first one.txt
    echo "\`demur check --pack FILE\`, not kept|$demur check --no-cache --pack pack.yaml one.txt"
    other typos one.txt
    other proselint check one.txt
    other write-good one.txt
    other ast-grep run -p x -l html one.txt
    other semgrep --metrics off --lang generic -e x one.txt
} | ./runner table 5 $has_rg
echo
echo "A folder of $letters letters, medians of 3 rounds, $(nproc) cores; of the first $sample letters $judged are judged:"
echo
{
    first letters
    echo "\`demur check -q\`|$demur check -q letters"
    echo "\`demur check -q\` with one thread|env RAYON_NUM_THREADS=1 $demur check -q letters"
    other typos letters
} | ./runner table 3 $has_rg
if [ -x /usr/bin/time ]; then
    /usr/bin/time -f '%M' -o memory "$demur" check -q letters > /dev/null || true
    echo
    echo "The most memory for this folder: $(tail -n 1 memory) KB."
fi
echo
echo "Load before and behind: $load, $(cut -d' ' -f1 /proc/loadavg 2> /dev/null || echo unknown)."
