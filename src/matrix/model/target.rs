//! What is promised: limits per priority. Measures nothing itself.

use std::collections::BTreeMap;

use crate::domain::clock::Clock;
use crate::domain::stamp::Span;
use crate::domain::text::Label;

/// The promised times of a priority.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub priority: Label,
    pub calendar: Label,
    pub response: Option<Limit>,
    pub own: Option<Limit>,
    pub update: Option<Limit>,
    pub resolve: Option<Limit>,
    pub confirm: Option<Limit>,
    /// By tier name.
    pub tier: BTreeMap<Label, Limit>,
    /// Shares of a limit at which to warn, in percent.
    pub warn_at: Vec<u8>,
}

impl Target {
    /// What a clock is promised in a tier.
    #[must_use]
    pub fn limit(&self, clock: Clock, tier: &Label) -> Option<Limit> {
        match clock {
            Clock::Response => self.response,
            Clock::Own => self.own,
            Clock::Update => self.update,
            Clock::Tier => self.tier.get(tier).copied(),
            Clock::Resolve => self.resolve,
            Clock::Confirm => self.confirm,
        }
    }
}

/// A length of working time in a target's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Time(Span),
    /// Whole working days of the calendar.
    WorkingDays(u16),
}
