//! What a ticket says beside its log, the same in the console's pane and in `tierline show`.

use crate::domain::event::{Event, Recorded};
use crate::domain::text::{Body, Label};
use crate::domain::ticket::{Resolution, Status, Ticket};
use crate::matrix::Matrix;

/// What was written into the fields of hand-offs, by their labels, in the order of the matrix; last what it knows no
/// more.
#[must_use]
pub fn fields<'t>(matrix: &Matrix, ticket: &'t Ticket) -> Vec<(String, &'t Body)> {
    let place = |name: &Label| matrix.handoff.fields.iter().position(|field| field.name == *name);
    let label =
        |name: &Label| matrix.field(name.as_str()).map_or(name.to_string(), |field| field.label.to_string());
    let mut fields: Vec<(&Label, &Body)> = ticket.about.fields.iter().collect();
    fields.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
    fields.into_iter().map(|(name, text)| (label(name), text)).collect()
}

/// How a ticket that is resolved or closed was resolved: once it is closed only its log tells.
#[must_use]
pub fn resolution(ticket: &Ticket, log: &[Recorded]) -> Option<Resolution> {
    match &ticket.status {
        Status::Open | Status::Waiting(_) => None,
        Status::Resolved(resolution) => Some(resolution.clone()),
        Status::Closed(_) => log.iter().rev().find_map(resolved),
    }
}

fn resolved(recorded: &Recorded) -> Option<Resolution> {
    let Event::Resolved(it) = &recorded.event else { return None };
    Some(Resolution {
        root_cause: it.root_cause.clone(),
        resolution: it.resolution.clone(),
        outcome: it.outcome,
        by: recorded.author.actor.clone(),
        owner: None,
        at: it.ended.unwrap_or(recorded.at),
    })
}

/// What the requester said of it; `, satisfaction 4 of 5`.
#[must_use]
pub fn satisfaction(ticket: &Ticket) -> String {
    ticket.tally.satisfaction.map_or_else(String::new, |score| format!(", satisfaction {score} of 5"))
}
