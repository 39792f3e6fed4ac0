//! Moves between queues: route, escalate, return; and calling management in, which moves nothing.

use std::collections::BTreeMap;

use super::{Decision, live};
use crate::domain::case::same;
use crate::domain::event::place::Gap as GoneDespite;
use crate::domain::event::{CalledIn, Cause, Escalated, Queue, Rest, ReturnCode, Returned, Routed, Trigger};
use crate::domain::text::{Body, Label, Line, says_something};
use crate::domain::ticket::Ticket;
use crate::matrix::model::Right;
use crate::rules::command::{AskedBy, Escalate};
use crate::rules::refusal::Gap;
use crate::rules::{Context, Reason, Refusal, authority, fields, handoff, route};

pub fn route(ticket: &Ticket, to: &Label, reason: &Line, ctx: &Context) -> Decision {
    live(ticket)?;
    let (to, from) = (route::queue(ctx, to), ticket.place.queue.clone());
    if to.as_ref().is_ok_and(|to| to.group == from.group) {
        return Err(already_there(ticket, &from));
    }
    authority::at_home(ctx, ticket, Right::Route, "moving")?;
    let to = to?;
    // From a group that the matrix knows no more nothing leads up, so any other will do.
    let here = ctx.matrix.queue(from.group.as_str());
    if let Some(here) = here.filter(|here| to.rank > here.rank) {
        return Err(Refusal::state(
            format!("{} is in a higher tier ({}) than {} ({})", to.group, to.tier, here.group, here.tier),
            "escalate it, so that the hand-off travels with it",
        ));
    }
    let (route, reason) = (None, Some(reason.clone()));
    Ok(vec![Routed { from, to, cause: Cause::Person, route, reason, rest: Rest::new() }.into()])
}

fn already_there(ticket: &Ticket, to: &Queue) -> Refusal {
    Refusal::state(format!("{} is in the queue of {} already", ticket.id, to.group), "choose another group")
}

pub fn escalate(ticket: &Ticket, wish: &Escalate, ctx: &Context) -> Decision {
    live(ticket)?;
    let to = next_queue(ticket, wish.to.as_ref(), ctx)?;
    authority::at_home(ctx, ticket, Right::Escalate, "escalating")?;
    let fields = fields::named(ctx, &wish.fields)?;
    let list = handoff::check_list_with(ctx.matrix, ticket, &to, &fields);
    let gap = gone_despite(ticket, &list, wish, ctx)?;
    let mut given = fields;
    given.extend(travels(list));
    let trigger = match wish.asked_by {
        AskedBy::Desk => Trigger::Person,
        AskedBy::Requester => Trigger::Requester,
    };
    let from = ticket.place.queue.clone();
    let escalated =
        Escalated { from, to, reason: wish.reason.clone(), trigger, handoff: given, gap, rest: Rest::new() };
    Ok(vec![escalated.into()])
}

/// A step of the matrix escalates: with whatever the hand-off has, for nobody is there to be asked. To a group that
/// the step names, also where the ticket's own group does not escalate to it.
pub fn escalate_by_step(
    ticket: &Ticket,
    to: Option<&Label>,
    step: &Line,
    why: Line,
    ctx: &Context,
) -> Result<Escalated, Refusal> {
    live(ticket)?;
    let to = match to {
        None => next_queue(ticket, None, ctx)?,
        Some(group) => above(ticket, route::queue(ctx, group)?, ctx)?,
    };
    Ok(sent_up(ticket, to, why, (Trigger::Step(step.clone()), step), ctx))
}

/// A ticket's new category belongs to a group of a higher tier.
pub fn escalate_by_route(ticket: &Ticket, to: Queue, route: Line, ctx: &Context) -> Escalated {
    let category = ticket.about.category.as_ref().map_or("another", Label::as_str);
    let why = Line::soften(&format!("its category is now {category}"));
    sent_up(ticket, to, why, (Trigger::Route(route.clone()), &route), ctx)
}

/// With whatever the hand-off has.
fn sent_up(
    ticket: &Ticket,
    to: Queue,
    reason: Line,
    (trigger, by): (Trigger, &Line),
    ctx: &Context,
) -> Escalated {
    let list = handoff::check_list(ctx.matrix, ticket, &to);
    let missing: Vec<Label> = handoff::gaps(&list).into_iter().map(|gap| gap.field).collect();
    let gap = (!missing.is_empty()).then(|| GoneDespite { missing, reason: by.clone() });
    let from = ticket.place.queue.clone();
    Escalated { from, to, reason, trigger, handoff: travels(list), gap, rest: Rest::new() }
}

fn above(ticket: &Ticket, to: Queue, ctx: &Context) -> Result<Queue, Refusal> {
    let here = &ticket.place.queue;
    match () {
        () if to.group == here.group => Err(already_there(ticket, &to)),
        () if to.rank > route::rank(ctx, ticket) => Ok(to),
        () => Err(Refusal::state(
            format!("{} ({}) is not above {} ({})", to.group, to.tier, here.group, here.tier),
            "name a group of a higher tier in the step",
        )),
    }
}

/// What a check list has.
fn travels(list: Vec<handoff::Item>) -> BTreeMap<Label, Body> {
    let full = list.into_iter().filter(|item| item.gap.is_none());
    full.filter_map(|item| Some((item.field.name, item.value?))).collect()
}

