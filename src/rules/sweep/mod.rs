//! What a sweep records about one ticket: everything that is due, one after another, each decided on the ticket as the
//! one before left it: an escalation ends the round of the tier, and what else was due in that round with it.
//!
//! Total: whatever is due is recorded, what can't be done as skipped, with the reason. Whoever's console noticed it is
//! its author and needs no right to it: the matrix does it, not a person.

mod acts;
mod key;

pub use acts::would_do;
pub use key::Key;

use super::Context;
use super::agenda::{Agenda, Case, Item, What};
use super::decide::foretold;
use crate::domain::event::{Author, Breached, Event, Recorded, Rest, Resumed, StepFired, Warned};
use crate::domain::fold;
use crate::domain::ids::{CommandId, Seq};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;
use crate::matrix::model::Step;

/// More than any sensible matrix has due for one ticket; what is left is done by the next sweep.
const MOST: usize = 200;

/// One thing that was due: the events of one command.
#[derive(Debug, Clone, PartialEq)]
pub struct Firing {
    pub key: Key,
    pub command: CommandId,
    /// How many events the ticket had when this was decided: the earlier firings of the sweep count.
    pub seq: Seq,
    pub due: Stamp,
    /// What came, and then what it did to the ticket.
    pub events: Vec<Event>,
}

/// Everything that is due now, in the order in which it has to be recorded.
#[must_use]
pub fn sweep(case: &Case, author: &Author, now: Stamp) -> Vec<Firing> {
    let mut firings = Vec::new();
    let Some(first) = Agenda::of(*case).due(now).first().copied() else { return firings };
    let ctx = Context { now, author, matrix: case.matrix };
    let mut play = Play { ticket: case.ticket.clone(), events: case.events.to_vec(), ctx };
    let mut next = Some(first);
    while let Some(item) = next.filter(|_| firings.len() < MOST) {
        firings.push(play.fire(item));
        next = Agenda::of(Case { ticket: &play.ticket, events: &play.events, ..*case })
            .due(now)
            .first()
            .copied();
    }
    firings
}

/// The ticket as the sweep goes on.
struct Play<'p> {
    ticket: Ticket,
    events: Vec<Recorded>,
    ctx: Context<'p>,
}

impl Play<'_> {
    fn fire(&mut self, item: Item) -> Firing {
        let (seq, key) = (self.ticket.seq, Key::of(self.ticket.id, &item, self.ctx.matrix));
        let events = events(&self.ticket, &item, &self.ctx);
        for event in &events {
            let recorded = foretold(&self.ticket, event, &self.ctx);
            self.ticket = fold::apply(self.ticket.clone(), &recorded);
            self.events.push(recorded);
        }
        Firing { command: key.command(), key, seq, due: item.due, events }
    }
}

fn events(ticket: &Ticket, item: &Item, ctx: &Context) -> Vec<Event> {
    let Item { round, turn, due, .. } = *item;
    let rest = Rest::new();
    match item.what {
        What::Resume => vec![Resumed { due: Some(due), reason: None, rest }.into()],
        What::Warn(clock, share) => vec![Warned { clock, round, share, due, rest }.into()],
        What::Breach(clock) => vec![Breached { clock, round, due, rest }.into()],
        What::Step { .. } => {
            item.step(ctx.matrix).map_or_else(Vec::new, |step| fired(ticket, (step, turn), item, ctx))
        }
    }
}

fn fired(ticket: &Ticket, (step, turn): (&Step, u16), item: &Item, ctx: &Context) -> Vec<Event> {
    let (did, effects) = acts::all(ticket, step, ctx);
    let clock = step.clock.map(|(clock, _)| clock);
    let Item { round, due, .. } = *item;
    let fired = StepFired { step: step.name.clone(), clock, round, turn, due, did, rest: Rest::new() };
    std::iter::once(fired.into()).chain(effects).collect()
}

#[cfg(test)]
pub(super) mod tests;
