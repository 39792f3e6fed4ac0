//! Opening a ticket, and editing what it says.

use super::{Decision, not_closed, place, with};
use crate::domain::event::{Cause, Edited, Event, Opened, Rest, Routed};
use crate::domain::ticket::Ticket;
use crate::matrix::model::Right;
use crate::rules::command::{Edit, Open, Prioritise};
use crate::rules::route::{self, Routing};
use crate::rules::{Context, Refusal, authority, fields, grid};

pub fn open(open: &Open, ctx: &Context) -> Decision {
    let grade = grid::grade(ctx, &open.grade, None)?;
    let fields = fields::named(ctx, &open.fields)?;
    let mut draft = route::draft(ctx, open, &grade);
    let routing = match &open.group {
        Some(group) => Routing { queue: route::queue(ctx, group)?, route: None },
        None => route::route(ctx, &draft)?,
    };
    draft.place.queue = routing.queue.clone();
    authority::check(ctx, Right::Open, Some(&draft))?;
    may_override(open, draft, ctx)?;
    let opened = Opened {
        subject: open.subject.clone(),
        description: open.description.clone(),
        requester: open.requester.clone(),
        category: open.category.clone(),
        channel: open.channel,
        grade,
        queue: routing.queue,
        route: routing.route,
        fields,
        source: None,
        brought_in: None,
        rest: Rest::new(),
    };
    Ok(vec![opened.into()])
}

/// A bounded right to set a priority against the grid is asked of the ticket as the grid has it.
fn may_override(open: &Open, draft: Ticket, ctx: &Context) -> Result<(), Refusal> {
    if open.grade.against_grid.is_none() {
        return Ok(());
    }
    let plain = Prioritise { against_grid: None, ..open.grade.clone() };
    let draft = Ticket { grade: grid::grade(ctx, &plain, None)?, ..draft };
    authority::check(ctx, Right::OverridePriority, Some(&draft))
}

pub fn edit(ticket: &Ticket, edit: &Edit, ctx: &Context) -> Decision {
    not_closed(ticket)?;
    let fields = fields::named(ctx, &edit.fields)?;
    let about = &ticket.about;
    let edited = Edited {
        subject: edit.subject.clone().filter(|new| *new != about.subject),
        description: edit.description.clone().filter(|new| Some(new) != about.description.as_ref()),
        requester: edit.requester.clone().filter(|new| *new != about.requester),
        category: edit.category.clone().filter(|new| Some(new) != about.category.as_ref()),
        fields: fields.into_iter().filter(|(k, v)| about.fields.get(k) != Some(v)).collect(),
        cleared: edit.cleared.iter().filter(|name| about.fields.contains_key(*name)).cloned().collect(),
        rest: Rest::new(),
    };
    if edited == Edited::default() {
        return Err(Refusal::state("nothing is different", "change something, or leave it with Esc"));
    }
    let mut events = vec![edited.into()];
    let after = with(ticket, &events, ctx);
    if let Some(goes) = route::elsewhere(ctx, ticket, &after) {
        let what = format!("a category that leads to {} and so moving", goes.queue.group);
        authority::at_home(ctx, ticket, Right::Take, &what)?;
        events.push(sent_on(&after, goes, ctx));
    }
    Ok(events)
}

/// Going up is an escalation whoever wanted it: with a hand-off, gaps and all, that its receivers can rate.
fn sent_on(ticket: &Ticket, it: Routing, ctx: &Context) -> Event {
    let (from, to, route) = (ticket.place.queue.clone(), it.queue, it.route);
    match route {
        Some(name) if to.rank > route::rank(ctx, ticket) => {
            place::escalate_by_route(ticket, to, name, ctx).into()
        }
        route => Routed { from, to, cause: Cause::Route, route, reason: None, rest: Rest::new() }.into(),
    }
}
