//! The words of the language: every field with its example and help, every word of a closed set. The parser,
//! the writer, completion and the help page all read these tables; nothing else lists them.

use super::{CountField, LevelField, NameField, SaidField, SortKey, State, TimeField};
use crate::domain::event::Channel;
use crate::domain::ticket::Phase;

/// What kind of values a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    State,
    Status,
    Channel,
    Name(NameField),
    Level(LevelField),
    Time(TimeField),
    Count(CountField),
    Said(SaidField),
    Sort,
}

/// A field of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub also: &'static [&'static str],
    pub kind: Kind,
    pub example: &'static str,
    pub help: &'static str,
}

const fn field(name: &'static str, kind: Kind, example: &'static str, help: &'static str) -> Field {
    Field { name, also: &[], kind, example, help }
}

/// Every field, the most used first.
pub const FIELDS: [Field; 23] = [
    field("is", Kind::State, "is:open,unowned", "a state: open, waiting, unowned, mine, ours, due …"),
    Field {
        name: "prio",
        also: &["priority"],
        kind: Kind::Level(LevelField::Priority),
        example: "prio:P1..P2",
        help: "a priority, or a range of them",
    },
    field("tier", Kind::Level(LevelField::Tier), "tier:L2..", "a support level, or a range of them"),
    field("group", Kind::Name(NameField::Group), "group:mine", "in whose queue it is; mine, none"),
    field("owner", Kind::Name(NameField::Owner), "owner:me", "who took it; me, none"),
    field("due", Kind::Time(TimeField::Due), "due:<30m", "time to its next moment; below 0 when past; none"),
    field("age", Kind::Time(TimeField::Age), "age:>2d", "time since it was opened"),
    field("status", Kind::Status, "status:waiting", "open, waiting, resolved or closed"),
    field("category", Kind::Name(NameField::Category), "category:hardware/*", "what it is about; none"),
    field("requester", Kind::Said(SaidField::Requester), "requester:obi", "words of the requester's name"),
    field("subject", Kind::Said(SaidField::Subject), "subject:\"vpn drop\"", "words of the subject"),
    field("text", Kind::Said(SaidField::Text), "text:vpn*", "words of anything that was said"),
    field("id", Kind::Count(CountField::Id), "id:1000..1100", "the ticket's number, as #1042"),
    field(
        "opened",
        Kind::Time(TimeField::Opened),
        "opened:2026-11-01..2026-11-05",
        "a day (UTC), or how long ago",
    ),
    field("updated", Kind::Time(TimeField::Updated), "updated:>3d", "a day (UTC), or how long ago"),
    field("resolved", Kind::Time(TimeField::Resolved), "resolved:<1d", "a day (UTC), or how long ago; none"),
    field(
        "closed",
        Kind::Time(TimeField::Closed),
        "closed:>=2026-11-01",
        "a day (UTC), or how long ago; none",
    ),
    field("reopens", Kind::Count(CountField::Reopens), "reopens:>=2", "how often it was reopened"),
    field("bounces", Kind::Count(CountField::Bounces), "bounces:>0", "how often it was sent back"),
    field("handoffs", Kind::Count(CountField::Handoffs), "handoffs:3..", "how often it changed groups"),
    field("escalations", Kind::Count(CountField::Escalations), "escalations:0", "how often it was escalated"),
    field("channel", Kind::Channel, "channel:phone,mail", "how it came in"),
    field("sort", Kind::Sort, "sort:due,-age", "the order; - turns it round"),
];

/// Fields that lists don't offer but the language has.
pub const RARE_FIELDS: [Field; 2] = [
    field("impact", Kind::Name(NameField::Impact), "impact:extensive", "how much of the business is hit"),
    field("urgency", Kind::Name(NameField::Urgency), "urgency:high", "how soon it hurts"),
];

/// The words of `is:`, with those that mean the same after it.
pub const STATES: [(State, &[&str], &str); 13] = [
    (State::Open, &["open"], "not resolved, not closed"),
    (State::Waiting, &["waiting"], "waiting for somebody"),
    (State::Resolved, &["resolved"], "resolved, not yet closed"),
    (State::Closed, &["closed"], "closed"),
    (State::Unowned, &["unowned", "unassigned"], "nobody took it"),
    (State::Owned, &["owned", "assigned"], "somebody took it"),
    (State::Mine, &["mine"], "I took it"),
    (State::OurGroups, &["ours"], "in a queue of one of my groups"),
    (State::Due, &["due", "overdue"], "its clock, or its waiting, has run out"),
    (State::Breached, &["breached"], "its clock in force has run out"),
    (State::Warned, &["warned"], "its clock in force stands warned, or is breached"),
    (State::Escalated, &["escalated"], "escalated at least once"),
    (State::Reopened, &["reopened"], "reopened at least once"),
];

/// The words of `sort:`.
pub const SORT_KEYS: [(SortKey, &[&str]); 15] = [
    (SortKey::Priority, &["prio", "priority"]),
    (SortKey::Due, &["due"]),
    (SortKey::Age, &["age"]),
    (SortKey::Opened, &["opened"]),
    (SortKey::Updated, &["updated"]),
    (SortKey::Resolved, &["resolved"]),
    (SortKey::Closed, &["closed"]),
    (SortKey::Id, &["id"]),
    (SortKey::Tier, &["tier"]),
    (SortKey::Group, &["group"]),
    (SortKey::Owner, &["owner"]),
    (SortKey::Requester, &["requester"]),
    (SortKey::Subject, &["subject"]),
    (SortKey::Category, &["category"]),
    (SortKey::Status, &["status"]),
];

/// Every field there is.
pub fn all() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().chain(&RARE_FIELDS)
}

/// The field of this name, in any case.
#[must_use]
pub fn named(word: &str) -> Option<&'static Field> {
    all().find(|field| field.words().any(|name| name.eq_ignore_ascii_case(word)))
}

/// The name of the field with these values.
pub(super) fn name_of(kind: Kind) -> &'static str {
    all().find(|field| field.kind == kind).map_or("text", |field| field.name)
}

impl Field {
    /// All its names, the usual one first.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }

    /// The words it takes, where those are a closed set or have a meaning of their own: what completion offers.
    #[must_use]
    pub fn choices(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::State => STATES.iter().filter_map(|(_, words, _)| words.first().copied()).collect(),
            Kind::Sort => SORT_KEYS.iter().filter_map(|(_, words)| words.first().copied()).collect(),
            Kind::Status => Phase::ALL.map(Phase::name).to_vec(),
            Kind::Channel => Channel::ALL.map(Channel::name).to_vec(),
            Kind::Name(NameField::Group) => vec!["mine", "none"],
            Kind::Name(NameField::Owner) => vec!["me", "none"],
            Kind::Name(_) | Kind::Time(TimeField::Due | TimeField::Resolved | TimeField::Closed) => {
                vec!["none"]
            }
            Kind::Level(_) | Kind::Time(_) | Kind::Count(_) | Kind::Said(_) => Vec::new(),
        }
    }
}
