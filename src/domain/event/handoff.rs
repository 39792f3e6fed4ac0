//! What the receivers of an escalation say of it: whether the hand-off told them what they needed, and whether the
//! escalation was needed at all.

use serde::{Deserialize, Serialize};

use super::Rest;
use crate::domain::ids::Seq;
use crate::domain::text::Line;

/// How much of what was needed came with an escalation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    Complete,
    /// It left out, or got wrong, what was needed.
    Poor,
    #[default]
    #[serde(other)]
    Other,
}

impl Quality {
    /// Those that a person may choose.
    pub const CHOICES: [Quality; 2] = [Quality::Complete, Quality::Poor];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Quality::Complete => "complete",
            Quality::Poor => "poor",
            Quality::Other => "other",
        }
    }
}

/// Whether the tier below could have solved it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    Needed,
    Avoidable,
    #[default]
    #[serde(other)]
    Other,
}

impl Need {
    /// Those that a person may choose.
    pub const CHOICES: [Need; 2] = [Need::Needed, Need::Avoidable];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Need::Needed => "needed",
            Need::Avoidable => "avoidable",
            Need::Other => "other",
        }
    }
}

/// The receivers' verdict on an escalation, whole: a later one on the same escalation takes its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoffRated {
    /// The escalation, by its number in the ticket's stream.
    pub handoff: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<Quality>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}
