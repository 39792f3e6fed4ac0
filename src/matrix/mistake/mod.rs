//! What is wrong with a matrix, where, and what to do about it. Holds no untrusted character: messages are
//! neutralised when they are made, source lines when they are drawn.

mod render;

use std::fmt;
use std::ops::Range;

use serde::Serialize;

pub use render::{Colour, render};

/// Whether the matrix can be used all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Mistake,
    Warning,
}

/// A stretch of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Bytes of the source; always inside it and on character boundaries.
    pub span: Range<usize>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Another place that has to do with it: where a name was used first, the limit that is shorter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Also {
    #[serde(flatten)]
    pub place: Place,
    pub message: String,
}

/// One mistake or warning. Serialises to the shape of `matrix check --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    pub severity: Severity,
    pub file: String,
    #[serde(flatten)]
    pub place: Place,
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<Also>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column, .. } = self.place;
        write!(f, "{}:{line}:{column}: {}", self.file, self.message)
    }
}

/// The short form for a pane: a line per mistake, what to do indented below it.
#[must_use]
pub fn compact(mistakes: &[Mistake]) -> Vec<String> {
    mistakes
        .iter()
        .flat_map(|m| [Some(m.to_string()), m.help.as_ref().map(|help| format!("    {help}"))])
        .flatten()
        .collect()
}

/// `2 mistakes and 1 warning`.
#[must_use]
pub fn count(mistakes: &[Mistake]) -> String {
    let warnings = mistakes.iter().filter(|m| m.severity == Severity::Warning).count();
    let number = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (mistakes.len().saturating_sub(warnings), warnings) {
        (0, w) => number(w, "warning"),
        (m, 0) => number(m, "mistake"),
        (m, w) => format!("{} and {}", number(m, "mistake"), number(w, "warning")),
    }
}
