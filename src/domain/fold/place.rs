//! Moves between queues. Every move leaves the owner behind: a ticket goes to a group, never to a person.

use crate::domain::event::{Cause, Escalated, Queue, ReturnCode, Returned, Routed};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::{Status, Ticket};

pub fn routed(ticket: &mut Ticket, it: &Routed, at: Stamp) {
    if it.cause == Cause::Person {
        ticket.tally.handoffs += 1;
    }
    arrive(ticket, &it.to, at);
}

pub fn escalated(ticket: &mut Ticket, it: &Escalated, at: Stamp) {
    ticket.tally.handoffs += 1;
    ticket.tally.escalations += 1;
    let left = ticket.place.queue.clone();
    ticket.about.fields.extend(it.handoff.iter().map(|(name, value)| (name.clone(), value.clone())));
    ticket.place.trail.retain(|queue| queue.group != it.to.group);
    if left.group != it.to.group {
        ticket.place.trail.push(left);
    }
    arrive(ticket, &it.to, at);
    work_again(ticket);
}

pub fn returned(ticket: &mut Ticket, it: &Returned, at: Stamp) {
    ticket.tally.handoffs += 1;
    if it.code != ReturnCode::Done {
        ticket.tally.bounces += 1;
    }
    let back = ticket.place.trail.iter().position(|queue| queue.group == it.to.group);
    if let Some(place) = back {
        ticket.place.trail.truncate(place);
    }
    arrive(ticket, &it.to, at);
    work_again(ticket);
}

/// Puts the ticket into a queue.
pub fn arrive(ticket: &mut Ticket, to: &Queue, at: Stamp) {
    if ticket.place.queue.tier != to.tier {
        ticket.place.tier_since = at;
    }
    if ticket.place.queue.group != to.group {
        ticket.place.since = at;
        ticket.owner = None;
    }
    ticket.place.trail.retain(|queue| queue.group != to.group);
    ticket.place.queue = to.clone();
}

fn work_again(ticket: &mut Ticket) {
    if matches!(ticket.status, Status::Waiting(_)) {
        ticket.status = Status::Open;
    }
}
