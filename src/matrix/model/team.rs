//! People, roles and rights: who may do what, and within which bounds. Judges nobody; `rules::authority` does.

use std::collections::BTreeMap;

use super::{Contact, When};
use crate::domain::text::{Label, Line};

/// Who may do what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    pub roles: Vec<Role>,
    /// Empty: anyone may do anything.
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    pub name: Label,
    /// Without bounds.
    pub may: Vec<Right>,
    /// Only where the query holds: `may-resolve = "prio:P3..P4"`. No right is in both.
    pub within: BTreeMap<Right, When>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub name: Label,
    pub full_name: Option<Line>,
    pub role: Label,
    pub groups: Vec<Label>,
    pub contacts: Vec<Contact>,
}

/// What a role may be allowed: the word used in `may`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    Open,
    Edit,
    Prioritise,
    /// Set a priority against the grid.
    OverridePriority,
    Route,
    Take,
    /// Take a ticket that somebody else owns.
    TakeOver,
    Release,
    Assign,
    Note,
    Escalate,
    /// Escalate with a hand-off that has gaps.
    OverrideHandoff,
    Return,
    Wait,
    Resolve,
    Close,
    Reopen,
    Link,
    ApplyMatrix,
}

impl Right {
    pub const ALL: [Right; 19] = [
        Right::Open,
        Right::Edit,
        Right::Prioritise,
        Right::OverridePriority,
        Right::Route,
        Right::Take,
        Right::TakeOver,
        Right::Release,
        Right::Assign,
        Right::Note,
        Right::Escalate,
        Right::OverrideHandoff,
        Right::Return,
        Right::Wait,
        Right::Resolve,
        Right::Close,
        Right::Reopen,
        Right::Link,
        Right::ApplyMatrix,
    ];

    /// The word in the matrix. `wait` covers resuming, `close` covers confirming.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Right::Open => "open",
            Right::Edit => "edit",
            Right::Prioritise => "prioritise",
            Right::OverridePriority => "override-priority",
            Right::Route => "route",
            Right::Take => "take",
            Right::TakeOver => "take-over",
            Right::Release => "release",
            Right::Assign => "assign",
            Right::Note => "note",
            Right::Escalate => "escalate",
            Right::OverrideHandoff => "override-handoff",
            Right::Return => "return",
            Right::Wait => "wait",
            Right::Resolve => "resolve",
            Right::Close => "close",
            Right::Reopen => "reopen",
            Right::Link => "link",
            Right::ApplyMatrix => "apply-matrix",
        }
    }
}
