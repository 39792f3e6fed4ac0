//! What one ticket has to do with another.

use serde::{Deserialize, Serialize};

use super::Rest;
use crate::domain::ids::TicketId;

/// How this ticket stands to the other. Each side of a link holds its own word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    #[default]
    RelatesTo,
    DuplicateOf,
    DuplicatedBy,
    CausedBy,
    Causes,
    Follows,
    FollowedBy,
    #[serde(other)]
    Other,
}

impl Relation {
    /// Those that a person may choose.
    pub const CHOICES: [Relation; 4] =
        [Relation::RelatesTo, Relation::DuplicateOf, Relation::CausedBy, Relation::Follows];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Relation::RelatesTo => "relates-to",
            Relation::DuplicateOf => "duplicate-of",
            Relation::DuplicatedBy => "duplicated-by",
            Relation::CausedBy => "caused-by",
            Relation::Causes => "causes",
            Relation::Follows => "follows",
            Relation::FollowedBy => "followed-by",
            Relation::Other => "other",
        }
    }

    /// The word the other ticket holds.
    #[must_use]
    pub fn inverse(self) -> Relation {
        match self {
            Relation::DuplicateOf => Relation::DuplicatedBy,
            Relation::DuplicatedBy => Relation::DuplicateOf,
            Relation::CausedBy => Relation::Causes,
            Relation::Causes => Relation::CausedBy,
            Relation::Follows => Relation::FollowedBy,
            Relation::FollowedBy => Relation::Follows,
            Relation::RelatesTo | Relation::Other => self,
        }
    }
}

/// This ticket was linked to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    pub other: TicketId,
    pub relation: Relation,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A link was taken away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unlinked {
    pub other: TicketId,
    #[serde(flatten)]
    pub rest: Rest,
}
