//! Where the reader writes down what it finds wrong. Turns byte spans into places and makes every message
//! harmless; stops after [`MOST`], so that a hostile file can't make a report without end.

use std::ops::Range;

use crate::domain::text::neutral;
use crate::matrix::mistake::{Also, Mistake, Place, Severity};

/// More mistakes than anyone reads at once.
pub(super) const MOST: usize = 200;
/// A name in a message is cut here; the place shows the rest.
const MESSAGE_MAX: usize = 400;

/// Whether the text could be read whole. In a patchy one a name may be missing for its line is broken, so
/// that nothing is said about what seems to be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Whole,
    Patchy,
}

pub(super) struct Notes<'t> {
    pub text: &'t str,
    pub syntax: Syntax,
    /// Where a list or table that never ends began to swallow lines: nothing is said of what follows.
    pub lost_from: usize,
    file: String,
    starts: Vec<usize>,
    found: Vec<Mistake>,
}

impl<'t> Notes<'t> {
    pub fn new(text: &'t str, file: &str) -> Notes<'t> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Notes {
            text,
            syntax: Syntax::Whole,
            lost_from: usize::MAX,
            file: harmless(file),
            starts,
            found: Vec::new(),
        }
    }

    /// What is wrong, and what to do.
    pub fn error(&mut self, at: &Range<usize>, message: impl AsRef<str>, help: impl AsRef<str>) {
        self.push(Severity::Mistake, at, message.as_ref(), help.as_ref());
    }

    /// What seems to be missing or unknown: not said where broken syntax may have swallowed it.
    pub fn absent(&mut self, at: &Range<usize>, message: impl AsRef<str>, help: impl AsRef<str>) {
        if self.syntax == Syntax::Whole {
            self.error(at, message, help);
        }
    }

    pub fn warn(&mut self, at: &Range<usize>, message: impl AsRef<str>, help: impl AsRef<str>) {
        self.push(Severity::Warning, at, message.as_ref(), help.as_ref());
    }

    /// As [`Notes::error`], with another place that has to do with it.
    pub fn error_also(&mut self, at: &Range<usize>, texts: (&str, &str), also: &Range<usize>, message: &str) {
        let before = self.found.len();
        self.error(at, texts.0, texts.1);
        let also = Also { place: self.place(also), message: harmless(message) };
        if let Some(new) = self.found.get_mut(before) {
            new.also = Some(also);
        }
    }

    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Everything found, in the order of the file, each once.
    pub fn into_found(mut self) -> Vec<Mistake> {
        self.found.sort_by_key(|mistake| (mistake.place.span.start, mistake.severity));
        self.found.dedup();
        self.found
    }

    fn push(&mut self, severity: Severity, at: &Range<usize>, message: &str, help: &str) {
        if self.is_full() || at.start >= self.lost_from {
            return;
        }
        let help = (!help.is_empty()).then(|| harmless(help));
        let (place, file) = (self.place(at), self.file.clone());
        self.found.push(Mistake { severity, file, place, message: harmless(message), help, also: None });
    }

    fn place(&self, at: &Range<usize>) -> Place {
        let start = self.boundary(at.start);
        let end = self.boundary(at.end).max(start);
        let line = self.starts.partition_point(|&line| line <= start).max(1);
        let from = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(from..start).unwrap_or_default().chars().count() + 1;
        Place { span: start..end, line, column }
    }

    /// The next place at or after a byte where a character begins.
    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len()).find(|&at| self.text.is_char_boundary(at)).unwrap_or(self.text.len())
    }
}

fn harmless(text: &str) -> String {
    let text = neutral(text);
    match text.char_indices().nth(MESSAGE_MAX) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.into_owned(),
    }
}
