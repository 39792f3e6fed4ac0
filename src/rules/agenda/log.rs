//! What the log holds of that which came by itself: who looks here does nothing twice.

use crate::domain::clock::Clock;
use crate::domain::event::{Event, Recorded, StepFired};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::matrix::model::Step;

/// The events of interest.
#[derive(Debug, Default)]
pub struct Log<'e> {
    warned: Vec<(Clock, u32, u8)>,
    breached: Vec<(Clock, u32)>,
    fired: Vec<(&'e StepFired, Stamp)>,
    /// How often the ticket began to wait.
    pub waits: u32,
    pub born: Stamp,
    /// When its life began anew the last time: opened or reopened.
    pub reborn: Stamp,
    /// Since when it has had its priority: nothing was promised by it before.
    pub graded: Stamp,
    priority: Option<&'e Label>,
    /// When it was brought in from elsewhere.
    pub brought_in: Option<Stamp>,
}

impl<'e> Log<'e> {
    pub fn of(events: &'e [Recorded]) -> Log<'e> {
        let mut log = Log::default();
        for recorded in events {
            match &recorded.event {
                Event::Warned(it) => log.warned.push((it.clock, it.round, it.share)),
                Event::Breached(it) => log.breached.push((it.clock, it.round)),
                Event::StepFired(it) => log.fired.push((it, recorded.at)),
                Event::WaitStarted(_) => log.waits += 1,
                Event::Opened(it) => {
                    (log.born, log.reborn, log.brought_in) = (recorded.at, recorded.at, it.brought_in);
                    log.has(&it.grade.priority, recorded.at);
                }
                Event::Prioritised(it) => log.has(&it.priority, recorded.at),
                Event::Reopened(_) => log.reborn = recorded.at,
                _ => {}
            }
        }
        log
    }

    fn has(&mut self, priority: &'e Label, since: Stamp) {
        if self.priority.replace(priority) != Some(priority) {
            self.graded = since;
        }
    }

    /// The highest share of which a round of a clock warned.
    pub fn warned(&self, clock: Clock, round: u32) -> Option<u8> {
        let same = self.warned.iter().filter(|(which, number, _)| (*which, *number) == (clock, round));
        same.map(|(_, _, share)| *share).max()
    }

    pub fn breached(&self, clock: Clock, round: u32) -> bool {
        self.breached.contains(&(clock, round))
    }

    /// The last turn of a step in a round, and when it was done.
    pub fn fired(&self, step: &Step, round: u32) -> Option<(u16, Stamp)> {
        let clock = step.clock.map(|(clock, _)| clock);
        let same = self
            .fired
            .iter()
            .filter(|(it, _)| it.step == step.name && it.clock == clock && it.round == round);
        same.map(|(it, at)| (it.turn, *at)).max()
    }
}
