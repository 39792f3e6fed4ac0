//! `apply`: what an event does to a ticket. Total: it can't fail and never judges, for an event is a fact; one
//! that is not known, or resumes what does not wait, changes nothing but the ticket's length and date. One room
//! per family of events.

mod closing;
mod opening;
mod owner;
mod place;

use super::event::{Event, Prioritised, Recorded};
use super::ids::TicketId;
use super::ticket::{Status, Ticket, Waiting};

/// The ticket after one more event.
#[must_use]
pub fn apply(mut ticket: Ticket, recorded: &Recorded) -> Ticket {
    ticket.seq = recorded.seq;
    if !came_by_itself(&recorded.event) {
        ticket.times.updated = ticket.times.updated.max(recorded.at);
    }
    match &recorded.event {
        Event::Opened(it) => opening::opened(&mut ticket, it, recorded),
        Event::Edited(it) => opening::edited(&mut ticket, it),
        Event::Prioritised(it) => ticket.grade = Prioritised { dropped: None, step: None, ..it.clone() },
        Event::Routed(it) => place::routed(&mut ticket, it, recorded.at),
        Event::Escalated(it) => place::escalated(&mut ticket, it, recorded),
        Event::HandoffRated(it) => place::rated(&mut ticket, it, &recorded.author.actor),
        Event::Returned(it) => place::returned(&mut ticket, it, recorded.at),
        Event::CalledIn(_) => more(&mut ticket.tally.escalations),
        Event::Taken(it) => owner::set(&mut ticket, Some(&it.owner), recorded.at),
        Event::Assigned(it) => owner::set(&mut ticket, Some(&it.owner), recorded.at),
        Event::Released(_) => owner::set(&mut ticket, None, recorded.at),
        Event::Noted(_) => more(&mut ticket.tally.notes),
        Event::Contacted(_) => opening::contacted(&mut ticket, recorded.at),
        Event::WaitStarted(it) => {
            ticket.status = Status::Waiting(Waiting { on: it.on, until: it.until, since: recorded.at });
        }
        Event::Resumed(_) => place::work_again(&mut ticket),
        Event::Resolved(it) => closing::resolved(&mut ticket, it, recorded),
        Event::Confirmed(it) => closing::confirmed(&mut ticket, it, recorded.at),
        Event::Closed(it) => closing::closed(&mut ticket, it, recorded.at),
        Event::Reopened(it) => closing::reopened(&mut ticket, it, recorded.at),
        Event::Linked(it) => opening::linked(&mut ticket, it),
        Event::Unlinked(it) => ticket.links.retain(|link| link.other != it.other),
        Event::Warned(_) | Event::Breached(_) | Event::StepFired(_) => {}
        Event::DeskCreated(_) | Event::MatrixApplied(_) | Event::Unknown { .. } => {}
    }
    ticket
}

/// That time passed is no work on a ticket: a stale one stays stale. What a step did to it is an event of its own.
fn came_by_itself(event: &Event) -> bool {
    matches!(event, Event::Warned(_) | Event::Breached(_) | Event::StepFired(_))
}

/// The ticket that a whole stream tells.
#[must_use]
pub fn replay<'a>(id: TicketId, events: impl IntoIterator<Item = &'a Recorded>) -> Ticket {
    events.into_iter().fold(Ticket::blank(id), apply)
}

/// Counts one more. A log of four thousand million events would stop the count, not the desk.
fn more(count: &mut u32) {
    *count = count.saturating_add(1);
}

#[cfg(test)]
mod tests;
