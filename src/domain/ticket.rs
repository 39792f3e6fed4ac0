//! A ticket as its events tell it: the result of the fold, and what `decide` looks at. Holds nothing that the
//! events don't say.

use std::collections::BTreeMap;

use super::event::{Channel, Prioritised};
use super::event::{HowClosed, Need, Outcome, Quality, Queue, Relation, Requester, Source, WaitOn};
use super::ids::{Seq, TicketId};
use super::stamp::Stamp;
use super::text::{Body, Label, Line};

/// An incident or request.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    /// How many of its events are folded in.
    pub seq: Seq,
    pub about: About,
    pub grade: Prioritised,
    pub place: Place,
    pub owner: Option<Owner>,
    pub status: Status,
    pub tally: Tally,
    pub times: Times,
    pub links: Vec<Link>,
}

/// What it is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    pub subject: Line,
    pub description: Option<Body>,
    pub requester: Requester,
    pub category: Option<Label>,
    pub channel: Channel,
    /// Hand-off fields by name, as far as they are known.
    pub fields: BTreeMap<Label, Body>,
    pub source: Option<Source>,
}

/// Where it is, and where it has been.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    pub queue: Queue,
    pub since: Stamp,
    /// When it entered its tier.
    pub tier_since: Stamp,
    /// The first group: it confirms with the requester in the end.
    pub home: Queue,
    /// The groups it came through and can be returned to, the latest last.
    pub trail: Vec<Queue>,
    /// The escalation that brought it to where it is, as long as it is there.
    pub handoff: Option<Received>,
}

/// An escalation, as its receivers have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// Its number in the ticket's stream.
    pub seq: Seq,
    pub from: Queue,
    /// None: a step of the matrix.
    pub by: Option<Label>,
    pub verdict: Option<Verdict>,
}

/// What they say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub by: Label,
    pub quality: Option<Quality>,
    pub need: Option<Need>,
    pub reason: Option<Line>,
}

/// Who has taken it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    pub name: Label,
    pub since: Stamp,
}

/// Where it stands in its life.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Status {
    #[default]
    Open,
    Waiting(Waiting),
    Resolved(Resolution),
    Closed(HowClosed),
}

/// For whom it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub on: WaitOn,
    pub until: Option<Stamp>,
    pub since: Stamp,
}

/// How it was resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    pub root_cause: Line,
    pub resolution: Body,
    pub outcome: Outcome,
    pub by: Label,
    /// Whose it was then: whose work it is.
    pub owner: Option<Label>,
    pub at: Stamp,
}

/// The status's name, as lists and queries have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    Open,
    Waiting,
    Resolved,
    Closed,
}

impl Phase {
    pub const ALL: [Phase; 4] = [Phase::Open, Phase::Waiting, Phase::Resolved, Phase::Closed];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Phase::Open => "open",
            Phase::Waiting => "waiting",
            Phase::Resolved => "resolved",
            Phase::Closed => "closed",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.name() == name)
    }

    /// Whether somebody still has to work on it.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Phase::Open | Phase::Waiting)
    }
}

impl Status {
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self {
            Status::Open => Phase::Open,
            Status::Waiting(_) => Phase::Waiting,
            Status::Resolved(_) => Phase::Resolved,
            Status::Closed(_) => Phase::Closed,
        }
    }
}

/// How often things happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Moves from one group to another by a person or step.
    pub handoffs: u32,
    pub escalations: u32,
    /// Times it was sent back with its work undone.
    pub bounces: u32,
    pub reopens: u32,
    pub contacts: u32,
    pub notes: u32,
    /// Attempts to confirm with the requester since it was last resolved.
    pub attempts: u32,
    /// 1 to 5, the last that the requester gave.
    pub satisfaction: Option<u8>,
}

/// When things happened, UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    pub opened: Stamp,
    pub updated: Stamp,
    pub first_contact: Option<Stamp>,
    pub last_contact: Option<Stamp>,
    /// The last time it was resolved, even if it was reopened since.
    pub resolved: Option<Stamp>,
    pub closed: Option<Stamp>,
}

/// A link to another ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub other: TicketId,
    pub relation: Relation,
}

impl Ticket {
    /// A ticket of which nothing is known yet.
    #[must_use]
    pub fn blank(id: TicketId) -> Ticket {
        Ticket {
            id,
            seq: Seq(0),
            about: About::default(),
            grade: Prioritised::default(),
            place: Place::default(),
            owner: None,
            status: Status::Open,
            tally: Tally::default(),
            times: Times::default(),
            links: Vec::new(),
        }
    }

    #[must_use]
    pub fn phase(&self) -> Phase {
        self.status.phase()
    }

    /// What the ticket itself says under the name of a hand-off's field: such an answer is never kept beside it, for it
    /// would be the same no more once the ticket is changed.
    #[must_use]
    pub fn says(&self, field: &str) -> Option<&str> {
        match field {
            "summary" => Some(self.about.subject.as_str()),
            "impact" => Some(self.grade.impact.as_str()),
            "urgency" => Some(self.grade.urgency.as_str()),
            "requester" => Some(self.about.requester.name.as_str()),
            "contact" => self.about.requester.contact.as_ref().map(Line::as_str),
            "category" => self.about.category.as_ref().map(Label::as_str),
            _ => None,
        }
    }

    #[must_use]
    pub fn owner_name(&self) -> Option<&str> {
        self.owner.as_ref().map(|owner| owner.name.as_str())
    }

    /// Whether a group is on the way it came.
    #[must_use]
    pub fn came_through(&self, group: &str) -> bool {
        self.place.trail.iter().any(|queue| queue.group == *group)
    }

    fn came_from_below(&self) -> bool {
        self.place.trail.iter().all(|queue| queue.rank < self.place.queue.rank)
    }

    /// What no sequence of accepted commands may break; empty when all is well.
    #[must_use]
    pub fn broken_invariants(&self) -> Vec<&'static str> {
        let checks = [
            (self.seq.0 > 0 && self.about.subject.is_empty(), "a ticket has a subject"),
            (self.place.queue.group.is_empty(), "a ticket is in exactly one group's queue"),
            (self.place.queue.tier.is_empty(), "its group belongs to a tier"),
            (self.place.home.group.is_empty(), "its first group is known"),
            (self.grade.priority.is_empty(), "a ticket has a priority"),
            (self.phase() == Phase::Closed && self.times.closed.is_none(), "a closed ticket has its moment"),
            (
                self.phase() == Phase::Resolved && self.times.resolved.is_none(),
                "a resolved ticket has its moment",
            ),
            (self.phase() == Phase::Closed && self.owner.is_some(), "a closed ticket is nobody's"),
            (self.came_through(self.place.queue.group.as_str()), "it did not come from where it is"),
            (!self.came_from_below(), "the way it came leads up to it"),
            (self.times.updated < self.times.opened, "nothing happened before it was opened"),
            (self.tally.bounces > self.tally.handoffs, "each bounce is a hand-off"),
            (self.links.iter().any(|link| link.other == self.id), "a ticket is not linked to itself"),
        ];
        checks.into_iter().filter_map(|(broken, what)| broken.then_some(what)).collect()
    }
}
