//! Conditions of a template: passages of which one is shown.

use crate::span::{Decoded, Span};

/// Follows the conditions of a template. Places are those in the text without tags.
#[derive(Debug, Default)]
pub struct Choices {
    open: Vec<Block>,
    done: Vec<Vec<Span<Decoded>>>,
    /// The last block that ended without another branch: one for where it is not shown may follow.
    last: Option<Block>,
}

#[derive(Debug)]
struct Block {
    name: String,
    branches: Vec<Span<Decoded>>,
    /// Where the branch at hand begins; once the block is closed, where it ended.
    at: usize,
}

impl Choices {
    /// A block begins.
    pub fn open(&mut self, name: String, at: usize) {
        self.open.push(Block { name, branches: Vec::new(), at });
    }

    /// A block begins that is shown where the last one of this name is not. `text` is what was written so far.
    pub fn open_else(&mut self, name: String, text: &str) {
        let last = self.last.take().filter(|last| last.name == name);
        let last = last.filter(|last| text.get(last.at..).is_some_and(|between| between.trim().is_empty()));
        let branches = last.map(|last| last.branches).unwrap_or_default();
        self.open.push(Block { name, branches, at: text.len() });
    }

    /// Another branch begins.
    pub fn branch(&mut self, at: usize) {
        if let Some(block) = self.open.last_mut() {
            block.branches.push(Span::new(block.at, at));
            block.at = at;
        }
    }

    /// The innermost block ends.
    pub fn close(&mut self, at: usize) {
        let Some(mut block) = self.open.pop() else { return };
        block.branches.push(Span::new(block.at, at));
        block.at = at;
        if block.branches.len() > 1 {
            self.done.push(block.branches);
        } else {
            self.last = Some(block);
        }
    }

    /// The branches of each condition that has several, in the order of the file.
    pub fn finish(mut self) -> Vec<Vec<Span<Decoded>>> {
        self.done.sort();
        self.done
    }
}
