//! What somebody wants, imperative. Its texts were checked when they were typed; whether it may be done is
//! `decide`'s business.

use std::collections::BTreeMap;

use crate::domain::event::{
    Channel, Need, Outcome, Quality, Reached, Relation, Requester, ReturnCode, WaitOn,
};
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};
use crate::matrix::model::Right;

/// One wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Open(Box<Open>),
    Edit(Box<Edit>),
    Prioritise(Prioritise),
    /// Move to another group of the same tier, or where it should have gone.
    Route {
        to: Label,
        reason: Line,
    },
    /// Take it; taking over from somebody needs a reason.
    Take {
        reason: Option<Line>,
    },
    Release {
        reason: Option<Line>,
    },
    Assign {
        to: Label,
        reason: Option<Line>,
    },
    Note {
        text: Body,
    },
    /// A note that the requester heard or saw.
    Contact {
        text: Body,
        channel: Channel,
    },
    Escalate(Box<Escalate>),
    /// Hierarchical: management is called in, the ticket stays.
    CallIn {
        who: Label,
        reason: Line,
    },
    Rate(Rate),
    Return {
        to: Option<Label>,
        code: ReturnCode,
        reason: Option<Line>,
    },
    Wait {
        on: WaitOn,
        until: Option<Stamp>,
        reason: Option<Line>,
    },
    Resume {
        reason: Option<Line>,
    },
    Resolve {
        root_cause: Line,
        resolution: Body,
        outcome: Outcome,
    },
    Confirm(Confirm),
    /// Close without the requester's word, on the grounds the matrix gives.
    Close {
        reason: Option<Line>,
    },
    Reopen {
        reason: Line,
    },
    Link {
        other: TicketId,
        relation: Relation,
    },
    Unlink {
        other: TicketId,
    },
}

/// A new ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    pub subject: Line,
    pub description: Option<Body>,
    pub requester: Requester,
    pub category: Option<Label>,
    pub channel: Channel,
    pub grade: Prioritise,
    /// None: the routes of the matrix decide.
    pub group: Option<Label>,
    pub fields: BTreeMap<Label, Body>,
}

/// Changes to what a ticket says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edit {
    pub subject: Option<Line>,
    pub description: Option<Body>,
    pub requester: Option<Requester>,
    pub category: Option<Label>,
    pub fields: BTreeMap<Label, Body>,
    pub cleared: Vec<Label>,
}

/// Impact and urgency; what is left out stays, or is the grid's default for a new ticket.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prioritise {
    pub impact: Option<Label>,
    pub urgency: Option<Label>,
    /// A priority against the grid, and why.
    pub against_grid: Option<(Label, Line)>,
}

/// To a group of a higher tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalate {
    /// None: the usual next group.
    pub to: Option<Label>,
    pub reason: Line,
    pub asked_by: AskedBy,
    /// Hand-off fields filled in now, beside those the ticket has.
    pub fields: BTreeMap<Label, Body>,
    /// Why it must go although the hand-off has gaps.
    pub despite_gaps: Option<Line>,
}

/// What the receivers say of the escalation that brought them the ticket; what is left out stays as it was said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rate {
    pub quality: Option<Quality>,
    pub need: Option<Need>,
    pub reason: Option<Line>,
}

/// On whose wish a ticket is escalated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AskedBy {
    #[default]
    Desk,
    Requester,
}

/// An attempt to hear from the requester whether all is well; reached, it closes the ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    pub reached: Reached,
    pub channel: Channel,
    /// 1 to 5.
    pub satisfaction: Option<u8>,
    pub comment: Option<Body>,
}

impl Command {
    /// Why, where somebody said so.
    #[must_use]
    pub fn reason(&self) -> Option<&Line> {
        match self {
            Command::Route { reason, .. } | Command::CallIn { reason, .. } | Command::Reopen { reason } => {
                Some(reason)
            }
            Command::Take { reason }
            | Command::Release { reason }
            | Command::Assign { reason, .. }
            | Command::Return { reason, .. }
            | Command::Wait { reason, .. }
            | Command::Resume { reason }
            | Command::Close { reason } => reason.as_ref(),
            Command::Escalate(wish) => Some(&wish.reason),
            Command::Rate(wish) => wish.reason.as_ref(),
            Command::Prioritise(wish) => wish.against_grid.as_ref().map(|(_, reason)| reason),
            Command::Open(open) => open.grade.against_grid.as_ref().map(|(_, reason)| reason),
            Command::Edit(_)
            | Command::Note { .. }
            | Command::Contact { .. }
            | Command::Resolve { .. }
            | Command::Confirm(_)
            | Command::Link { .. }
            | Command::Unlink { .. } => None,
        }
    }

    /// The right it needs, before anything that depends on the ticket.
    #[must_use]
    pub fn right(&self) -> Right {
        match self {
            Command::Open(_) => Right::Open,
            Command::Edit(_) => Right::Edit,
            Command::Prioritise(_) => Right::Prioritise,
            Command::Route { .. } => Right::Route,
            // Whoever may take it has received it.
            Command::Take { .. } | Command::Rate(_) => Right::Take,
            Command::Release { .. } => Right::Release,
            Command::Assign { .. } => Right::Assign,
            Command::Note { .. } | Command::Contact { .. } => Right::Note,
            Command::Escalate(_) | Command::CallIn { .. } => Right::Escalate,
            Command::Return { .. } => Right::Return,
            Command::Wait { .. } | Command::Resume { .. } => Right::Wait,
            Command::Resolve { .. } => Right::Resolve,
            Command::Confirm(_) | Command::Close { .. } => Right::Close,
            Command::Reopen { .. } => Right::Reopen,
            Command::Link { .. } | Command::Unlink { .. } => Right::Link,
        }
    }
}
