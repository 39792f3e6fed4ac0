//! Who must hear of what happened: from an event and the ticket after it, nothing else, so that the same log always
//! tells the same people. Never asks who that is just now (a role's people, a group's members): whoever reads or
//! delivers knows. Tells nobody what they did themselves, and keeps to what somebody has to act on.

use std::fmt;
use std::str::FromStr;

use super::event::{ActKind, Event, Recorded, StepFired, Trigger};
use super::text::Label;
use super::ticket::Ticket;

/// To whom a notice goes. Stored as `person:mia`, `group:Network`, `named:supervisor`; never change these words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Addressee {
    Person(Label),
    /// Everybody of a group.
    Group(Label),
    /// Whom the matrix calls by this name, a person or everybody of a role: the event doesn't say which.
    Named(Label),
}

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, name) = match self {
            Addressee::Person(name) => ("person", name),
            Addressee::Group(name) => ("group", name),
            Addressee::Named(name) => ("named", name),
        };
        write!(f, "{kind}:{name}")
    }
}

/// A text that names no addressee of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names nobody to tell")]
pub struct NoAddressee(pub String);

impl FromStr for Addressee {
    type Err = NoAddressee;

    fn from_str(text: &str) -> Result<Self, NoAddressee> {
        let none = || NoAddressee(text.to_owned());
        let (kind, name) = text.split_once(':').ok_or_else(none)?;
        let name = Label::new(name).map_err(|_| none())?;
        match kind {
            "person" => Ok(Addressee::Person(name)),
            "group" => Ok(Addressee::Group(name)),
            "named" => Ok(Addressee::Named(name)),
            _ => Err(none()),
        }
    }
}

/// Who must hear of an event, each once; `ticket` is as it is after it, `was` who owned it before. What history brought
/// in, and the desk's own stream, are not to be asked about.
#[must_use]
pub fn notices(recorded: &Recorded, ticket: &Ticket, was: Option<&Label>) -> Vec<Addressee> {
    let mut whom = concerned(recorded, ticket);
    whom.extend(was.filter(|_| leaves_its_owner(&recorded.event)).cloned().map(Addressee::Person));
    whom.sort();
    whom.dedup();
    whom.retain(
        |one| !matches!((one, doer(recorded)), (Addressee::Person(name), Some(doer)) if name == doer),
    );
    whom
}

/// The person who did it; none where the matrix did, whoever noticed it.
#[must_use]
pub fn doer(recorded: &Recorded) -> Option<&Label> {
    let by_itself = match &recorded.event {
        Event::Warned(_) | Event::Breached(_) | Event::StepFired(_) => true,
        Event::Resumed(it) => it.due.is_some(),
        Event::Escalated(it) => matches!(it.trigger, Trigger::Step(_)),
        Event::CalledIn(it) => matches!(it.trigger, Trigger::Step(_)),
        _ => false,
    };
    (!by_itself).then_some(&recorded.author.actor)
}

/// Whose it was does not see it any more. Where a step did it, the step's own event has told them.
fn leaves_its_owner(event: &Event) -> bool {
    match event {
        Event::Escalated(it) => !matches!(it.trigger, Trigger::Step(_)),
        Event::Routed(_) | Event::Returned(_) => true,
        _ => false,
    }
}

fn concerned(recorded: &Recorded, ticket: &Ticket) -> Vec<Addressee> {
    match &recorded.event {
        Event::Warned(_) | Event::Breached(_) => vec![keeper(ticket)],
        Event::StepFired(it) => stepped(it, ticket),
        Event::Resumed(it) if it.due.is_some() => vec![keeper(ticket)],
        Event::Escalated(it) => vec![Addressee::Group(it.to.group.clone())],
        Event::Returned(it) => vec![Addressee::Group(it.to.group.clone())],
        Event::Routed(it) => vec![Addressee::Group(it.to.group.clone())],
        Event::Resolved(it) => it.to.iter().map(|to| Addressee::Group(to.group.clone())).collect(),
        Event::Reopened(_) => vec![keeper(ticket)],
        Event::CalledIn(it) => vec![Addressee::Named(it.who.clone())],
        Event::Assigned(it) => {
            std::iter::once(&it.owner).chain(&it.from).cloned().map(Addressee::Person).collect()
        }
        Event::Taken(it) => it.from.iter().cloned().map(Addressee::Person).collect(),
        // Where a step did it, the step's own event has told its owner: this one begins no command then.
        Event::Released(it) if recorded.command.is_some() => vec![Addressee::Person(it.owner.clone())],
        _ => Vec::new(),
    }
}

/// Whose it is to see to it: the owner, or everybody who could take it.
fn keeper(ticket: &Ticket) -> Addressee {
    match &ticket.owner {
        Some(owner) => Addressee::Person(owner.name.clone()),
        None => Addressee::Group(ticket.place.queue.group.clone()),
    }
}

/// Whom it names; its owner, where it does something to the ticket, for that is told of nowhere else; whoever could
/// follow it, where it suggests.
fn stepped(it: &StepFired, ticket: &Ticket) -> Vec<Addressee> {
    let done = it.did.iter().filter(|deed| deed.skipped.is_none());
    let whom = done.filter_map(|deed| match deed.act {
        ActKind::Notify => deed.who.clone().map(Addressee::Named),
        ActKind::Suggest => Some(keeper(ticket)),
        ActKind::Escalate | ActKind::Release | ActKind::Raise | ActKind::Other => {
            ticket.owner.as_ref().map(|owner| Addressee::Person(owner.name.clone()))
        }
    });
    whom.collect()
}

#[cfg(test)]
mod tests;
