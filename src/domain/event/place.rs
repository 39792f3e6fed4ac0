//! Where a ticket is: routed, escalated, returned, with management called in.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::Rest;
use crate::domain::text::{Body, Label, Line};

/// A group's queue, with the tier it belonged to at that moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub group: Label,
    pub tier: Label,
    /// The tier's place, 0 the first.
    pub rank: u8,
}

/// Why a ticket was routed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A person moved it to another group of its tier: counts as a hand-off.
    #[default]
    Person,
    /// A route of the matrix.
    Route,
    /// History said nothing of a group there.
    Unstated,
    #[serde(other)]
    Other,
}

/// The ticket moved to another queue without being escalated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Routed {
    pub from: Queue,
    pub to: Queue,
    pub cause: Cause,
    /// The route that chose the queue, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// Who or what set off an escalation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case", tag = "by", content = "name")]
pub enum Trigger {
    #[default]
    Person,
    /// The requester asked for it.
    Requester,
    /// A step of the matrix, by name.
    Step(Line),
    /// A route of the matrix, by name or query: somebody gave the ticket another category.
    Route(Line),
    Other,
}

/// By hand, because serde reads no unknown word that brings a content: the whole move would be unknown with it.
impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            by: String,
            #[serde(default)]
            name: serde_json::Value,
        }
        let Stored { by, name } = Stored::deserialize(from)?;
        Ok(match (by.as_str(), name.as_str()) {
            ("person", _) => Trigger::Person,
            ("requester", _) => Trigger::Requester,
            ("step", Some(name)) => Trigger::Step(Line::soften(name)),
            ("route", Some(name)) => Trigger::Route(Line::soften(name)),
            _ => Trigger::Other,
        })
    }
}

/// The ticket moved to a group of a higher tier; the owner stayed behind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Escalated {
    pub from: Queue,
    pub to: Queue,
    pub reason: Line,
    pub trigger: Trigger,
    /// The hand-off: what travelled with it, by field name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub handoff: BTreeMap<Label, Body>,
    /// Fields the matrix requires that were missing, with the reason why it went all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A hand-off that went incomplete, by a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub missing: Vec<Label>,
    pub reason: Line,
}

/// Management was called in; the ticket stayed where it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalledIn {
    /// A person or role of the matrix.
    pub who: Label,
    pub reason: Line,
    pub trigger: Trigger,
    #[serde(flatten)]
    pub rest: Rest,
}

/// Why a ticket was sent back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReturnCode {
    /// Not this group's business.
    WrongGroup,
    /// The hand-off left out what was needed.
    Incomplete,
    /// The first tier could have solved it.
    Avoidable,
    /// This group's part is done.
    Done,
    #[default]
    #[serde(other)]
    Other,
}

impl ReturnCode {
    pub const ALL: [ReturnCode; 5] = [
        ReturnCode::WrongGroup,
        ReturnCode::Incomplete,
        ReturnCode::Avoidable,
        ReturnCode::Done,
        ReturnCode::Other,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ReturnCode::WrongGroup => "wrong-group",
            ReturnCode::Incomplete => "incomplete",
            ReturnCode::Avoidable => "avoidable",
            ReturnCode::Done => "done",
            ReturnCode::Other => "other",
        }
    }
}

/// The ticket was sent back to the group it came from; counts as a bounce unless that part was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    pub from: Queue,
    pub to: Queue,
    pub code: ReturnCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}
