//! Waiting for somebody else.

use serde::{Deserialize, Serialize};

use super::Rest;
use crate::domain::stamp::Stamp;
use crate::domain::text::Line;

/// For whom or what a ticket waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitOn {
    Requester,
    Vendor,
    Change,
    #[default]
    #[serde(other)]
    Other,
}

impl WaitOn {
    pub const ALL: [WaitOn; 4] = [WaitOn::Requester, WaitOn::Vendor, WaitOn::Change, WaitOn::Other];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            WaitOn::Requester => "requester",
            WaitOn::Vendor => "vendor",
            WaitOn::Change => "change",
            WaitOn::Other => "other",
        }
    }
}

/// Work stopped until somebody else has acted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitStarted {
    pub on: WaitOn,
    /// When to look again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// Work goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resumed {
    /// When waiting came to its end by itself; the author noticed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(flatten)]
    pub rest: Rest,
}
