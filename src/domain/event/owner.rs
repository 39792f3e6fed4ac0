//! Who holds a ticket.

use serde::{Deserialize, Serialize};

use super::Rest;
use crate::domain::text::{Label, Line};

/// A member of the group took the ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    pub owner: Label,
    /// Whose it was: taken over from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Label>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// The ticket went back to the group's queue without an owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Released {
    pub owner: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// Somebody with the right gave the ticket to a person of its group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    pub owner: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Label>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}