fn next_queue(ticket: &Ticket, to: Option<&Label>, ctx: &Context) -> Result<Queue, Refusal> {
    let here = &ticket.place.queue;
    let ways = ctx.matrix.group(here.group.as_str()).map_or(&[][..], |group| group.escalates_to.as_slice());
    let names = || ways.iter().map(Label::as_str).collect::<Vec<_>>().join(", ");
    let Some(usual) = ways.first() else {
        return Err(Refusal::state(
            format!("the matrix has no way up from {} ({})", here.group, here.tier),
            match ctx.matrix.group(here.group.as_str()) {
                Some(_) => "call management in instead, or return it",
                None => "the matrix knows that group no more: route it to another",
            },
        ));
    };
    let queue = route::queue(ctx, to.unwrap_or(usual))?;
    match ways.contains(&queue.group) {
        true => Ok(queue),
        false if queue.group == here.group => Err(already_there(ticket, &queue)),
        false => Err(Refusal::state(
            format!("{} does not escalate to {}", here.group, queue.group),
            format!("escalate to {}, or change `escalates-to` in the matrix", names()),
        )),
    }
}

fn gone_despite(
    ticket: &Ticket,
    list: &[handoff::Item],
    wish: &Escalate,
    ctx: &Context,
) -> Result<Option<GoneDespite>, Refusal> {
    let gaps = handoff::gaps(list);
    if gaps.is_empty() {
        return Ok(None);
    }
    let Some(reason) = wish.despite_gaps.as_ref().filter(|reason| says_something(reason.as_str())) else {
        let gaps: Vec<Gap> = no_reason(wish).into_iter().chain(gaps).collect();
        let whys: Vec<&str> = gaps.iter().map(|gap| gap.why.as_str()).collect();
        return Err(Refusal {
            why: format!("the hand-off of {} is not complete: {}", ticket.id, whys.join(", ")),
            help: what_helps(list).to_owned(),
            reason: Reason::Missing(gaps),
        });
    };
    authority::check(ctx, Right::OverrideHandoff, Some(ticket))?;
    Ok(Some(GoneDespite {
        missing: gaps.iter().map(|gap| gap.field.clone()).collect(),
        reason: reason.clone(),
    }))
}

/// A reason that says nothing is told with the gaps of the hand-off, not after them.
fn no_reason(wish: &Escalate) -> Option<Gap> {
    let why = || Gap { field: Label::soften("reason"), why: String::from("the reason says nothing") };
    (!says_something(wish.reason.as_str())).then(why)
}

fn what_helps(list: &[handoff::Item]) -> &'static str {
    let gaps = || list.iter().filter(|item| item.gap.is_some());
    match (gaps().any(handoff::is_unfit), gaps().all(handoff::is_unfit)) {
        (false, _) => "fill in what is missing",
        (true, true) => "correct what does not fit",
        (true, false) => "fill in what is missing and correct what does not fit",
    }
}

pub fn call_in(ticket: &Ticket, who: &Label, reason: &Line, ctx: &Context) -> Decision {
    live(ticket)?;
    let team = &ctx.matrix.team;
    let known =
        || team.people.iter().map(|p| p.name.as_str()).chain(team.roles.iter().map(|r| r.name.as_str()));
    let found = known().find(|name| same(name, who.as_str())).map(Label::soften);
    if !team.people.is_empty() && found.is_none() {
        return Err(Refusal::unknown("person or role", who.as_str(), known()));
    }
    let who = found.unwrap_or_else(|| who.clone());
    let called = CalledIn { who, reason: reason.clone(), trigger: Trigger::Person, rest: Rest::new() };
    Ok(vec![called.into()])
}

pub fn give_back(
    ticket: &Ticket,
    to: Option<&Label>,
    code: ReturnCode,
    reason: Option<&Line>,
    ctx: &Context,
) -> Decision {
    live(ticket)?;
    if to.is_some_and(|to| same(to.as_str(), ticket.place.queue.group.as_str())) {
        return Err(already_there(ticket, &ticket.place.queue));
    }
    let trail: Vec<Queue> =
        ticket.place.trail.iter().filter_map(|queue| ctx.matrix.queue(queue.group.as_str())).collect();
    let Some(last) = trail.last() else {
        return Err(nowhere_back(ticket));
    };
    authority::at_home(ctx, ticket, Right::Return, "returning")?;
    let back = match to {
        None => last.clone(),
        Some(name) => trail
            .iter()
            .find(|queue| same(queue.group.as_str(), name.as_str()))
            .cloned()
            .ok_or_else(|| {
                Refusal::unknown("group on its way", name.as_str(), trail.iter().map(|q| q.group.as_str()))
            })?,
    };
    if reason.is_none() && matches!(code, ReturnCode::Other | ReturnCode::Incomplete) {
        return Err(Refusal::missing(
            "reason",
            format!("returning it as {} needs a reason", code.name()),
            "say what is wrong or missing",
        ));
    }
    let from = ticket.place.queue.clone();
    Ok(vec![Returned { from, to: back, code, reason: reason.cloned(), rest: Rest::new() }.into()])
}

fn nowhere_back(ticket: &Ticket) -> Refusal {
    let way: Vec<&str> = ticket.place.trail.iter().map(|queue| queue.group.as_str()).collect();
    let why = match way.is_empty() {
        true => format!("{} was not escalated from anywhere", ticket.id),
        false => format!("{} came from {}, which the matrix knows no more", ticket.id, way.join(", ")),
    };
    Refusal::state(why, "route it to another group if it is in the wrong queue")
}
