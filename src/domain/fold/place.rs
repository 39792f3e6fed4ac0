//! Moves between queues. Every move leaves the owner behind: a ticket goes to a group, never to a person.

use super::more;
use crate::domain::event::{
    Cause, Escalated, HandoffRated, Queue, Recorded, ReturnCode, Returned, Routed, Trigger,
};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label};
use crate::domain::ticket::{Received, Status, Ticket, Verdict};

pub fn routed(ticket: &mut Ticket, it: &Routed, at: Stamp) {
    if it.cause == Cause::Person {
        more(&mut ticket.tally.handoffs);
    }
    let left = ticket.place.queue.clone();
    arrive(ticket, &it.to, at);
    // A route may send a ticket up; whoever finds it wrong there sends it back.
    if it.cause == Cause::Route {
        came_up(ticket, left);
    }
}

pub fn escalated(ticket: &mut Ticket, it: &Escalated, recorded: &Recorded) {
    more(&mut ticket.tally.handoffs);
    more(&mut ticket.tally.escalations);
    let left = ticket.place.queue.clone();
    let own = |(name, value): &(&Label, &Body)| ticket.says(name.as_str()) == Some(value.as_str());
    let answers = it.handoff.iter().filter(|answer| !own(answer));
    let answers: Vec<_> = answers.map(|(name, value)| (name.clone(), value.clone())).collect();
    ticket.about.fields.extend(answers);
    arrive(ticket, &it.to, recorded.at);
    came_up(ticket, left);
    work_again(ticket);
    let by = match it.trigger {
        Trigger::Step(_) => None,
        Trigger::Person | Trigger::Requester | Trigger::Route(_) | Trigger::Other => {
            Some(recorded.author.actor.clone())
        }
    };
    let received = Received { seq: recorded.seq, from: it.from.clone(), by, verdict: None };
    ticket.place.handoff = Some(received);
}

/// A verdict on an escalation that is past by now changes nothing.
pub fn rated(ticket: &mut Ticket, it: &HandoffRated, by: &Label) {
    if let Some(received) = ticket.place.handoff.as_mut().filter(|received| received.seq == it.handoff) {
        let (by, reason) = (by.clone(), it.reason.clone());
        received.verdict = Some(Verdict { by, quality: it.quality, need: it.need, reason });
    }
}

pub fn returned(ticket: &mut Ticket, it: &Returned, at: Stamp) {
    more(&mut ticket.tally.handoffs);
    if it.code != ReturnCode::Done {
        more(&mut ticket.tally.bounces);
    }
    arrive(ticket, &it.to, at);
    work_again(ticket);
}

fn came_up(ticket: &mut Ticket, left: Queue) {
    if left.rank < ticket.place.queue.rank {
        ticket.place.trail.push(left);
    }
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
        ticket.place.handoff = None;
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
