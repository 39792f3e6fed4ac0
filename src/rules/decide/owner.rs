//! Taking, releasing, assigning. A ticket goes to a person of its group, and to nobody else.

use super::{Decision, not_closed};
use crate::domain::case::same;
use crate::domain::event::{Assigned, Released, Rest, Taken};
use crate::domain::text::{Label, Line};
use crate::domain::ticket::Ticket;
use crate::matrix::model::Right;
use crate::rules::{Context, Refusal, authority};

pub fn take(ticket: &Ticket, reason: Option<&Line>, ctx: &Context) -> Decision {
    not_closed(ticket)?;
    let group = ticket.place.queue.group.as_str();
    if !authority::works_in(ctx.matrix, ctx.me(), group) {
        return Err(Refusal::authority(
            format!("{} is in the queue of {group}, and {} does not work there", ticket.id, ctx.me()),
            format!("leave it to somebody of {group}, or ask whoever may assign it"),
        ));
    }
    let from = ticket.owner.as_ref().map(|owner| &owner.name);
    match from {
        Some(owner) if *owner == *ctx.me() => {
            return Err(Refusal::state(format!("{} is yours already", ticket.id), "go on with it"));
        }
        Some(owner) => take_over(ticket, owner, reason, ctx)?,
        None => {}
    }
    let owner = ctx.author.actor.clone();
    Ok(vec![Taken { owner, from: from.cloned(), reason: reason.cloned(), rest: Rest::new() }.into()])
}

fn take_over(ticket: &Ticket, owner: &Label, reason: Option<&Line>, ctx: &Context) -> Result<(), Refusal> {
    authority::check(ctx, Right::TakeOver, Some(ticket))?;
    if reason.is_none() {
        return Err(Refusal::missing(
            "reason",
            format!("{} is {owner}'s; taking it over needs a reason", ticket.id),
            format!("say why, or ask {owner} to release it"),
        ));
    }
    Ok(())
}

pub fn release(ticket: &Ticket, reason: Option<&Line>, ctx: &Context) -> Decision {
    let released = released(ticket, reason)?;
    // Else it could be released first and then taken without the right to take it over.
    if released.owner != *ctx.me() {
        authority::check(ctx, Right::TakeOver, Some(ticket))?;
        authority::at_home(ctx, ticket, Right::TakeOver, "releasing")?;
    }
    Ok(vec![released.into()])
}

pub fn released(ticket: &Ticket, reason: Option<&Line>) -> Result<Released, Refusal> {
    not_closed(ticket)?;
    let Some(owner) = &ticket.owner else {
        return Err(Refusal::state(
            format!("{} is nobody's; it waits in the queue of {}", ticket.id, ticket.place.queue.group),
            "there is nothing to release",
        ));
    };
    Ok(Released { owner: owner.name.clone(), reason: reason.cloned(), rest: Rest::new() })
}

pub fn assign(ticket: &Ticket, to: &Label, reason: Option<&Line>, ctx: &Context) -> Decision {
    not_closed(ticket)?;
    let people = &ctx.matrix.team.people;
    let group = ticket.place.queue.group.as_str();
    let found = people.iter().find(|person| same(person.name.as_str(), to.as_str()));
    if !people.is_empty() && found.is_none() {
        return Err(Refusal::unknown(
            "person",
            to.as_str(),
            people.iter().map(|person| person.name.as_str()),
        ));
    }
    let to = found.map_or(to, |person| &person.name);
    if !authority::works_in(ctx.matrix, to.as_str(), group) {
        let members = authority::members(ctx.matrix, group);
        let help = match members.is_empty() {
            true => format!("nobody works in {group}: route the ticket first"),
            false => format!("choose one of {}, or route the ticket first", members.join(", ")),
        };
        return Err(Refusal::authority(
            format!("{to} does not work in {group}, whose queue {} is in", ticket.id),
            help,
        ));
    }
    let from = ticket.owner.as_ref().map(|owner| owner.name.clone());
    if from.as_ref() == Some(to) {
        return Err(Refusal::state(format!("{} is {to}'s already", ticket.id), "choose somebody else"));
    }
    Ok(vec![Assigned { owner: to.clone(), from, reason: reason.cloned(), rest: Rest::new() }.into()])
}
