//! Opens and decodes a file, once. The only module that reads files.

mod encoding;
mod position;

pub use encoding::Encoding;
pub use position::Position;
