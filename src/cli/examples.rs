//! The examples below the help of each command.

pub const CHECK: &str = "\
Examples:
  demur check letter.txt                          one draft
  demur check --fail-on error templates/          all letters in a folder
  demur check --diff --unsafe-fixes letter.txt    what could be mended";

pub const RULES: &str = "\
Examples:
  demur rules                                 the advice of the built-in pack
  demur rules --pack house.yaml --markdown    a page of your own advice";

pub const EXPLAIN: &str = "\
Examples:
  demur explain apologize               why the rule is there
  demur explain apologize letter.txt    why it speaks of this letter, or not";

pub const INSPECT: &str = "\
Examples:
  demur inspect letter.txt             how a draft is read
  demur inspect --format mail saved    a mail whose name does not tell";

pub const CONFIG: &str = "\
Examples:
  demur config letters/new.txt          what holds for this letter
  demur config --output-format json     the same to programs, for this folder";

pub const INIT: &str = "\
Examples:
  demur init              for the letters here and below
  demur init templates    for those of another folder";

pub const SCHEMA: &str = "\
Examples:
  demur schema config > demur.schema.json    to complete keys of demur.yaml
  demur schema pack > pack.schema.json       to complete those of a pack";

pub const LSP: &str = "\
Examples:
  demur lsp                      what an editor starts
  demur lsp --pack house.yaml    with advice of your own";

pub const COMPLETIONS: &str = "\
Examples:
  demur completions bash > ~/.local/share/bash-completion/completions/demur
  demur completions fish > ~/.config/fish/completions/demur.fish";

pub const MAN: &str = "\
Examples:
  demur man > demur.1                the program
  demur man check > demur-check.1    one command";

pub const TEST: &str = "\
Examples:
  demur test               the built-in pack
  demur test house.yaml    a pack of your own";

pub const EVAL: &str = "\
Examples:
  demur eval labels.yaml                     precision and recall of each signal
  demur eval --misses apology labels.yaml    each miss, in its letter
  demur eval --fail-under 0.7 labels.yaml    a test for CI";

pub const ACCEPT: &str = "\
Examples:
  demur accept a.md offer-referral --because \"nobody I know suits it\"";
