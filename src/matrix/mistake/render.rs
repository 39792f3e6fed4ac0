//! Mistakes drawn the way rustc draws them: message, place, source line with the text underlined, help.
//! Whatever the source holds, nothing but printable characters and this room's own colours come out.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Also, Mistake, Place, Severity};
use crate::domain::text::neutral;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Plain,
    Styled,
}

/// Characters of a source line shown before and after the underlined text; a line may be a megabyte.
const BEFORE: usize = 100;
const MARKED: usize = 100;
const AFTER: usize = 60;

/// The report on `text`, the source that the mistakes were found in. Ends with a line end unless it is empty.
#[must_use]
pub fn render(mistakes: &[Mistake], text: &str, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    };
    let reports: Vec<String> =
        mistakes.iter().map(|mistake| renderer.render(&[group(mistake, text)]) + "\n").collect();
    reports.join("\n")
}

fn group<'a>(mistake: &'a Mistake, text: &str) -> Group<'a> {
    let level = match mistake.severity {
        Severity::Mistake => Level::ERROR.with_name("mistake"),
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        level.primary_title(mistake.message.as_str()).elements(shown(&mistake.file, &mistake.place, text));
    if let Some(Also { place, message }) = &mistake.also {
        group =
            group.element(Level::NOTE.message(message.as_str())).elements(shown(&mistake.file, place, text));
    }
    match &mistake.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

/// The part of the line that matters, under the name of its place. A line that had to be cut would tell a
/// wrong column, so its place is told apart.
fn shown<'a>(file: &'a str, place: &Place, text: &str) -> Vec<Element<'a>> {
    let (before, marked, after) = cut(place, text);
    let span = before.len()..before.len() + marked.len();
    let true_column = before.chars().count() + 1 == place.column;
    let source = Snippet::source(format!("{before}{marked}{after}"))
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(span));
    if true_column {
        return vec![source.path(neutral(file)).into()];
    }
    let origin = Origin::path(neutral(file)).line(place.line).char_column(place.column);
    vec![origin.into(), source.into()]
}

/// The line around a place as harmless text: what stands before, what is underlined, what follows.
fn cut(place: &Place, text: &str) -> (String, String, String) {
    let head = text.get(..place.span.start).unwrap_or_default();
    let head = head.rsplit('\n').next().unwrap_or_default();
    let rest = text.get(place.span.start..).unwrap_or_default();
    let rest = rest.split('\n').next().unwrap_or_default();
    let length = place.span.len().min(rest.len());
    let (marked, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
    (last(head, BEFORE), first(marked, MARKED), first(tail, AFTER))
}

fn first(text: &str, most: usize) -> String {
    let mut end = text.char_indices().map(|(at, _)| at);
    match end.nth(most) {
        Some(at) => format!("{}…", harmless(text.get(..at).unwrap_or_default())),
        None => harmless(text),
    }
}

fn last(text: &str, most: usize) -> String {
    let mut start = text.char_indices().rev().map(|(at, _)| at);
    match (start.nth(most.saturating_sub(1)), start.next()) {
        (Some(at), Some(_)) => format!("…{}", harmless(text.get(at..).unwrap_or_default())),
        _ => harmless(text),
    }
}

fn harmless(text: &str) -> String {
    neutral(text).replace(['\u{200C}', '\u{200D}'], "\u{FFFD}")
}
