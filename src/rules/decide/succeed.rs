//! Reopening after the matrix's window: the old ticket stays closed, and a new one goes on with it. It carries what
//! the old one was about; where it goes and how urgent it is follows from the matrix in force.

use std::collections::BTreeMap;

use super::{in_words, open};
use crate::domain::event::{Event, Linked, Noted, Relation, Rest};
use crate::domain::ids::TicketId;
use crate::domain::stamp::Span;
use crate::domain::text::{Body, Label, Line};
use crate::domain::ticket::{Phase, Ticket};
use crate::matrix::model::Right;
use crate::rules::command::{Open, Prioritise};
use crate::rules::{Command, Context, Refusal, authority};

/// What is recorded on either ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    pub new: Vec<Event>,
    pub old: Vec<Event>,
}

/// The window that is over, where reopening a ticket means opening another.
#[must_use]
pub fn window_over(ticket: &Ticket, ctx: &Context) -> Option<Span> {
    let closed = ticket.times.closed.filter(|_| ticket.phase() == Phase::Closed)?;
    ctx.matrix.closing.reopen_within.filter(|window| ctx.now.since(closed) > *window)
}

/// Opens the ticket that goes on with a closed one, under the number it will get.
///
/// # Errors
/// No right to reopen or to open; one that goes on with it already; a reason that says nothing.
pub fn succeed(
    ticket: &Ticket,
    reason: &Line,
    number: TicketId,
    ctx: &Context,
) -> Result<Succession, Refusal> {
    authority::check(ctx, Right::Reopen, Some(ticket))?;
    authority::check(ctx, Right::Open, None)?;
    if let Some(next) = ticket.links.iter().find(|link| link.relation == Relation::FollowedBy) {
        return Err(Refusal::state(
            format!(
                "{} was closed too long ago to be reopened, and {} goes on with it",
                ticket.id, next.other
            ),
            format!("look at {}", next.other),
        ));
    }
    let mut new = open::open(&carried(ticket, ctx), ctx)?;
    in_words(&Command::Reopen { reason: reason.clone() })?;
    let link = |other, relation| Event::from(Linked { other, relation, rest: Rest::new() });
    new.push(link(ticket.id, Relation::Follows));
    new.push(Noted { text: Body::soften(reason.as_str()), rest: Rest::new() }.into());
    Ok(Succession { new, old: vec![link(number, Relation::FollowedBy)] })
}

/// As if somebody had called again about the same; what the matrix knows no more is left out, and so is what was found
/// out the last time: a hand-off tells what was tried now.
fn carried(ticket: &Ticket, ctx: &Context) -> Open {
    let (about, grid) = (&ticket.about, &ctx.matrix.grid);
    let known = |name: &Label, all: &[Label]| all.contains(name).then(|| name.clone());
    Open {
        subject: about.subject.clone(),
        description: about.description.clone(),
        requester: about.requester.clone(),
        category: about.category.clone(),
        channel: about.channel,
        grade: Prioritise {
            impact: known(&ticket.grade.impact, &grid.impacts),
            urgency: known(&ticket.grade.urgency, &grid.urgencies),
            against_grid: None,
        },
        group: None,
        fields: BTreeMap::new(),
    }
}
