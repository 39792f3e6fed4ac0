//! What became of each move of a ticket, from its events alone: how long it had been where it was, how late a step
//! of the matrix was noticed, and how long the other side took to take it.

use crate::domain::event::{Event, Recorded, Trigger};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Label;

/// A move, by its place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop<'e> {
    pub place: usize,
    /// How long the ticket had been where it came from.
    pub stayed: Option<Span>,
    /// From when a step was due until somebody's console noticed.
    pub late: Option<Span>,
    pub taken: Taken<'e>,
}

/// What the other side did with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Taken<'e> {
    /// Somebody has it; `place` is where the log says so.
    By { owner: &'e Label, after: Span, place: usize },
    /// Somebody else gave it to them.
    Given { owner: &'e Label, after: Span },
    /// It moved on before anybody took it.
    Nobody(Span),
    /// Nobody has yet.
    Waits { since: Stamp },
    /// It was resolved first.
    Settled,
}

/// The moves of a ticket, the first one first.
#[must_use]
pub fn hops(log: &[Recorded]) -> Vec<Hop<'_>> {
    let mut hops: Vec<Hop<'_>> = Vec::new();
    let mut came = None;
    for (place, recorded) in log.iter().enumerate() {
        let at = recorded.at;
        let waits = hops.last_mut().filter(|hop| matches!(hop.taken, Taken::Waits { .. }));
        let waited = came.map_or(Span(0), |came| at.since(came));
        match (&recorded.event, waits) {
            (event, waits) if is_move(event) => {
                if let Some(hop) = waits {
                    hop.taken = Taken::Nobody(waited);
                }
                let (stayed, late) =
                    (came.map(|_| waited), late(log.get(..place).unwrap_or_default(), event));
                hops.push(Hop { place, stayed, late, taken: Taken::Waits { since: at } });
                came = Some(at);
            }
            (Event::Taken(it), Some(hop)) => {
                hop.taken = Taken::By { owner: &it.owner, after: waited, place };
            }
            (Event::Assigned(it), Some(hop)) => {
                hop.taken = Taken::Given { owner: &it.owner, after: waited };
            }
            (Event::Resolved(_) | Event::Closed(_), Some(hop)) => hop.taken = Taken::Settled,
            _ => {}
        }
    }
    hops
}

fn is_move(event: &Event) -> bool {
    matches!(event, Event::Opened(_) | Event::Routed(_) | Event::Escalated(_) | Event::Returned(_))
}

/// How late the step was noticed that set this off; the log says so right before.
fn late(before: &[Recorded], event: &Event) -> Option<Span> {
    let Event::Escalated(it) = event else { return None };
    let Trigger::Step(name) = &it.trigger else { return None };
    before.iter().rev().find_map(|recorded| match &recorded.event {
        Event::StepFired(fired) if fired.step == *name => Some(recorded.at.since(fired.due)),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
