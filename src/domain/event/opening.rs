//! A ticket's beginning and what it is about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Channel, Queue, Rest};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};

/// The person a ticket is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    pub name: Line,
    /// How to reach them: a number, an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Line>,
}

/// Where an imported ticket came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub system: Label,
    pub key: Line,
}

/// A ticket was opened, with its first queue and its priority as the grid gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub subject: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Body>,
    pub requester: Requester,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Label>,
    pub channel: Channel,
    pub grade: Prioritised,
    pub queue: Queue,
    /// The route that chose the queue; none where the default group took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Line>,
    /// Hand-off fields known from the start, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Label, Body>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// When its history was brought to this desk; what fell due before was somebody else's to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought_in: Option<Stamp>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// What the ticket says was changed. Absent fields stayed as they were; a field of the hand-off that was
/// cleared is in `cleared`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Edited {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Body>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Label>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Label, Body>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Label>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A priority, and the impact and urgency it came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Prioritised {
    pub impact: Label,
    pub urgency: Label,
    pub priority: Label,
    /// The priority's place among the matrix's levels, 0 the most urgent: the order of lists.
    pub rank: u8,
    /// Why a person overrode the grid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Line>,
    /// The priority against the grid that this put an end to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Label>,
    /// The step of the matrix that raised it; whoever is the author only noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}
