//! The matrix as rules use it: every name resolved, every duration a number, every `when` a parsed query.
//! Only `matrix::read` makes one, so whoever holds a `Matrix` holds one without mistakes.

use std::collections::BTreeMap;
use std::ops::Deref;

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

/// Working time.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub name: Label,
    /// An IANA zone; the desk's unless the calendar has its own.
    pub timezone: String,
    /// Per weekday from Monday: spans as minutes of the day, ordered, not touching, up to 1440.
    pub week: [Vec<(u16, u16)>; 7],
    pub holidays: Vec<Holiday>,
    /// An iCalendar file beside the matrix, by the name written there.
    pub holidays_ics: Option<String>,
}

/// A day without working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    Date(chrono::NaiveDate),
    /// Month and day, each year.
    Yearly {
        month: u8,
        day: u8,
    },
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

/// Who may do what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    pub roles: Vec<Role>,
    /// Empty: anyone may do anything.
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    pub name: Label,
    /// Without bounds.
    pub may: Vec<Right>,
    /// Only where the query holds: `may-resolve = "prio:P3..P4"`. No right is in both.
    pub within: BTreeMap<Right, When>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub name: Label,
    pub full_name: Option<Line>,
    pub role: Label,
    pub groups: Vec<Label>,
    pub contacts: Vec<Contact>,
}

/// What a role may be allowed: the word used in `may`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    Open,
    Edit,
    Prioritise,
    /// Set a priority against the grid.
    OverridePriority,
    Route,
    Take,
    /// Take a ticket that somebody else owns.
    TakeOver,
    Release,
    Assign,
    Note,
    Escalate,
    /// Escalate with a hand-off that has gaps.
    OverrideHandoff,
    Return,
    Wait,
    Resolve,
    Close,
    Reopen,
    Link,
    ApplyMatrix,
}

impl Right {
    pub const ALL: [Right; 19] = [
        Right::Open,
        Right::Edit,
        Right::Prioritise,
        Right::OverridePriority,
        Right::Route,
        Right::Take,
        Right::TakeOver,
        Right::Release,
        Right::Assign,
        Right::Note,
        Right::Escalate,
        Right::OverrideHandoff,
        Right::Return,
        Right::Wait,
        Right::Resolve,
        Right::Close,
        Right::Reopen,
        Right::Link,
        Right::ApplyMatrix,
    ];

    /// The word in the matrix. `wait` covers resuming, `close` covers confirming.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Right::Open => "open",
            Right::Edit => "edit",
            Right::Prioritise => "prioritise",
            Right::OverridePriority => "override-priority",
            Right::Route => "route",
            Right::Take => "take",
            Right::TakeOver => "take-over",
            Right::Release => "release",
            Right::Assign => "assign",
            Right::Note => "note",
            Right::Escalate => "escalate",
            Right::OverrideHandoff => "override-handoff",
            Right::Return => "return",
            Right::Wait => "wait",
            Right::Resolve => "resolve",
            Right::Close => "close",
            Right::Reopen => "reopen",
            Right::Link => "link",
            Right::ApplyMatrix => "apply-matrix",
        }
    }
}

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

/// A length of working time in a target's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Time(Span),
    /// Whole working days of the calendar.
    WorkingDays(u16),
}

/// First match wins.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub name: Option<Line>,
    pub when: When,
    pub to: Label,
}

/// What runs down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// At this point of this clock, when this query holds, do that.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub name: Line,
    /// None: the step stands on its query alone (`reopens:>=2`).
    pub clock: Option<(Clock, At)>,
    pub when: Option<When>,
    pub acts: Vec<Act>,
    pub repeat: Option<Repeat>,
}

/// A point of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Of the target, in percent.
    Share(u16),
    /// After (or, negative, before) the target.
    Offset(Span),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// To the usual next group, or to a named one.
    Escalate(Option<Label>),
    /// A person or a role.
    Notify(Label),
    Release,
    Raise,
    Suggest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    pub every: Span,
    pub times: u16,
}

/// What must travel with an escalation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handoff {
    pub fields: Vec<Field>,
    /// Field names required where no rule says otherwise.
    pub default: Vec<Label>,
    /// `"L1 -> Network"`: from a tier or group to a tier or group.
    pub rules: Vec<HandoffRule>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HandoffRule {
    pub from: Label,
    pub to: Label,
    pub require: Vec<Label>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: Label,
    pub label: Line,
    pub help: Option<Line>,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    Person,
    YesNo,
    Choice(Vec<Label>),
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
