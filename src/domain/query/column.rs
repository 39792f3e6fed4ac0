//! What a row holds, as conditions and orders look at it: the store gives each a column of the same meaning.

use crate::domain::row::Row;
use crate::domain::stamp::Stamp;

/// A text of a row; empty: nothing there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Priority,
    Tier,
    Group,
    Owner,
    Category,
    Impact,
    Urgency,
    Channel,
    Subject,
    Requester,
}

/// A number of a row; moments are UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Id,
    Phase,
    PriorityRank,
    TierRank,
    Due,
    /// When the clock in force is breached.
    Breach,
    /// From when on it stands warned.
    Warn,
    Opened,
    Updated,
    Resolved,
    Closed,
    Reopens,
    Bounces,
    Handoffs,
    Escalations,
}

/// In the store, a moment to come of a ticket that has none: it sorts last by itself.
pub const NEVER: i64 = i64::MAX;

impl Name {
    #[must_use]
    pub fn of(self, row: &Row) -> &str {
        match self {
            Name::Priority => &row.grade.priority,
            Name::Tier => &row.place.tier,
            Name::Group => &row.place.group,
            Name::Owner => &row.owner,
            Name::Category => &row.category,
            Name::Impact => &row.grade.impact,
            Name::Urgency => &row.grade.urgency,
            Name::Channel => row.channel.name(),
            Name::Subject => &row.subject,
            Name::Requester => &row.requester,
        }
    }
}

impl Number {
    /// `None` where there is no such moment.
    #[must_use]
    pub fn of(self, row: &Row) -> Option<i64> {
        match self {
            Number::Id => Some(row.id.0),
            Number::Phase => Some(row.phase as i64),
            Number::PriorityRank => Some(row.grade.rank.into()),
            Number::TierRank => Some(row.place.rank.into()),
            Number::Due => moment(row.outlook.due),
            Number::Breach => moment(row.outlook.breach()),
            Number::Warn => moment(row.outlook.warn),
            Number::Opened => Some(row.times.opened.0),
            Number::Updated => Some(row.times.updated.0),
            Number::Resolved => row.times.resolved.map(|at| at.0),
            Number::Closed => row.times.closed.map(|at| at.0),
            Number::Reopens => Some(row.tally.reopens.into()),
            Number::Bounces => Some(row.tally.bounces.into()),
            Number::Handoffs => Some(row.tally.handoffs.into()),
            Number::Escalations => Some(row.tally.escalations.into()),
        }
    }
}

fn moment(at: Option<Stamp>) -> Option<i64> {
    at.map(|at| at.0).filter(|at| *at != NEVER)
}
