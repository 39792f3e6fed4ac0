//! Moves between queues. Every move leaves the owner behind: a ticket goes to a group, never to a person.

use super::more;
use crate::domain::event::{Cause, Escalated, Queue, ReturnCode, Returned, Routed};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::{Status, Ticket};

pub fn routed(ticket: &mut Ticket, it: &Routed, at: Stamp) {
    if it.cause == Cause::Person {
        more(&mut ticket.tally.handoffs);
    }
    arrive(ticket, &it.to, at);
}

pub fn escalated(ticket: &mut Ticket, it: &Escalated, at: Stamp) {
    more(&mut ticket.tally.handoffs);
    more(&mut ticket.tally.escalations);
    let left = ticket.place.queue.clone();
    ticket.about.fields.extend(it.handoff.iter().map(|(name, value)| (name.clone(), value.clone())));
    arrive(ticket, &it.to, at);
    if left.rank < it.to.rank {
        ticket.place.trail.push(left);
    }
    work_again(ticket);
}

pub fn returned(ticket: &mut Ticket, it: &Returned, at: Stamp) {
    more(&mut ticket.tally.handoffs);
    if it.code != ReturnCode::Done {
        more(&mut ticket.tally.bounces);
    }
    arrive(ticket, &it.to, at);
    work_again(ticket);
}

/// Puts the ticket into a queue. The way it came leads up to it: what it came through later, or on the same
/// height, is no longer part of it.
pub fn arrive(ticket: &mut Ticket, to: &Queue, at: Stamp) {
    if let Some(back) = ticket.place.trail.iter().position(|queue| queue.group == to.group) {
        ticket.place.trail.truncate(back);
    }
    ticket.place.trail.retain(|queue| queue.rank < to.rank);
    if ticket.place.queue.tier != to.tier {
        ticket.place.tier_since = at;
    }
    if ticket.place.queue.group != to.group {
        ticket.place.since = at;
        ticket.owner = None;
    }
    ticket.place.queue = to.clone();
}

/// Ends waiting.
pub fn work_again(ticket: &mut Ticket) {
    if matches!(ticket.status, Status::Waiting(_)) {
        ticket.status = Status::Open;
    }
}
