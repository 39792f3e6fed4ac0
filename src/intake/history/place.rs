//! Moves between groups as a list of rows shows them. A row without a group is no hand-off, nor is the way back
//! from it: between two named groups that differ there is exactly one.

use super::{Telling, UNRECORDED};
use crate::domain::event::{Cause, Escalated, Queue, Rest, ReturnCode, Returned, Routed, Trigger};
use crate::domain::text::Line;
use crate::intake::snapshot::Snapshot;

impl Telling<'_> {
    pub(super) fn place(&mut self, row: &Snapshot) {
        match row.group.clone() {
            Some(to) => {
                if let Some(named) = self.named.replace(to.clone()) {
                    self.shift(named);
                    self.hand_over(to);
                } else {
                    self.shift(to);
                }
            }
            None => {
                if let Some(unassigned) = self.mapping.missing.group.clone() {
                    self.shift(unassigned);
                }
            }
        }
    }

    /// To another queue, nobody knows how.
    fn shift(&mut self, to: Queue) {
        let from = self.ticket().place.queue.clone();
        if from != to {
            self.add(Routed {
                from,
                to,
                cause: Cause::Unstated,
                route: None,
                reason: None,
                rest: Rest::new(),
            });
        }
    }

    /// From one named group to another: up, back, or across.
    fn hand_over(&mut self, to: Queue) {
        let place = &self.ticket().place;
        let from = place.queue.clone();
        if from.group == to.group {
            return;
        }
        let came_through = place.trail.iter().any(|queue| queue.group == to.group);
        let rest = Rest::new();
        if to.rank > from.rank {
            let (reason, trigger) = (Line::soften(UNRECORDED), Trigger::Person);
            self.add(Escalated { from, to, reason, trigger, handoff: Default::default(), gap: None, rest });
        } else if to.rank < from.rank || came_through {
            self.add(Returned { from, to, code: ReturnCode::Other, reason: None, rest });
        } else {
            self.add(Routed { from, to, cause: Cause::Person, route: None, reason: None, rest });
        }
    }
}
