//! The names of the six clocks of a ticket. What starts and stops them is in `rules::clocks`; measures nothing.

use serde::{Deserialize, Serialize};

/// What runs down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    Response,
    Own,
    Update,
    Tier,
    Resolve,
    Confirm,
}

impl Clock {
    pub const ALL: [Clock; 6] =
        [Clock::Response, Clock::Own, Clock::Update, Clock::Tier, Clock::Resolve, Clock::Confirm];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Clock::Response => "response",
            Clock::Own => "own",
            Clock::Update => "update",
            Clock::Tier => "tier",
            Clock::Resolve => "resolve",
            Clock::Confirm => "confirm",
        }
    }
}
