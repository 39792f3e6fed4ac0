//! What a foreign file means: which column is which, how its times and words read. Made from the text of a map
//! and resolved against a matrix, so that whoever holds a [`Mapping`] holds one without mistakes.

mod notes;
mod read;
pub mod template;
pub mod time;

use std::collections::BTreeMap;

pub(crate) use notes::advice;
pub use read::read;
pub(crate) use read::squeezed;
pub use template::Template;
pub use time::Times;

use crate::domain::event::{Channel, Outcome, Queue, WaitOn};
use crate::domain::text::{Label, Line};

/// A map, read.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub source: SourceSection,
    pub times: Times,
    /// The column of each part.
    pub columns: BTreeMap<Part, String>,
    pub texts: BTreeMap<Text, Template>,
    /// Hand-off fields of the matrix.
    pub fields: Vec<(Label, Template)>,
    pub words: Words,
    pub missing: Missing,
}

/// Where the file comes from and how it is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSection {
    /// Part of the identity of everything imported: the same system's key is the same ticket.
    pub system: Label,
    pub rows: Rows,
    pub order: Order,
    /// None: guessed from the header.
    pub delimiter: Option<u8>,
}

/// What one row is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// The ticket as it stood after one change.
    #[default]
    Change,
    /// The ticket as it stands at last.
    Ticket,
}

/// In which order a ticket's rows happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    File,
    Time,
}

macro_rules! parts {
    ($(#[$doc:meta])* $kind:ident { $($(#[$vdoc:meta])* $name:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind { $($(#[$vdoc])* $name),+ }

        impl $kind {
            pub const ALL: &'static [$kind] = &[$($kind::$name),+];

            /// The word in the map.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($kind::$name => $word),+ }
            }
        }
    };
}

parts!(
    /// What a column can be.
    Part {
        Key = "key",
        /// When the row was written.
        At = "at",
        Opened = "opened",
        /// When it was resolved, as the source has it; it counts from the first row that is as late.
        Resolved = "resolved",
        Closed = "closed",
        Status = "status",
        Group = "group",
        Owner = "owner",
        Priority = "priority",
        Impact = "impact",
        Urgency = "urgency",
        /// Who wrote the row.
        Author = "author",
        OpenedBy = "opened-by",
        ResolvedBy = "resolved-by",
        Requester = "requester",
        Contact = "contact",
        Channel = "channel",
        /// A counter that only grows.
        Reopens = "reopens",
        Outcome = "outcome",
    }
);

parts!(
    /// Texts put together from columns.
    Text {
        Subject = "subject",
        Category = "category",
        Description = "description",
        /// An internal note for each row in which it is there and new.
        Note = "note",
        RootCause = "root-cause",
        Resolution = "resolution",
    }
);

/// What a status word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Waiting(WaitOn),
    Resolved,
    Closed,
    /// Says nothing: the status stays as it was.
    Keep,
}

/// A priority and its place among the levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub name: Label,
    pub rank: u8,
}

/// The source's words by what they mean here, the matrix's own names among them.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub states: BTreeMap<String, State>,
    pub groups: BTreeMap<String, Queue>,
    pub priorities: BTreeMap<String, Level>,
    pub impacts: BTreeMap<String, Label>,
    pub urgencies: BTreeMap<String, Label>,
    pub channels: BTreeMap<String, Channel>,
    pub outcomes: BTreeMap<String, Outcome>,
    /// What the grid gives: impact, urgency, priority.
    pub grid: BTreeMap<(Label, Label), Level>,
}

/// What stands for nothing, and what stands where nothing is said.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Texts that mean "no value", beside the empty one.
    pub marks: Vec<String>,
    /// The queue of a ticket whose row names no group.
    pub group: Option<Queue>,
    pub subject: Line,
    pub requester: Line,
    pub author: Label,
}

impl Mapping {
    /// Every column it needs.
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        let templates = self.texts.values().chain(self.fields.iter().map(|(_, template)| template));
        self.columns.values().map(String::as_str).chain(templates.flat_map(Template::columns))
    }

    /// Whether a cell says nothing.
    #[must_use]
    pub fn is_missing(&self, cell: &str) -> bool {
        cell.is_empty() || self.missing.marks.iter().any(|mark| mark == cell)
    }
}
