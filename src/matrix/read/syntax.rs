//! Mistakes of TOML itself, said the way a person who wants to mend them needs it.

use std::ops::Range;

use toml::de::Error;

use super::notes::Notes;

pub(super) fn report(notes: &mut Notes<'_>, errors: &[Error]) {
    let mut last: Option<Range<usize>> = None;
    // The parser works in passes; a person reads from the top.
    let end = notes.text.len();
    let mut errors: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or(end..end), error)).collect();
    errors.sort_by_key(|(at, _)| at.start);
    for (at, error) in errors {
        if let Some(end) = unclosed(notes.text, error.message(), at.start) {
            let help = "close it with a bracket (or put a comma before the next item)";
            notes.error(&(end..end + 1), "a list or table that doesn't end", help);
            notes.lost_from = at.start;
            return;
        }
        // The parser stumbles over what follows a mistake; the first of a line is the one that counts.
        let same_line = last.as_ref().is_some_and(|last| !between(notes.text, last, &at).contains('\n'));
        if !same_line {
            let (message, help) = said(error.message(), notes.text.get(at.clone()).unwrap_or_default());
            notes.error(&at, message, help);
        }
        last = Some(at);
    }
}

/// The end of the line before, where a list or an inline table was not closed: the parser then takes the next
/// lines for its items, and what it says of them only confuses.
fn unclosed(text: &str, message: &str, at: usize) -> Option<usize> {
    let item = message.starts_with("missing comma between") || message.starts_with("missing key for inline");
    let before = text.get(..at).filter(|_| item)?;
    let line = before.rsplit_once('\n').filter(|(_, head)| head.trim().is_empty());
    line.map(|(above, _)| above.trim_end().len().saturating_sub(1))
}

fn between<'t>(text: &'t str, one: &Range<usize>, other: &Range<usize>) -> &'t str {
    let (from, to) = (one.start.min(other.start), one.end.max(other.start));
    text.get(from..to.max(from)).unwrap_or_default()
}

fn said(message: &str, marked: &str) -> (String, &'static str) {
    if message.starts_with("duplicate key") {
        return (format!("`{marked}` is given twice"), "remove or rename one of them");
    }
    if message.starts_with("string values must be quoted") && marked.is_empty() {
        return ("a value is missing".to_owned(), "write key = \"value\"");
    }
    match SAID.iter().find(|(part, ..)| message.contains(part)) {
        Some((_, said, help)) => ((*said).to_owned(), help),
        None => (message.to_owned(), "see https://toml.io for how a TOML file is written"),
    }
}

/// Part of the parser's message, what it means here, what to do.
const SAID: [(&str, &str, &str); 9] = [
    ("string values must be quoted", "a text without quotes", "put it into quotes: name = \"…\""),
    ("invalid basic string", "a text that doesn't end", "end it with a quote on the same line"),
    ("invalid literal string", "a text that doesn't end", "end it with a quote on the same line"),
    ("array table", "a section that doesn't end", "write two brackets on either side: [[groups]]"),
    ("unclosed table", "a section that doesn't end", "write a bracket on either side: [desk]"),
    ("unclosed inline table", "a table that doesn't end", "end it with }"),
    ("unclosed array", "a list that doesn't end", "end it with ]"),
    ("recursion limit", "nested too deep", "no part of a matrix is nested that deep"),
    ("key with no value", "a key without a value", "write key = \"value\""),
];
