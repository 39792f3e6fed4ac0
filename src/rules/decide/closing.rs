//! Resolving, confirming with the requester, closing, reopening.

use super::succeed::{succeed, window_over};
use super::{Decision, not_closed};
use crate::domain::case::same;
use crate::domain::event::{Closed, Confirmed, Event, HowClosed, Outcome, Reached, Reopened, Resolved, Rest};
use crate::domain::ids::TicketId;
use crate::domain::text::{Body, Line, says_something};
use crate::domain::ticket::{Phase, Resolution, Status, Ticket};
use crate::matrix::model::Right;
use crate::rules::command::Confirm;
use crate::rules::{Context, Refusal, authority, route};

/// Asked before anybody's right to resolve it: what is resolved needs nobody's leave to stay so.
pub fn unresolved(ticket: &Ticket) -> Result<(), Refusal> {
    match ticket.phase() {
        Phase::Resolved => Err(Refusal::state(
            format!("{} is resolved already", ticket.id),
            "confirm it with the requester, or reopen it first",
        )),
        Phase::Open | Phase::Waiting | Phase::Closed => not_closed(ticket),
    }
}

pub fn resolve(
    ticket: &Ticket,
    cause: &Line,
    resolution: &Body,
    outcome: Outcome,
    ctx: &Context,
) -> Decision {
    authority::at_home(ctx, ticket, Right::Resolve, "resolving")?;
    for (field, text) in [("root-cause", cause.as_str()), ("resolution", resolution.as_str())] {
        if !says_something(text) {
            return Err(Refusal::missing(
                field,
                format!("the {field} says nothing"),
                "write what you found, in words",
            ));
        }
    }
    let place = &ticket.place;
    let home = route::standing(ctx, &place.home.group).filter(|home| home.group != place.queue.group);
    let resolved = Resolved {
        root_cause: cause.clone(),
        resolution: resolution.clone(),
        outcome,
        to: home,
        ended: None,
        rest: Rest::new(),
    };
    Ok(vec![resolved.into()])
}

pub fn confirm(ticket: &Ticket, wish: &Confirm, ctx: &Context) -> Decision {
    let resolution = resolved(ticket)?;
    authority::at_front(ctx, ticket, "confirming")?;
    if wish.satisfaction.is_some_and(|score| !(1..=5).contains(&score)) {
        return Err(Refusal::missing(
            "satisfaction",
            "satisfaction goes from 1 to 5",
            "give a number from 1 to 5, or none",
        ));
    }
    if wish.reached == Reached::No && wish.satisfaction.is_some() {
        return Err(Refusal::missing(
            "satisfaction",
            "somebody who was not reached can't have said how satisfied they are",
            "leave the score out, or say that they were reached",
        ));
    }
    let worker = [Some(&resolution.by), resolution.owner.as_ref()].into_iter().flatten();
    // In any case: before there were people in the matrix, names were kept as they were typed.
    let own_work =
        worker.into_iter().any(|name| same(name.as_str(), ctx.me())) && !ctx.matrix.team.people.is_empty();
    if own_work && wish.satisfaction.is_some() {
        return Err(Refusal::authority(
            format!("{} worked on {} and can't enter how satisfied its requester is", ctx.me(), ticket.id),
            "leave the score out, or let a colleague ask",
        ));
    }
    let confirmed = Confirmed {
        reached: wish.reached,
        channel: wish.channel,
        satisfaction: wish.satisfaction,
        comment: wish.comment.clone(),
        rest: Rest::new(),
    };
    let mut events: Vec<Event> = vec![confirmed.into()];
    if wish.reached == Reached::Yes {
        events.push(Closed { how: HowClosed::Confirmed, reason: None, rest: Rest::new() }.into());
    }
    Ok(events)
}

pub fn close(ticket: &Ticket, reason: Option<&Line>, ctx: &Context) -> Decision {
    let resolution = resolved(ticket)?;
    authority::at_front(ctx, ticket, "closing")?;
    let (tried, needed) = (ticket.tally.attempts, ctx.matrix.closing.attempts);
    let how = match resolution.outcome {
        Outcome::Duplicate | Outcome::Withdrawn => HowClosed::Other,
        _ if tried >= needed => HowClosed::Unreachable,
        _ => {
            return Err(Refusal::state(
                format!("the requester of {} has not confirmed ({tried} of {needed} attempts)", ticket.id),
                "confirm it with them, or note an attempt that did not reach them",
            ));
        }
    };
    Ok(vec![Closed { how, reason: reason.cloned(), rest: Rest::new() }.into()])
}

pub fn reopen(ticket: &Ticket, reason: &Line, ctx: &Context) -> Decision {
    if ticket.phase().is_live() {
        return Err(Refusal::state(
            format!("{} is {}", ticket.id, ticket.phase().name()),
            "there is nothing to reopen",
        ));
    }
    if window_over(ticket, ctx).is_some() {
        return Ok(succeed(ticket, reason, TicketId::DESK, ctx)?.old);
    }
    let here = &ticket.place.queue.group;
    let to = match ctx.matrix.group(here.as_str()) {
        Some(_) => None,
        None => route::standing(ctx, &ticket.place.home.group),
    };
    Ok(vec![Reopened { reason: reason.clone(), to, rest: Rest::new() }.into()])
}

fn resolved(ticket: &Ticket) -> Result<&Resolution, Refusal> {
    not_closed(ticket)?;
    match &ticket.status {
        Status::Resolved(resolution) => Ok(resolution),
        Status::Open | Status::Waiting(_) | Status::Closed(_) => Err(Refusal::state(
            format!("{} is not resolved yet", ticket.id),
            "resolve it first: root cause, resolution, outcome",
        )),
    }
}
