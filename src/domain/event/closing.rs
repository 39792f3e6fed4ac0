//! A ticket's end: resolved, confirmed with the requester, closed, reopened.

use serde::{Deserialize, Serialize};

use super::{Channel, Queue, Rest};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Line};

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Fixed,
    Workaround,
    Fulfilled,
    NotReproducible,
    Duplicate,
    Withdrawn,
    #[default]
    #[serde(other)]
    Other,
}

impl Outcome {
    pub const ALL: [Outcome; 7] = [
        Outcome::Fixed,
        Outcome::Workaround,
        Outcome::Fulfilled,
        Outcome::NotReproducible,
        Outcome::Duplicate,
        Outcome::Withdrawn,
        Outcome::Other,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Fixed => "fixed",
            Outcome::Workaround => "workaround",
            Outcome::Fulfilled => "fulfilled",
            Outcome::NotReproducible => "not-reproducible",
            Outcome::Duplicate => "duplicate",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Other => "other",
        }
    }
}

/// The cause was found and the trouble ended. The ticket goes to `to`, the queue that confirms with the requester.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolved {
    pub root_cause: Line,
    pub resolution: Body,
    pub outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Queue>,
    /// When the trouble ended, where that is known to be before this was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Stamp>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// Whether the requester was reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reached {
    Yes,
    #[default]
    #[serde(other)]
    No,
}

/// The desk asked the requester whether all is well: an attempt, or an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    pub reached: Reached,
    pub channel: Channel,
    /// 1 to 5, if the requester said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Body>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// On what ground a ticket was closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowClosed {
    Confirmed,
    Unreachable,
    /// As history has it.
    Imported,
    #[default]
    #[serde(other)]
    Other,
}

impl HowClosed {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            HowClosed::Confirmed => "confirmed",
            HowClosed::Unreachable => "unreachable",
            HowClosed::Imported => "imported",
            HowClosed::Other => "other",
        }
    }
}

/// The ticket's book was closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    pub how: HowClosed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// The trouble came back, or never went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reopened {
    pub reason: Line,
    /// The queue it went to, where that is not the one it was in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Queue>,
    #[serde(flatten)]
    pub rest: Rest,
}
