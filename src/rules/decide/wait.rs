//! Waiting for somebody else, and going on.

use super::{Decision, live};
use crate::domain::event::{Rest, Resumed, WaitOn, WaitStarted};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Line;
use crate::domain::ticket::{Status, Ticket};
use crate::matrix::model::Right;
use crate::rules::{Context, Refusal, authority};

/// Farther away it is a slip of the finger.
const FARTHEST: Span = Span(Span::DAY.0 * 3_650);

pub fn wait(
    ticket: &Ticket,
    on: WaitOn,
    until: Option<Stamp>,
    reason: Option<&Line>,
    ctx: &Context,
) -> Decision {
    live(ticket)?;
    authority::at_home(ctx, ticket, Right::Wait, "pausing")?;
    if until.is_some_and(|until| until <= ctx.now) {
        return Err(Refusal::missing(
            "until",
            "that moment has passed",
            "give one that is still to come, like 2d or 17:00",
        ));
    }
    if until.is_some_and(|until| until.since(ctx.now) > FARTHEST) {
        return Err(Refusal::missing("until", "that is more than ten years away", "give a nearer moment"));
    }
    if let Status::Waiting(waiting) = &ticket.status
        && waiting.on == on
        && waiting.until == until
    {
        return Err(Refusal::state(
            format!("{} waits on {} already", ticket.id, on.name()),
            "resume it when they have acted",
        ));
    }
    Ok(vec![WaitStarted { on, until, reason: reason.cloned(), rest: Rest::new() }.into()])
}

pub fn resume(ticket: &Ticket, reason: Option<&Line>, ctx: &Context) -> Decision {
    match ticket.status {
        Status::Waiting(_) => {
            authority::at_home(ctx, ticket, Right::Wait, "resuming")?;
            Ok(vec![Resumed { due: None, reason: reason.cloned(), rest: Rest::new() }.into()])
        }
        Status::Open | Status::Resolved(_) | Status::Closed(_) => Err(Refusal::state(
            format!("{} is not waiting; it is {}", ticket.id, ticket.phase().name()),
            "there is nothing to resume",
        )),
    }
}
