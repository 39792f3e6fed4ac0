//! What came by itself: whoever's console noticed it wrote it down, as the author, when it was noticed; `due` is
//! when it came. None of these moves a ticket: what a step did to it are events of their own, right after.

use serde::{Deserialize, Serialize};

use super::Rest;
use crate::domain::clock::Clock;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Label, Line};

/// A clock came to a share of its limit at which the matrix warns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warned {
    pub clock: Clock,
    /// Of the clock, from 1.
    pub round: u32,
    /// Of the limit, in percent.
    pub share: u8,
    pub due: Stamp,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A clock used its limit up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Breached {
    pub clock: Clock,
    /// Of the clock, from 1.
    pub round: u32,
    pub due: Stamp,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A step of the matrix fired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepFired {
    pub step: Line,
    /// None: the step stands on its condition alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// Of the clock, from 1; without a clock: of the ticket's life, one more after each reopening.
    pub round: u32,
    /// From 1; more are repeats.
    pub turn: u16,
    pub due: Stamp,
    pub did: Vec<Deed>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a step tells to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActKind {
    Escalate,
    Notify,
    Release,
    Raise,
    Suggest,
    #[default]
    #[serde(other)]
    Other,
}

impl ActKind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ActKind::Escalate => "escalate",
            ActKind::Notify => "notify",
            ActKind::Release => "release",
            ActKind::Raise => "raise",
            ActKind::Suggest => "suggest",
            ActKind::Other => "other",
        }
    }
}

/// One act of a step that fired.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    pub act: ActKind,
    /// The group it went to or should go to, or the priority it was raised to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Label>,
    /// Who is to be told, or whose it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Label>,
    /// Why it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<Line>,
}
