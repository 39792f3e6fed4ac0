//! The query language of the queue's filter, saved views, matrix steps, routes and reports: one AST, read from
//! text (`parse`), written back (`Display`), bound to who asks and when (`Bound`), and evaluated on a row in
//! memory here or as SQL in the store. Both give the same answers; a property test holds them to it.
//! Knows no clock: the time of asking is in the `Scope`.

pub mod bound;
pub mod column;
mod date;
pub mod error;
pub mod field;
mod lex;
pub mod order;
mod parse;
mod phrase;
mod read;
mod turn;
mod write;

#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;

pub use bound::{Bound, holds, texts_of};
pub use error::QueryError;
pub use order::order;
pub use parse::parse;
pub use phrase::{Phrase, Reach};

use super::event::Channel;
use super::stamp::{Span, Stamp};
use super::ticket::Phase;

/// What was asked, as it was written: all terms must hold. Without terms it is everything; without a sort it
/// comes in the order of [`order::steps`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    pub terms: Vec<Term>,
    pub sort: Vec<Sort>,
}

/// One condition, possibly turned round by `-`.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub sense: Sense,
    pub test: Test,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    Is,
    Not,
}

/// What a term tests. Within a list, any may match.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `is:open,mine`
    Is(Vec<State>),
    /// `status:open`
    Status(Vec<Phase>),
    /// `channel:phone`
    Channel(Vec<Channel>),
    /// `group:Network,App*`
    Name(NameField, Vec<Pattern>),
    /// `prio:P1..P2`, `tier:L2..`
    Level(LevelField, Vec<LevelRange>),
    /// `age:>2d`, `due:<30m`, `opened:<2026-11-01`
    Time(TimeField, Vec<TimeRange>),
    /// `reopens:>=2`, `#1042`
    Count(CountField, Vec<CountRange>),
    /// `"vpn drop"`, `subject:payroll`
    Said(SaidField, Vec<Phrase>),
}

/// `is:` words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not resolved, not closed: open or waiting.
    Open,
    Waiting,
    Resolved,
    Closed,
    Unowned,
    Owned,
    Mine,
    /// In a queue of one of my groups.
    OurGroups,
    /// The clock in force, or the waiting, has run out.
    Due,
    /// The clock in force has run out.
    Breached,
    /// It stands warned, or is breached.
    Warned,
    Escalated,
    Reopened,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameField {
    Group,
    Owner,
    Category,
    Impact,
    Urgency,
}

/// A name. One that the scope knows, in any case, means the scope's own spelling; any other, and every
/// beginning, is compared by [`fold_case`](super::case::fold_case) with what the tickets hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    Whole(String),
    Start(String),
    /// `me`, `mine`: exactly whoever asks, or exactly their groups.
    Me,
    /// `none`: nothing there.
    Nothing,
}

/// Ordered names, whose order the matrix gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelField {
    Priority,
    Tier,
}

/// As [`Pattern`]; a range holds the scope's own names only, and one with an end that the scope doesn't know
/// is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LevelRange {
    One(String),
    Start(String),
    /// Both ends included, either way round; an end left out is open.
    Range(Option<String>, Option<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeField {
    /// Time since it was opened.
    Age,
    /// Time until its next moment; negative when that has passed.
    Due,
    Opened,
    Updated,
    Resolved,
    Closed,
}

/// Between two spans (for `age`, `due`, and "ago" for the others) or two dates. A ticket that has no such
/// moment is in no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeRange {
    /// `none`: there is no such moment.
    Nothing,
    Between(Option<End>, Option<End>),
}

/// An end of a range of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    pub edge: Edge,
    pub point: Point,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Within,
    Beyond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    Span(Span),
    /// A whole day of UTC: days since 1970-01-01.
    Day(i32),
    Moment(Stamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountField {
    Id,
    Reopens,
    Bounces,
    Handoffs,
    Escalations,
}

/// Both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    pub from: Option<i64>,
    pub to: Option<i64>,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidField {
    /// In all that was said.
    Text,
    Subject,
    Requester,
}

/// One key of an order; ties always end at the ticket's number, and what isn't there comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub key: SortKey,
    pub way: Way,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// The most urgent first.
    Priority,
    Due,
    /// The youngest first.
    Age,
    Opened,
    Updated,
    Resolved,
    Closed,
    Id,
    Tier,
    Group,
    Owner,
    Requester,
    Subject,
    Category,
    Status,
}

/// Who asks, when, and which names the matrix has, in its order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    /// Empty: nobody, who owns nothing.
    pub me: String,
    pub my_groups: Vec<String>,
    pub now: Stamp,
    /// Priorities, the most urgent first.
    pub levels: Vec<String>,
    /// Tiers, the lowest first.
    pub tiers: Vec<String>,
    /// Every group. Not needed for right answers about names in the tickets' own spelling, but for quick ones.
    pub groups: Vec<String>,
    /// Every person, as `groups`.
    pub people: Vec<String>,
}

impl Query {
    /// Both must hold; the other's sort is taken where it has one.
    #[must_use]
    pub fn and(mut self, other: Query) -> Query {
        self.terms.extend(other.terms);
        if !other.sort.is_empty() {
            self.sort = other.sort;
        }
        self
    }

    /// Whether an answer needs the texts of the ticket, beyond its row.
    #[must_use]
    pub fn asks_text(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Said(SaidField::Text, _)))
    }

    /// Names of priorities and tiers that it asks for by their whole name: a matrix has them, or is mistaken.
    pub fn levels(&self) -> impl Iterator<Item = (LevelField, &str)> {
        self.terms
            .iter()
            .filter_map(|term| match &term.test {
                Test::Level(field, ranges) => Some((*field, ranges)),
                _ => None,
            })
            .flat_map(|(field, ranges)| ranges.iter().flat_map(move |range| range.names(field)))
    }

    /// Names that it asks for by their whole name.
    pub fn names(&self) -> impl Iterator<Item = (NameField, &str)> {
        self.terms
            .iter()
            .filter_map(|term| match &term.test {
                Test::Name(field, patterns) => Some((*field, patterns)),
                _ => None,
            })
            .flat_map(|(field, patterns)| {
                patterns.iter().filter_map(move |pattern| match pattern {
                    Pattern::Whole(name) => Some((field, name.as_str())),
                    Pattern::Start(_) | Pattern::Me | Pattern::Nothing => None,
                })
            })
    }
}

impl LevelRange {
    fn names(&self, field: LevelField) -> impl Iterator<Item = (LevelField, &str)> {
        let (one, other) = match self {
            LevelRange::One(name) => (Some(name), None),
            LevelRange::Start(_) => (None, None),
            LevelRange::Range(from, to) => (from.as_ref(), to.as_ref()),
        };
        one.into_iter().chain(other).map(move |name| (field, name.as_str()))
    }
}

impl std::str::FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Query, QueryError> {
        parse(text)
    }
}
