//! `decide`: a command against a ticket gives the events to record, or a refusal. Pure; one room per family.
//! Never returns an empty list: a command that would change nothing is refused and says so.

mod closing;
pub(super) mod grade;
mod link;
mod open;
pub(super) mod owner;
pub(super) mod place;
mod rate;
mod succeed;
mod wait;

pub use succeed::{Succession, succeed, window_over};

use super::{Command, Context, Refusal, authority, fields};
use crate::domain::event::{Contacted, Event, Noted, Recorded, Rest};
use crate::domain::fold::apply;
use crate::domain::ids::EventId;
use crate::domain::text::says_something;
use crate::domain::ticket::{Phase, Ticket};

/// What a decision gives.
pub type Decision = Result<Vec<Event>, Refusal>;

/// Decides a command on the ticket it is about; `None` for a new one. Where reopening means opening another ticket
/// ([`window_over`]), this is only what it comes to here, with a number that is no ticket's; [`succeed`] has the rest.
///
/// # Errors
/// A refusal: why not, and what would help.
pub fn decide(ticket: Option<&Ticket>, command: &Command, ctx: &Context) -> Decision {
    if let (Command::Resolve { .. }, Some(ticket)) = (command, ticket) {
        closing::unresolved(ticket)?;
    }
    authority::check(ctx, command.right(), ticket)?;
    let events = match (command, ticket) {
        (Command::Open(open), None) => open::open(open, ctx),
        (_, None) => Err(Refusal::state("there is no such ticket", "look it up with `tierline list`")),
        (command, Some(ticket)) => on_ticket(ticket, command, ctx),
    }?;
    in_words(command)?;
    Ok(events)
}

fn on_ticket(ticket: &Ticket, command: &Command, ctx: &Context) -> Decision {
    match command {
        Command::Open(_) => Err(Refusal::state(
            format!("{} is open already", ticket.id),
            "open a new ticket without naming one",
        )),
        Command::Edit(edit) => open::edit(ticket, edit, ctx),
        Command::Prioritise(wish) => grade::prioritise(ticket, wish, ctx),
        Command::Route { to, reason } => place::route(ticket, to, reason, ctx),
        Command::Take { reason } => owner::take(ticket, reason.as_ref(), ctx),
        Command::Release { reason } => owner::release(ticket, reason.as_ref(), ctx),
        Command::Assign { to, reason } => owner::assign(ticket, to, reason.as_ref(), ctx),
        Command::Note { text } => Ok(vec![Noted { text: text.clone(), rest: Rest::new() }.into()]),
        Command::Contact { text, channel } => {
            not_closed(ticket)?;
            if !says_something(text.as_str()) {
                return Err(Refusal::missing(
                    "text",
                    "the contact says nothing, and would stop clocks",
                    "write what was said, in words",
                ));
            }
            Ok(vec![Contacted { text: text.clone(), channel: *channel, rest: Rest::new() }.into()])
        }
        Command::Escalate(wish) => {
            let events = place::escalate(ticket, wish, ctx).map_err(|no| fields::with_despite(wish, no))?;
            fields::worded(wish).map(|()| events)
        }
        Command::CallIn { who, reason } => place::call_in(ticket, who, reason, ctx),
        Command::Rate(wish) => rate::rate(ticket, wish, ctx),
        Command::Return { to, code, reason } => {
            place::give_back(ticket, to.as_ref(), *code, reason.as_ref(), ctx)
        }
        Command::Wait { on, until, reason } => wait::wait(ticket, *on, *until, reason.as_ref(), ctx),
        Command::Resume { reason } => wait::resume(ticket, reason.as_ref(), ctx),
        Command::Resolve { root_cause, resolution, outcome } => {
            closing::resolve(ticket, root_cause, resolution, *outcome, ctx)
        }
        Command::Confirm(confirm) => closing::confirm(ticket, confirm, ctx),
        Command::Close { reason } => closing::close(ticket, reason.as_ref(), ctx),
        Command::Reopen { reason } => closing::reopen(ticket, reason, ctx),
        Command::Link { other, relation } => link::link(ticket, *other, *relation),
        Command::Unlink { other } => link::unlink(ticket, *other),
    }
}

/// The ticket as it will be once these events are recorded.
fn with(ticket: &Ticket, events: &[Event], ctx: &Context) -> Ticket {
    events.iter().fold(ticket.clone(), |ticket, event| {
        let recorded = foretold(&ticket, event, ctx);
        apply(ticket, &recorded)
    })
}

/// An event as the log will hold it if nothing comes between.
pub(super) fn foretold(ticket: &Ticket, event: &Event, ctx: &Context) -> Recorded {
    Recorded {
        id: EventId(0),
        ticket: ticket.id,
        seq: ticket.seq.next(),
        at: ctx.now,
        author: ctx.author.clone(),
        event: event.clone(),
        matrix: 0,
        command: None,
    }
}

/// Refuses a reason that says nothing: white space and punctuation are no answer. Asked last, for what can't be
/// done at all needs no reason.
fn in_words(command: &Command) -> Result<(), Refusal> {
    match command.reason() {
        Some(reason) if !says_something(reason.as_str()) => {
            Err(Refusal::missing("reason", "the reason says nothing", "say why, in words"))
        }
        _ => Ok(()),
    }
}

/// Refuses work on a ticket whose book is closed.
fn not_closed(ticket: &Ticket) -> Result<(), Refusal> {
    match ticket.phase() {
        Phase::Closed => {
            Err(Refusal::state(format!("{} is closed", ticket.id), "reopen it first, with the reason"))
        }
        Phase::Open | Phase::Waiting | Phase::Resolved => Ok(()),
    }
}

/// Refuses what only a ticket in work can have done to it.
fn live(ticket: &Ticket) -> Result<(), Refusal> {
    not_closed(ticket)?;
    match ticket.phase() {
        Phase::Resolved => Err(Refusal::state(
            format!("{} is resolved", ticket.id),
            "reopen it first, or confirm it with the requester",
        )),
        Phase::Open | Phase::Waiting | Phase::Closed => Ok(()),
    }
}

#[cfg(test)]
mod tests;
