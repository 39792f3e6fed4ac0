//! A ticket's row: exactly what a queue sorts, filters and shows. The store writes it beside the events and
//! can throw it away; it is always what `Row::of` makes of the fold and of what the clocks say.

use super::clock::Clock;
use super::event::Channel;
use super::ids::{Seq, TicketId};
use super::stamp::Stamp;
use super::ticket::{Phase, Status, Ticket};

/// One narrow row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: TicketId,
    pub seq: Seq,
    pub phase: Phase,
    pub subject: String,
    pub requester: String,
    pub category: String,
    pub channel: Channel,
    pub grade: RowGrade,
    pub place: RowPlace,
    /// Empty: nobody's.
    pub owner: String,
    pub times: RowTimes,
    pub outlook: Outlook,
    pub tally: RowTally,
}

/// Priority and what it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowGrade {
    pub priority: String,
    pub rank: u8,
    pub impact: String,
    pub urgency: String,
}

/// Tier and group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    pub group: String,
    pub tier: String,
    pub rank: u8,
}

/// UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowTimes {
    pub opened: Stamp,
    pub updated: Stamp,
    pub resolved: Option<Stamp>,
    pub closed: Option<Stamp>,
}

/// What lies ahead of a ticket while nobody does anything: by its events, the matrix in force and its calendars, never
/// by the moment at which somebody looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outlook {
    /// The clock in force: of those that count towards a limit, the first to use it up.
    pub clock: Option<Clock>,
    /// When that clock's limit is used up; while none counts, the end of waiting. UTC.
    pub due: Option<Stamp>,
    /// From when on that clock stands warned.
    pub warn: Option<Stamp>,
    /// The first moment at which the matrix has something to do by itself; past, if nobody looked since.
    pub next: Option<Stamp>,
}

/// How a ticket stands to its clock in force, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    InTime,
    Warned,
    Breached,
}

impl Outlook {
    /// What is known without a matrix: the end of waiting.
    #[must_use]
    pub fn bare(ticket: &Ticket) -> Outlook {
        match &ticket.status {
            Status::Waiting(waiting) => {
                Outlook { due: waiting.until, next: waiting.until, ..Outlook::default() }
            }
            Status::Open | Status::Resolved(_) | Status::Closed(_) => Outlook::default(),
        }
    }

    /// When the clock in force is breached.
    #[must_use]
    pub fn breach(&self) -> Option<Stamp> {
        self.clock.and(self.due)
    }

    #[must_use]
    pub fn standing(&self, now: Stamp) -> Standing {
        match () {
            () if self.breach().is_some_and(|at| at <= now) => Standing::Breached,
            () if self.warn.is_some_and(|at| at <= now) => Standing::Warned,
            () => Standing::InTime,
        }
    }
}

/// How often things happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowTally {
    pub handoffs: u32,
    pub escalations: u32,
    pub bounces: u32,
    pub reopens: u32,
}

impl Row {
    /// The row of a ticket.
    #[must_use]
    pub fn of(ticket: &Ticket, outlook: Outlook) -> Row {
        Row {
            id: ticket.id,
            seq: ticket.seq,
            phase: ticket.phase(),
            subject: ticket.about.subject.as_str().to_owned(),
            requester: ticket.about.requester.name.as_str().to_owned(),
            category: ticket.about.category.as_ref().map_or(String::new(), |c| c.as_str().to_owned()),
            channel: ticket.about.channel,
            grade: RowGrade::of(ticket),
            place: RowPlace::of(ticket),
            owner: ticket.owner_name().unwrap_or_default().to_owned(),
            times: RowTimes::of(ticket),
            outlook,
            tally: RowTally::of(ticket),
        }
    }
}

impl RowGrade {
    fn of(ticket: &Ticket) -> RowGrade {
        let grade = &ticket.grade;
        RowGrade {
            priority: grade.priority.as_str().to_owned(),
            rank: grade.rank,
            impact: grade.impact.as_str().to_owned(),
            urgency: grade.urgency.as_str().to_owned(),
        }
    }
}

impl RowPlace {
    fn of(ticket: &Ticket) -> RowPlace {
        let queue = &ticket.place.queue;
        RowPlace {
            group: queue.group.as_str().to_owned(),
            tier: queue.tier.as_str().to_owned(),
            rank: queue.rank,
        }
    }
}

impl RowTimes {
    fn of(ticket: &Ticket) -> RowTimes {
        let times = ticket.times;
        RowTimes {
            opened: times.opened,
            updated: times.updated,
            resolved: times.resolved,
            closed: times.closed,
        }
    }
}

impl RowTally {
    fn of(ticket: &Ticket) -> RowTally {
        let tally = ticket.tally;
        RowTally {
            handoffs: tally.handoffs,
            escalations: tally.escalations,
            bounces: tally.bounces,
            reopens: tally.reopens,
        }
    }
}
