//! Why a text is no query: where, what, and what would help. Text that a person typed is neutralised before it
//! is shown again.

use std::fmt;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::text::neutral;

/// Columns shown before, at and after the place.
const WINDOW: (usize, usize, usize) = (30, 40, 20);

/// Displays as two lines: the text, and below the place carets with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Bytes of the text that was read; may be empty, at the end.
    pub at: Range<usize>,
    /// One clause without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    text: String,
}

/// An error that doesn't know the whole text yet.
#[derive(Debug)]
pub(super) struct Fault {
    at: Range<usize>,
    message: String,
    help: Option<String>,
}

impl Fault {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Fault {
        Fault { at, message: message.into(), help: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Fault {
        Fault { help: Some(help.into()), ..self }
    }

    pub(super) fn in_text(self, text: &str) -> QueryError {
        QueryError { at: self.at, message: self.message, help: self.help, text: text.to_owned() }
    }
}

/// The option that a person most likely meant.
pub(super) fn nearest<'a>(word: &str, options: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let likeness = options.iter().map(|option| (strsim::jaro_winkler(&word, option), *option));
    likeness.filter(|(like, _)| *like > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, option)| option)
}

/// A word of the person's, safe and short.
pub(super) fn quoted(word: &str) -> String {
    format!("\"{}\"", fitting(&neutral(word), WINDOW.1))
}

/// The beginning of a text, as many columns wide.
fn fitting(text: &str, columns: usize) -> String {
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or_default();
        if used > columns {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

/// The end of a text, as many columns wide.
fn fitting_end(text: &str, columns: usize) -> String {
    let cut: String = fitting(&text.chars().rev().collect::<String>(), columns);
    cut.chars().rev().collect()
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |range: Range<usize>| neutral(self.text.get(range).unwrap_or_default());
        let before = fitting_end(&part(0..self.at.start), WINDOW.0);
        let here = fitting(&part(self.at.clone()), WINDOW.1);
        let after = fitting(&part(self.at.end..self.text.len()), WINDOW.2);
        writeln!(f, "{before}{here}{after}")?;
        let carets = "^".repeat(here.width().max(1));
        write!(f, "{:indent$}{carets} {}", "", self.message, indent = before.width())?;
        match &self.help {
            Some(help) => write!(f, ": {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::domain::query::parse;

    fn shown(text: &str) -> String {
        parse(text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn an_error_points_at_its_place_and_helps() {
        let table = [
            (
                "gruop:net is:open",
                "gruop:net is:open\n^^^^^ no field is called \"gruop\": did you mean group? Quotes search the text for it",
            ),
            (
                "is:open,unwoned",
                "is:open,unwoned\n        ^^^^^^^ no state is called \"unwoned\": did you mean unowned?",
            ),
            (
                "断線 prio:",
                "断線 prio:\n          ^ a value is missing: write one after the colon, without a blank",
            ),
            ("a \"b c", "a \"b c\n  ^^^^ the quote is never closed: write another \" at its end"),
            ("age:2d", "age:2d\n    ^^ a single length of time is too exact: write age:>2d or age:<2d"),
            (
                "prio:>P2",
                "prio:>P2\n     ^^^ names are not more or less than each other: write a range, such as prio:P1..P2",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn a_long_or_hostile_text_stays_two_short_lines() {
        let text =
            format!("{} x\u{1b}[2J\u{202E}y:1 is:\u{1b}]0;x\u{7} {}", "断".repeat(300), "z".repeat(300));
        let shown = shown(&text);
        assert_eq!(shown.lines().count(), 2);
        assert!(!shown.chars().any(|c| c != '\n' && crate::domain::text::is_unsafe(c)), "{shown:?}");
        assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) < 200), "{shown}");
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_an_error_inside_it(text in "(?s:.{0,60})|[-a-z:\",.<>=*# 0-9\\\\]{0,40}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.at.clone()).is_some(), "{error:?}");
                prop_assert_eq!(error.to_string().lines().count(), 2);
            }
        }
    }
}
