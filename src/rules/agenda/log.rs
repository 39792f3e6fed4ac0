//! What the log holds of that which came by itself: who looks here does nothing twice.

use crate::domain::clock::Clock;
use crate::domain::event::{Event, Recorded, StepFired};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::matrix::model::Step;

/// The events of interest.
#[derive(Debug, Default)]
pub struct Log<'e> {
    /// Warnings and breaches.
    pub told: Vec<Told>,
    fired: Vec<(&'e StepFired, Stamp)>,
    /// How often the ticket began to wait.
    pub waits: u32,
    pub born: Stamp,
    /// When its life began anew the last time: opened or reopened.
    pub reborn: Stamp,
    /// When it got another priority: nothing was promised by it before.
    gradings: Vec<Stamp>,
    priority: Option<&'e Label>,
    /// When it was brought in from elsewhere.
    pub brought_in: Option<Stamp>,
}

/// A warning or a breach that was told.
#[derive(Debug)]
pub struct Told {
    pub clock: Clock,
    pub round: u32,
    /// Of the limit, in percent; none for the breach.
    pub share: Option<u8>,
    /// When it was noticed; not before it was due, whatever a host's clock said.
    pub at: Stamp,
}

impl<'e> Log<'e> {
    pub fn of(events: &'e [Recorded]) -> Log<'e> {
        let mut log = Log::default();
        for recorded in events {
            match &recorded.event {
                Event::Warned(it) => {
                    let (share, at) = (Some(it.share), recorded.at.max(it.due));
                    log.told.push(Told { clock: it.clock, round: it.round, share, at });
                }
                Event::Breached(it) => {
                    let (share, at) = (None, recorded.at.max(it.due));
                    log.told.push(Told { clock: it.clock, round: it.round, share, at });
                }
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
            self.gradings.push(since);
        }
    }

    /// Since when it has had its priority.
    pub fn graded(&self) -> Stamp {
        self.gradings.last().copied().unwrap_or_default()
    }

    /// Since when it had the priority that it had just before a moment.
    pub fn graded_before(&self, moment: Stamp) -> Stamp {
        self.gradings.iter().rfind(|at| **at < moment).copied().unwrap_or_default()
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
