//! The matrix as rules use it: every name resolved, every duration a number, every `when` a parsed query.
//! Only `matrix::read` makes one, so whoever holds a `Matrix` holds one without mistakes.

mod calendar;
mod handoff;
mod step;
mod target;
mod team;

use std::collections::BTreeMap;
use std::ops::Deref;

pub use calendar::{Calendar, Holiday};
pub use handoff::{Field, FieldKind, Handoff, HandoffRule};
pub use step::{Act, At, Repeat, Route, Step};
pub use target::{Limit, Target};
pub use team::{Person, Right, Role, Team};

pub use crate::domain::clock::Clock;

use crate::domain::case::fold_case;
use crate::domain::event::Queue;
use crate::domain::query::Query;
use crate::domain::stamp::Span;
use crate::domain::text::{Label, Line};

/// The whole of `escalation.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub desk: DeskSection,
    pub calendars: Vec<Calendar>,
    pub grid: Grid,
    /// In order, the first the lowest.
    pub tiers: Vec<Tier>,
    pub groups: Vec<Group>,
    pub team: Team,
    pub targets: Vec<Target>,
    pub routes: Vec<Route>,
    pub steps: Vec<Step>,
    pub handoff: Handoff,
    pub closing: Closing,
    /// Clocks that waiting stops, by what is waited for (`requester`, `vendor`, `change`, `other`).
    pub pauses: BTreeMap<String, Vec<Clock>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DeskSection {
    pub name: Line,
    /// An IANA zone, known to exist.
    pub timezone: String,
    /// Where tickets go that no route sends elsewhere: a place in `groups`.
    pub default_group: Label,
}

/// Impact x urgency.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The most urgent first.
    pub levels: Vec<Label>,
    pub urgencies: Vec<Label>,
    pub impacts: Vec<Label>,
    /// A row per impact, a column per urgency: places in `levels`.
    pub cells: Vec<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    pub name: Label,
    pub title: Option<Line>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: Label,
    /// A place in `tiers`.
    pub tier: usize,
    /// Groups of higher tiers, by name, the usual one first.
    pub escalates_to: Vec<Label>,
    pub contacts: Vec<Contact>,
}

/// A condition of the matrix: the query, and the words it was written in. Reads as the query itself.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    pub query: Query,
    pub text: String,
}

impl Deref for When {
    type Target = Query;

    fn deref(&self) -> &Query {
        &self.query
    }
}

/// How a group is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    pub channel: Label,
    pub to: Line,
    pub respond_within: Option<Span>,
    pub when: Option<When>,
}

/// `[closing]`: confirming with the requester, and reopening.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// Attempts to reach the requester before a ticket may be closed unconfirmed.
    pub attempts: u32,
    /// How long after closing a ticket may be reopened; none: always.
    pub reopen_within: Option<Span>,
}

impl Matrix {
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == *name)
    }

    #[must_use]
    pub fn tier_rank(&self, name: &str) -> Option<usize> {
        self.tiers.iter().position(|tier| tier.name == *name)
    }

    /// The queue of a group, with its tier as it stands in this matrix.
    #[must_use]
    pub fn queue(&self, group: &str) -> Option<Queue> {
        let group = self.group(group)?;
        let tier = self.tiers.get(group.tier)?;
        let rank = u8::try_from(group.tier).unwrap_or(u8::MAX);
        Some(Queue { group: group.name.clone(), tier: tier.name.clone(), rank })
    }

    #[must_use]
    pub fn person(&self, name: &str) -> Option<&Person> {
        self.team.people.iter().find(|person| person.name == *name)
    }

    /// A person's name as the matrix spells it, whatever the case it was typed in; another name stays.
    #[must_use]
    pub fn spelled(&self, name: &Label) -> Label {
        let same = |person: &&Person| fold_case(person.name.as_str()) == fold_case(name.as_str());
        self.team.people.iter().find(same).map_or_else(|| name.clone(), |person| person.name.clone())
    }

    #[must_use]
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.team.roles.iter().find(|role| role.name == *name)
    }

    #[must_use]
    pub fn target(&self, priority: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.priority == *priority)
    }

    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.handoff.fields.iter().find(|field| field.name == *name)
    }

    /// The names of the priorities, the most urgent first.
    #[must_use]
    pub fn levels(&self) -> Vec<String> {
        self.grid.levels.iter().map(|level| level.as_str().to_owned()).collect()
    }

    /// The names of the tiers, the lowest first.
    #[must_use]
    pub fn tier_names(&self) -> Vec<String> {
        self.tiers.iter().map(|tier| tier.name.as_str().to_owned()).collect()
    }
}
