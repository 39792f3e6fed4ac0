//! Standard output of a verb: text for people or JSON for scripts, through one buffered writer. Never panics on a
//! closed pipe; never lets foreign text through raw, for its callers neutralise and JSON is escaped here.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use serde_json::Value;

use super::style::{Paint, When};
use crate::desk::Surroundings;
use crate::domain::text::is_unsafe;

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
}

/// Where a verb's data goes.
pub struct Output {
    pub format: Format,
    pub paint: Paint,
    /// Columns, where a terminal or `COLUMNS` limits them.
    pub width: Option<usize>,
    to: Box<dyn Write>,
}

impl Output {
    /// Standard output.
    #[must_use]
    pub fn standard(format: Format, when: When, around: &Surroundings) -> Output {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let paint = Paint::settle(when, around, terminal);
        Output { format, paint, width: width(around, terminal), to: Box::new(io::BufWriter::new(stdout)) }
    }

    /// A line of text.
    ///
    /// # Errors
    /// Whatever the stream says; a closed pipe too.
    pub fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.to, "{line}")
    }

    /// Text that brings its own line ends.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn text(&mut self, text: impl Display) -> io::Result<()> {
        write!(self.to, "{text}")
    }

    /// A JSON value on a line of its own.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn json(&mut self, value: &Value) -> io::Result<()> {
        writeln!(self.to, "{}", harmless(value))
    }

    /// Bytes as they are: completion scripts.
    pub fn raw(&mut self) -> &mut dyn Write {
        &mut self.to
    }

    /// # Errors
    /// As [`Output::line`].
    pub fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn width(around: &Surroundings, terminal: bool) -> Option<usize> {
    let said = around.var("COLUMNS").and_then(|text| text.parse().ok());
    let seen = || crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
    said.or_else(|| if terminal { seen() } else { None }).filter(|columns| *columns > 0)
}

/// `1 ticket`, `2 tickets`.
#[must_use]
pub fn many(n: u64, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// JSON in which every character that could move a cursor or turn a line round is written as an escape.
#[must_use]
pub fn harmless(value: &Value) -> String {
    let text = value.to_string();
    if text.is_ascii() && !text.contains('\u{7f}') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut units = [0; 2];
    for c in text.chars() {
        match is_unsafe(c) {
            true => {
                c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")))
            }
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_carries_hostile_text_as_escapes_and_unchanged() {
        let value = serde_json::json!({ "text": "a\u{202E}b\u{9b}31m\u{7f}\u{E0041} é 日" });
        let text = harmless(&value);
        assert!(text.chars().all(|c| !is_unsafe(c)), "{text:?}");
        assert!(text.contains("é 日"));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
