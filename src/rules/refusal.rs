//! A business "no": one sentence why, one what would help. The words are the same on the console and on the
//! command line, because both print this.

use std::fmt;

use crate::domain::case::fold_case;
use crate::domain::text::Label;

/// Why a command was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub reason: Reason,
    pub why: String,
    pub help: String,
}

/// The kind of a refusal: it decides the exit status and where a form puts the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The matrix does not let this person do this.
    Authority,
    /// The ticket's state does not allow it.
    State,
    /// Information is missing or unfit, field by field.
    Missing(Vec<Gap>),
    /// A name the matrix or the desk doesn't know.
    Unknown,
}

/// One missing or unfit field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub field: Label,
    pub why: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.why, self.help)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    #[must_use]
    pub fn state(why: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal { reason: Reason::State, why: why.into(), help: help.into() }
    }

    #[must_use]
    pub fn authority(why: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal { reason: Reason::Authority, why: why.into(), help: help.into() }
    }

    /// One field is missing or unfit.
    #[must_use]
    pub fn missing(field: &str, why: impl Into<String>, help: impl Into<String>) -> Refusal {
        let why = why.into();
        let gap = Gap { field: Label::soften(field), why: why.clone() };
        Refusal { reason: Reason::Missing(vec![gap]), why, help: help.into() }
    }

    /// A name that is not among those known; suggests the nearest.
    #[must_use]
    pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Refusal {
        let known: Vec<&str> = known.into_iter().collect();
        let near = known.iter().map(|k| (strsim::jaro_winkler(&fold_case(k), &fold_case(name)), *k));
        let near = near.filter(|(score, _)| *score > 0.75).max_by(|a, b| a.0.total_cmp(&b.0));
        let help = match near {
            Some((_, near)) => format!("did you mean {near}?"),
            None if known.is_empty() => format!("there is no {what} yet"),
            None => format!("known: {}", known.join(", ")),
        };
        Refusal { reason: Reason::Unknown, why: format!("there is no {what} {name:?}"), help }
    }
}
