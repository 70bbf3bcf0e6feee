//! `demur lsp`: whole sessions over standard input and output, and one with an editor that is not ours.

// An editor that says what a test wants.
mod session;

// Diagnostics, quick fixes and pages of letters.
mod letters;
// Packs and configurations.
mod surroundings;
// What the protocol says of order, mistakes and the end.
mod protocol;
// Neovim, where it is installed.
mod neovim;
