//! Mistakes of TOML itself, said the way a person who wants to mend them needs it.

use std::ops::Range;

use toml::de::Error;

use super::notes::Notes;

pub(super) fn report(notes: &mut Notes<'_>, errors: &[Error]) {
    let mut last: Option<Range<usize>> = None;
    for error in errors {
        let at = error.span().unwrap_or(notes.text.len()..notes.text.len());
        // The parser stumbles over what follows a mistake; the first of a line is the one that counts.
        let same_line = last.as_ref().is_some_and(|last| !between(notes.text, last, &at).contains('\n'));
        if !same_line {
            let (message, help) = said(error.message(), notes.text.get(at.clone()).unwrap_or_default());
            notes.error(&at, message, help);
        }
        last = Some(at);
    }
}

fn between<'t>(text: &'t str, one: &Range<usize>, other: &Range<usize>) -> &'t str {
    let (from, to) = (one.start.min(other.start), one.end.max(other.start));
    text.get(from..to.max(from)).unwrap_or_default()
}

fn said(message: &str, marked: &str) -> (String, &'static str) {
    if message.starts_with("duplicate key") {
        return (format!("`{marked}` is given twice"), "remove or rename one of them");
    }
    let help = HELP.iter().find(|(part, _)| message.contains(part)).map_or("", |(_, help)| help);
    (message.replace("`\\n`", "a line end"), help)
}

const HELP: [(&str, &str); 6] = [
    ("string values must be quoted", "put the text into quotes: name = \"…\""),
    ("invalid basic string", "end the text with a quote on the same line"),
    ("recursion limit", "no part of a matrix is nested that deep"),
    ("array", "write a list in brackets: [\"…\", \"…\"]"),
    ("table", "write a section as [name], one of several as [[name]]"),
    ("key with no value", "write key = \"value\""),
];
