//! What a sweep looked at in vain, so that the next one needn't read it again. Remembered by this process alone: whoever
//! starts anew looks once more.

use std::collections::BTreeMap;

use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::store::Falling;

/// Tickets with something past due that can't happen yet: a step keeps to working hours. By ticket: the moment it was
/// due, and when to look again; never, if only an event can change it.
#[derive(Debug, Clone, Default)]
pub struct Deferred(BTreeMap<TicketId, (Stamp, Option<Stamp>)>);

impl Deferred {
    pub fn holds(&self, falling: &Falling, now: Stamp) -> bool {
        let held = self.0.get(&falling.ticket).filter(|(due, _)| *due == falling.next);
        held.is_some_and(|(_, until)| until.is_none_or(|until| until > now))
    }

    pub fn put(&mut self, falling: &Falling, until: Option<Stamp>) {
        self.0.insert(falling.ticket, (falling.next, until));
    }

    pub fn drop_past(&mut self, now: Stamp) {
        self.0.retain(|_, (_, until)| until.is_none_or(|until| until > now));
    }

    pub fn next(&self) -> Option<Stamp> {
        self.0.values().filter_map(|(_, until)| *until).min()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }
}
