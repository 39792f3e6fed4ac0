//! The emptiest command of each kind: what the rules say to it on a ticket is what they would say to any. Never
//! run, only asked about.

use std::collections::BTreeMap;

use crate::domain::event::{Channel, Outcome, Reached, Relation, Requester, ReturnCode, WaitOn};
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};
use crate::rules::Command;
use crate::rules::command::{AskedBy, Confirm, Edit, Escalate, Open, Prioritise, Rate};

pub fn take() -> Command {
    Command::Take { reason: None }
}

pub fn release() -> Command {
    Command::Release { reason: None }
}

pub fn note() -> Command {
    Command::Note { text: Body::default() }
}

pub fn contact() -> Command {
    Command::Contact { text: Body::default(), channel: Channel::Phone }
}

pub fn escalate() -> Command {
    let fields = BTreeMap::new();
    let wish =
        Escalate { to: None, reason: Line::default(), asked_by: AskedBy::Desk, fields, despite_gaps: None };
    Command::Escalate(Box::new(wish))
}

pub fn call_in() -> Command {
    Command::CallIn { who: Label::default(), reason: Line::default() }
}

pub fn rate() -> Command {
    Command::Rate(Rate::default())
}

pub fn give_back() -> Command {
    Command::Return { to: None, code: ReturnCode::Done, reason: None }
}

pub fn route() -> Command {
    Command::Route { to: Label::default(), reason: Line::default() }
}

pub fn assign() -> Command {
    Command::Assign { to: Label::default(), reason: None }
}

/// An impact that no grid has: the answer is "unknown", never "nothing would change".
pub fn prioritise() -> Command {
    Command::Prioritise(Prioritise { impact: Some(Label::default()), ..Prioritise::default() })
}

/// Until the end of days: no ticket waits until then already.
pub fn wait() -> Command {
    Command::Wait { on: WaitOn::Other, until: Some(Stamp(i64::MAX)), reason: None }
}

pub fn resume() -> Command {
    Command::Resume { reason: None }
}

pub fn open() -> Command {
    let open = Open {
        subject: Line::soften("?"),
        description: None,
        requester: Requester { name: Line::soften("?"), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: Prioritise::default(),
        group: None,
        fields: BTreeMap::new(),
    };
    Command::Open(Box::new(open))
}

pub fn edit() -> Command {
    Command::Edit(Box::new(Edit { subject: Some(Line::soften("?")), ..Edit::default() }))
}

/// To itself would be refused; to the number no ticket has is not.
pub fn link() -> Command {
    Command::Link { other: TicketId(-1), relation: Relation::RelatesTo }
}

pub fn resolve() -> Command {
    Command::Resolve { root_cause: Line::default(), resolution: Body::default(), outcome: Outcome::Fixed }
}

pub fn confirm() -> Command {
    Command::Confirm(Confirm {
        reached: Reached::No,
        channel: Channel::Phone,
        satisfaction: None,
        comment: None,
    })
}

pub fn close() -> Command {
    Command::Close { reason: None }
}

pub fn reopen() -> Command {
    Command::Reopen { reason: Line::default() }
}
