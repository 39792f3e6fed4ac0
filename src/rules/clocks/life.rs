//! What the events say about the clocks, before anything is measured: when each began and stopped, and when the
//! ticket was worked on, waited or was settled. Knows no target and no calendar.

mod walk;

use crate::domain::event::{Recorded, WaitOn};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::matrix::model::Clock;

/// What a ticket was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Work,
    Wait(WaitOn),
    /// Resolved or closed, and not reopened yet.
    Settled,
}

/// What ended a round of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Contact,
    Taken,
    /// It went to another group or tier: the next round is theirs.
    HandedOver,
    Resolved,
    Closed,
    Reopened,
}

impl Ending {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Ending::Contact => "contact",
            Ending::Taken => "taken",
            Ending::HandedOver => "handed over",
            Ending::Resolved => "resolved",
            Ending::Closed => "closed",
            Ending::Reopened => "reopened",
        }
    }
}

/// One run of a clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round<'e> {
    /// From 1.
    pub number: u16,
    pub start: Stamp,
    pub stop: Option<(Stamp, Ending)>,
    /// The tier the ticket was in.
    pub tier: &'e Label,
    /// The priority that it is judged by: the last it had while the clock ran.
    pub priority: &'e Label,
}

/// The rounds of a clock, the last one the one that counts now.
#[derive(Debug, Clone, PartialEq)]
pub struct Course<'e> {
    pub clock: Clock,
    pub rounds: Vec<Round<'e>>,
}

/// What the events say.
#[derive(Debug, Clone, PartialEq)]
pub struct Lives<'e> {
    pub courses: [Course<'e>; 6],
    /// From when on it was doing what; in order, each lasting until the next.
    pub phases: Vec<(Stamp, Phase)>,
    /// When it went to another group.
    pub moves: Vec<Stamp>,
    /// While it waits: when to look again.
    pub until: Option<Stamp>,
    /// The moment of the last event: no clock is read before it, though a host's own clock may be behind.
    pub latest: Stamp,
}

impl<'e> Lives<'e> {
    /// Reads a ticket's events, in their order. Moments that run backwards (hosts' clocks differ) are taken to be
    /// those of the event before.
    #[must_use]
    pub fn of(events: &'e [Recorded]) -> Lives<'e> {
        events.iter().fold(walk::Walk::default(), walk::Walk::step).done()
    }

    /// As they are at a moment: waiting that had an end is over from then on, though nobody noticed it yet.
    #[must_use]
    pub fn at(mut self, now: Stamp) -> Lives<'e> {
        let over = self.until.filter(|until| *until <= now.max(self.latest));
        if let (Some(until), Some((from, Phase::Wait(_)))) = (over, self.phases.last().copied()) {
            self.phases.push((until.max(from), Phase::Work));
            self.until = None;
        }
        self
    }
}
