//! Languages of templates over text, Markdown and HTML: expressions are placeholders, control tags vanish.
//!
//! A template is read twice: its tags are taken out, each expression becomes a placeholder in one plain form, `{{name}}`;
//! what is left is read as its format. So no reader of a format need know of templates.

mod bare;
mod blade;
mod choice;
mod curly;
mod erb;
mod expression;
mod tag;

use super::{Format, Setting, Template, View};
use crate::span::{Decoded, Shown, Span};
use bare::Bare;
use tag::tags;

/// Reads a template whose text is in `format`. Both branches of a condition are read, and noted as a choice.
pub fn read(text: &str, template: Template, format: Format) -> View {
    let bare = Bare::of(text, tags(text, template));
    let mut view = View::read_text(&bare.text, format);
    let choices = bare.choices.iter().filter_map(|choice| shown_choice(&view, choice));
    view.choices = choices.collect();
    view.map = view.map.then(&bare.map);
    if view.setting("template").is_none() {
        view.settings.push(Setting { name: "template".to_owned(), value: "true".to_owned() });
    }
    view
}

/// What a reader sees of the branches of a condition; `None` where that leaves no choice.
fn shown_choice(view: &View, branches: &[Span<Decoded>]) -> Option<Vec<Span<Shown>>> {
    let shown = branches.iter().map(|branch| trimmed(&view.text, view.map.forward(*branch)));
    let shown: Vec<_> = shown.filter(|span| !span.is_empty()).collect();
    (shown.len() > 1).then_some(shown)
}

fn trimmed(text: &str, span: Span<Shown>) -> Span<Shown> {
    let passage = text.get(span.range()).unwrap_or_default();
    let start = span.start() + (passage.len() - passage.trim_start().len());
    Span::new(start, start + passage.trim().len())
}

#[cfg(test)]
mod tests;
