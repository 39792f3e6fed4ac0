//! What is wrong with a map: all of it at once, each with its place and what to do.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::intake::finding::quoted;
use crate::matrix::Mistake;
use crate::matrix::mistake::{Place, Severity};

/// Gathers mistakes while a map is read.
pub(super) struct Notes<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<Mistake>,
}

impl<'a> Notes<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Notes<'a> {
        Notes { file, text, found: Vec::new() }
    }

    pub fn add(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<Option<String>>) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.found.push(Mistake {
            severity: Severity::Mistake,
            file: self.file.to_owned(),
            place: Place { span, line, column },
            message: message.into(),
            help: help.into(),
            also: None,
        });
    }

    /// A word that is none of the known ones.
    pub fn unknown<'c>(
        &mut self,
        span: Range<usize>,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'c str>,
    ) {
        let known: BTreeSet<&str> = known.into_iter().collect();
        self.add(span, format!("unknown {what} \"{}\"", quoted(word)), advice(word, &known));
    }

    /// In the order of the text.
    pub fn into_found(mut self) -> Vec<Mistake> {
        self.found.sort_by_key(|mistake| mistake.place.span.start);
        self.found
    }
}

/// The nearest known word, or all there are.
pub(crate) fn advice(word: &str, known: &BTreeSet<&str>) -> String {
    const LISTED: usize = 12;
    let word: String = word.chars().take(64).collect::<String>().to_lowercase();
    let allowed = 1 + word.chars().count() / 4;
    let near = known.iter().map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name));
    if let Some((_, name)) = near.filter(|(far, _)| *far <= allowed).min() {
        return format!("did you mean \"{}\"?", quoted(name));
    }
    let listed: Vec<String> = known.iter().take(LISTED).map(|name| quoted(name)).collect();
    match known.len() {
        0 => "there is none".into(),
        n if n > LISTED => format!("known: {} and {} more", listed.join(", "), n - LISTED),
        _ => format!("known: {}", listed.join(", ")),
    }
}
