//! Whole commands: standard output, standard error and exit code, each to the byte.

// Packs that are kept from one run to the next.
mod cache;
// How a command is run and compared.
mod run;

// Accepted findings: the file of them, how entries get there, comments.
mod accept;
// `demur check`: which letters are read, and what the exit code says.
mod check;
// Configurations: which one holds, what is wrong with one, what it changes.
mod config;
// The other commands.
mod commands;
// Fixes, and what must never happen to a file.
mod fix;
// Letters, folders and packs made to break it.
mod hostile;
mod hostile_packs;
// What letters, names and packs would make a terminal or a CI do.
mod injection;
// Reports for machines, each read by a program that is not ours.
mod outputs;
// Formats besides plain text and Markdown.
mod formats;
// Mail, and archives of it.
mod mail;
// A file that holds several letters.
mod page_of_letters;
// Colours, pipes and other surroundings.
mod surroundings;
