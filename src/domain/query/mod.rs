//! The query language of the queue's filter, saved views, matrix steps, routes and reports: one AST, read from
//! text, bound to a scope, and evaluated on a row in memory here or as SQL in the store. Both give the same
//! answers; a property test holds them to it.

use super::stamp::{Span, Stamp};
use super::ticket::Phase;

/// What was asked, as it was written: all terms must hold.
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
    /// `group:Network,App*`
    Name(NameField, Vec<Pattern>),
    /// `prio:P1..P2`, `tier:L2..`
    Level(LevelField, Vec<LevelRange>),
    /// `age:>2d`, `due:<30m`, `opened:<2026-11-01`
    Time(TimeField, Vec<TimeRange>),
    /// `reopens:>=2`
    Count(CountField, Vec<CountRange>),
    /// `#1042`, `id:1000..1100`
    Id(Vec<CountRange>),
    /// Words that follow each other in one text of the ticket; the last may be a beginning.
    Text { words: Vec<String>, prefix: bool },
}

/// `is:` words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not resolved, not closed.
    Open,
    Phase(Phase),
    Unowned,
    Owned,
    Mine,
    /// In a queue of one of my groups.
    OurGroups,
    /// Its next moment has passed.
    Due,
    Escalated,
    Reopened,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameField {
    Group,
    Owner,
    Requester,
    Category,
    Subject,
    Channel,
    Impact,
    Urgency,
}

/// Compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    Whole(String),
    Start(String),
    /// `me`, `mine`: whoever asks, or their groups.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LevelRange {
    One(String),
    /// Both ends included; an end left out is open.
    Range(Option<String>, Option<String>),
    Start(String),
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

/// A span (for `age`, `due`, and "ago" for the dates) or a moment; both ends included unless said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    pub from: Option<(Bound, Point)>,
    pub to: Option<(Bound, Point)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Within,
    Beyond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    Span(Span),
    Moment(Stamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountField {
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

/// One key of an order; ties always end at the ticket's number.
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
    Priority,
    Due,
    Age,
    Updated,
    Id,
    Tier,
    Group,
    Owner,
    Requester,
    Subject,
    Status,
}

/// Who asks, when, and in which order the matrix puts names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    pub me: String,
    pub my_groups: Vec<String>,
    pub now: Stamp,
    /// Priorities, the most urgent first.
    pub levels: Vec<String>,
    /// Tiers, the lowest first.
    pub tiers: Vec<String>,
}
