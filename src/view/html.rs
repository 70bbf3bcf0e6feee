//! HTML: what a browser or a mail program shows.

use super::View;

/// Reads HTML.
pub fn read(text: &str) -> View {
    super::text::read(text)
}
