//! Cuts a file of templates into its letters, so that each is judged by itself and the prose around them is left alone.
//!
//! A file that may be one letter is left whole: what is cut by mistake is judged by half.

mod advice;
mod head;
mod page;
mod sample;
mod settle;
mod tail;
mod title;

use crate::view::View;
use page::Page;

/// A letter in a file.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Its lines, as a view of their own.
    pub view: View,
    /// What the file calls it, e.g. the heading above it; `None` where the file is the letter.
    pub title: Option<String>,
    /// How many lines with words stand between the letter before, or the beginning of the file, and this one.
    pub left_out_before: usize,
    /// How many stand behind the last letter; 0 for the others.
    pub left_out_behind: usize,
}

impl Cut {
    /// Whether it is the whole file, or nothing of it.
    pub fn is_whole(&self) -> bool {
        self.title.is_none() && (self.left_out_before + self.left_out_behind == 0 || self.view.lines().is_empty())
    }
}

/// The letters in a view, in order; the whole view where it is one letter. A page of advice that holds no letter is cut to
/// an empty one.
pub fn cut(view: View) -> Vec<Cut> {
    let page = Page::read(&view);
    if !page.may_hold_samples() {
        return vec![Cut { view, title: None, left_out_before: 0, left_out_behind: 0 }];
    }
    let found = sample::find(&page);
    if found.is_empty() && advice::is_page(&page) {
        let left_out_behind = page.words_in(0..page.len());
        return vec![Cut { view: View::default(), title: None, left_out_before: 0, left_out_behind }];
    }
    let samples = settle::settle(&page, found);
    if samples.is_empty() {
        return vec![Cut { view, title: None, left_out_before: 0, left_out_behind: 0 }];
    }
    let mut cuts = Vec::with_capacity(samples.len());
    let mut behind = 0;
    let mut heading = None;
    for sample in &samples {
        heading = (behind..sample.rows.start).rev().find(|&at| page.is_title_row(at)).or(heading);
        cuts.push(Cut {
            view: view.slice(sample.rows.clone()),
            title: title::find(&page, behind..sample.rows.start, heading),
            left_out_before: page.words_in(behind..sample.rows.start),
            left_out_behind: 0,
        });
        behind = sample.rows.end;
    }
    if let Some(last) = cuts.last_mut() {
        last.left_out_behind = page.words_in(behind..page.len());
    }
    cuts
}

#[cfg(test)]
mod tests;
