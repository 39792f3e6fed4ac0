//! Resolving, confirming, closing, reopening.

use super::more;
use super::place::arrive;
use crate::domain::event::{Closed, Confirmed, Reached, Recorded, Reopened, Resolved};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::{Resolution, Status, Ticket};

pub fn resolved(ticket: &mut Ticket, it: &Resolved, recorded: &Recorded) {
    let at = it.ended.unwrap_or(recorded.at).max(ticket.times.opened);
    ticket.status = Status::Resolved(Resolution {
        root_cause: it.root_cause.clone(),
        resolution: it.resolution.clone(),
        outcome: it.outcome,
        by: recorded.author.actor.clone(),
        owner: ticket.owner.as_ref().map(|owner| owner.name.clone()),
        at,
    });
    ticket.times.resolved = Some(at);
    ticket.tally.attempts = 0;
    if let Some(to) = &it.to {
        arrive(ticket, to, recorded.at);
    }
}

pub fn confirmed(ticket: &mut Ticket, it: &Confirmed, at: Stamp) {
    more(&mut ticket.tally.attempts);
    ticket.tally.satisfaction = it.satisfaction.or(ticket.tally.satisfaction);
    if it.reached == Reached::Yes {
        super::opening::contacted(ticket, at);
    }
}

pub fn closed(ticket: &mut Ticket, it: &Closed, at: Stamp) {
    ticket.status = Status::Closed(it.how);
    ticket.times.closed = Some(at);
    ticket.owner = None;
}

pub fn reopened(ticket: &mut Ticket, it: &Reopened, at: Stamp) {
    ticket.status = Status::Open;
    more(&mut ticket.tally.reopens);
    ticket.times.closed = None;
    if let Some(to) = &it.to {
        arrive(ticket, to, at);
    }
}
