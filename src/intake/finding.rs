//! What an import has to tell: a file that can't be read at all, rows that can't be read, and what was read but is
//! worth knowing. Foreign text in it is neutralised when the finding is made, so it can be printed.

use crate::domain::text::neutral;

/// Characters of a foreign cell that a report quotes.
const QUOTED: usize = 60;

/// Why a file can't be imported at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("can't open {path}: {why}")]
    Open { path: String, why: String },
    #[error("can't read the file after row {row}: {why}; nothing was imported")]
    Broken { row: u64, why: String },
    #[error("the file is UTF-16: convert it first (iconv -f UTF-16 -t UTF-8 FILE)")]
    Utf16,
    #[error("the file has no row below its header: nothing to import")]
    Empty,
    #[error("the header does not fit the map: {}", list(.0))]
    Header(Vec<String>),
    #[error("row {row} has more than {limit} bytes: a quote is probably left open near line {line}")]
    Endless { row: u64, line: u64, limit: usize },
}

fn list(said: &[String]) -> String {
    said.join("; ")
}

/// A row, or a cell of it, that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The line of the file on which the row begins, from 1.
    pub line: u64,
    /// The ticket's key; empty where the row has none.
    pub key: String,
    /// The column's name in the file; empty where it is the row as a whole.
    pub column: String,
    /// What stands there, shortened.
    pub found: String,
    pub why: String,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}", self.line)?;
        for (word, text) in [("ticket", &self.key), ("column", &self.column)] {
            if !text.is_empty() {
                write!(f, ", {word} {text}")?;
            }
        }
        write!(f, ": {}", self.why)
    }
}

/// Foreign text as a report may show it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let start: String = text.chars().take(QUOTED).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{}{more}", neutral(&start).replace('\u{200D}', "\u{FFFD}"))
}

/// Something that was read, but not as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    pub line: u64,
    pub key: String,
    pub what: Notice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// The row is older than the one before it; its events stand at the earlier row's time.
    TimeWentBack,
    /// A resolution is stated for a time that the ticket's rows never reach: not used.
    ResolvedAhead,
    /// A closing is stated for a time that the ticket's rows never reach: not used.
    ClosedAhead,
    /// Text that is not UTF-8; what can't be read of it is marked.
    Marked,
}

impl Notice {
    pub const ALL: [Notice; 4] =
        [Notice::TimeWentBack, Notice::ResolvedAhead, Notice::ClosedAhead, Notice::Marked];

    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Notice::TimeWentBack => {
                "the row is older than the one before it: taken as written at that one's time"
            }
            Notice::ResolvedAhead => "a resolution is stated that its rows never reach: not used",
            Notice::ClosedAhead => "a closing is stated that its rows never reach: not used",
            Notice::Marked => {
                "a text is not UTF-8: what can't be read is kept as \u{FFFD}; to keep it, convert the file first (iconv -t UTF-8)"
            }
        }
    }
}
