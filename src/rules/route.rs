//! Where a ticket belongs: the first route that matches, else the default group. Never moves a ticket by itself.
//! A ticket that is already somewhere is sent elsewhere by its new category alone: not where no route matches, not
//! where the old category led to the same group (then a person decided otherwise), and never down a tier.

pub mod forecast;

use super::command::Open;
use super::{Context, Refusal};
use crate::domain::case::same;
use crate::domain::event::{Prioritised, Queue};
use crate::domain::ids::TicketId;
use crate::domain::text::{Label, Line};
use crate::domain::ticket::{About, Ticket};
use crate::matrix::model::Route;

/// A queue, and the route that chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    pub queue: Queue,
    /// The route's name or query; none where the default group takes it.
    pub route: Option<Line>,
}

/// The queue for a ticket as it stands.
///
/// # Errors
/// Only where the matrix has no such group, which `matrix::read` does not let through.
pub fn route(ctx: &Context, ticket: &Ticket) -> Result<Routing, Refusal> {
    let hit = hit(ctx, ticket);
    let to = hit.map_or(&ctx.matrix.desk.default_group, |route| &route.to);
    Ok(Routing { queue: queue(ctx, to)?, route: hit.map(called) })
}

/// A ticket as routes see it before it exists.
#[must_use]
pub fn draft(ctx: &Context, open: &Open, grade: &Prioritised) -> Ticket {
    let mut draft = Ticket::blank(TicketId::DESK);
    draft.about = About {
        subject: open.subject.clone(),
        description: open.description.clone(),
        requester: open.requester.clone(),
        category: open.category.clone(),
        channel: open.channel,
        fields: open.fields.clone(),
        source: None,
    };
    draft.grade = grade.clone();
    (draft.times.opened, draft.times.updated) = (ctx.now, ctx.now);
    draft
}

/// The queue to which a live ticket's new category sends it; none where it stays.
#[must_use]
pub fn elsewhere(ctx: &Context, before: &Ticket, after: &Ticket) -> Option<Routing> {
    let moved = before.about.category != after.about.category && after.phase().is_live();
    let hit = hit(ctx, after).filter(|_| moved)?;
    if self::hit(ctx, before).is_some_and(|old| old.to == hit.to) {
        return None;
    }
    let queue = ctx.matrix.queue(hit.to.as_str())?;
    let elsewhere = queue.group != after.place.queue.group && queue.rank >= rank(ctx, after);
    elsewhere.then(|| Routing { queue, route: Some(called(hit)) })
}

/// How high a ticket is by the matrix in force, whose tiers may be others than when it came where it is; as it was then
/// where the matrix knows that group no more.
#[must_use]
pub fn rank(ctx: &Context, ticket: &Ticket) -> u8 {
    let here = &ticket.place.queue;
    ctx.matrix.queue(here.group.as_str()).map_or(here.rank, |here| here.rank)
}

fn hit<'a>(ctx: &Context<'a>, ticket: &Ticket) -> Option<&'a Route> {
    ctx.matrix.routes.iter().find(|route| ctx.holds(&route.when, ticket))
}

/// A route's name, or else its query.
fn called(route: &Route) -> Line {
    route.name.clone().unwrap_or_else(|| Line::soften(&route.when.text))
}

/// The queue of a group that the ticket was in; the default group's where the matrix knows that group no more.
#[must_use]
pub fn standing(ctx: &Context, group: &Label) -> Option<Queue> {
    let known = |name: &Label| ctx.matrix.queue(name.as_str());
    known(group).or_else(|| known(&ctx.matrix.desk.default_group))
}

/// The queue of a group by name.
///
/// # Errors
/// An unknown group, with the nearest name.
pub fn queue(ctx: &Context, group: &Label) -> Result<Queue, Refusal> {
    let known = || ctx.matrix.groups.iter().map(|group| group.name.as_str());
    let exact = ctx.matrix.queue(group.as_str());
    let folded = || known().find(|name| same(name, group.as_str()));
    exact
        .or_else(|| folded().and_then(|name| ctx.matrix.queue(name)))
        .ok_or_else(|| Refusal::unknown("group", group.as_str(), known()))
}
