//! The receivers' verdict on a hand-off. Theirs alone, as long as the ticket is with them, and never the sender's.

use super::{Decision, not_closed};
use crate::domain::case::same;
use crate::domain::event::{HandoffRated, Rest};
use crate::domain::ticket::{Received, Ticket};
use crate::rules::command::Rate;
use crate::rules::{Context, Refusal, authority};

pub fn rate(ticket: &Ticket, wish: &Rate, ctx: &Context) -> Decision {
    not_closed(ticket)?;
    let received = received(ticket)?;
    receiver(ticket, received, ctx)?;
    if wish.quality.is_none() && wish.need.is_none() {
        return Err(Refusal::missing(
            "quality",
            "nothing is said of the hand-off",
            "say whether it was complete or poor, or whether the escalation was needed or avoidable",
        ));
    }
    let before = received.verdict.as_ref();
    let rated = HandoffRated {
        handoff: received.seq,
        quality: wish.quality.or(before.and_then(|verdict| verdict.quality)),
        need: wish.need.or(before.and_then(|verdict| verdict.need)),
        reason: wish.reason.clone().or(before.and_then(|verdict| verdict.reason.clone())),
        rest: Rest::new(),
    };
    let same = |it: &crate::domain::ticket::Verdict| {
        (it.quality, it.need, &it.reason) == (rated.quality, rated.need, &rated.reason)
    };
    if before.is_some_and(same) {
        return Err(Refusal::state(
            format!("that is what was said of the hand-off of {} already", ticket.id),
            "say something else of it, or leave it",
        ));
    }
    Ok(vec![rated.into()])
}

fn received(ticket: &Ticket) -> Result<&Received, Refusal> {
    ticket.place.handoff.as_ref().ok_or_else(|| {
        Refusal::state(
            format!("{} did not come to {} by an escalation", ticket.id, ticket.place.queue.group),
            "only who has received a hand-off, and still has the ticket, can rate it",
        )
    })
}

fn receiver(ticket: &Ticket, received: &Received, ctx: &Context) -> Result<(), Refusal> {
    let (me, group) = (ctx.me(), ticket.place.queue.group.as_str());
    if !authority::works_in(ctx.matrix, me, group) {
        return Err(Refusal::authority(
            format!("{} was handed to {group}, and {me} does not work there", ticket.id),
            format!("leave it to somebody of {group}"),
        ));
    }
    let own =
        received.by.as_ref().is_some_and(|by| same(by.as_str(), me)) && !ctx.matrix.team.people.is_empty();
    if own {
        return Err(Refusal::authority(
            format!("{me} escalated {} and can't rate that hand-off", ticket.id),
            format!("leave it to somebody else of {group}"),
        ));
    }
    Ok(())
}
