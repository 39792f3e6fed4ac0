//! The six clocks of a ticket, each a pure function of its events, the matrix and now. Nothing is added up on the
//! way: a change of priority, target or calendar is the same question asked again, so that no pause can be lost.
//! ```text
//! clock     starts                                        stops
//! response  opened                                        first contact
//! own       came into a group's queue, or released        taken
//! update    a contact                                     the next contact
//! tier      came into the tier                            left it
//! resolve   opened                                        resolved
//! confirm   resolved                                      closed
//! ```
//! All but `confirm` stop when the ticket is resolved. On reopening, `resolve` (and `response`, if there was no
//! contact yet) go on where they stood; the others begin a new round. A running round is judged by the priority that
//! the ticket has now, a past one by the last it had while it ran.

pub mod life;
pub mod reading;

use crate::domain::event::Recorded;
use crate::domain::stamp::Stamp;
use crate::matrix::model::Clock;
use life::Lives;
pub use reading::{Ground, Kind, Promise, Reading, Spell, State};

/// A ticket's clocks at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Clocks<'a> {
    pub now: Stamp,
    /// The latest round of each clock that ever started, in the order of [`Clock::ALL`].
    pub readings: Vec<Reading<'a>>,
    /// While it waits: when to look again.
    pub until: Option<Stamp>,
}

/// Reads the clocks of one ticket from all its events. Waiting lasts until the log says that it is over.
#[must_use]
pub fn read<'a>(events: &'a [Recorded], ground: &Ground<'a>) -> Clocks<'a> {
    measured(&Lives::of(events), ground)
}

/// As [`read`], for people: waiting that had an end is over from then on, though no sweep has said so yet.
#[must_use]
pub fn seen<'a>(events: &'a [Recorded], ground: &Ground<'a>) -> Clocks<'a> {
    measured(&Lives::of(events).at(ground.now), ground)
}

/// Every round that is over and took long enough to have broken a promise.
#[must_use]
pub fn over<'a>(events: &'a [Recorded], ground: &Ground<'a>) -> Vec<Reading<'a>> {
    let lives = Lives::of(events);
    let courses = lives.courses.iter();
    let rounds = courses.flat_map(|course| course.rounds.iter().map(|round| (course.clock, *round)));
    let over = rounds.filter(|(clock, round)| ground.may_have_broken(*clock, round));
    over.filter_map(|(clock, round)| Reading::of(ground, &lives, clock, round)).collect()
}

fn measured<'a>(lives: &Lives<'a>, ground: &Ground<'a>) -> Clocks<'a> {
    let last = |course: &life::Course<'a>| Reading::of(ground, lives, course.clock, *course.rounds.last()?);
    Clocks {
        now: ground.now.max(lives.latest),
        readings: lives.courses.iter().filter_map(last).collect(),
        until: lives.until,
    }
}

impl<'a> Clocks<'a> {
    /// The latest round of a clock.
    #[must_use]
    pub fn get(&self, clock: Clock) -> Option<&Reading<'a>> {
        self.readings.iter().find(|reading| reading.clock == clock)
    }

    /// The clock in force: of those that count, the next to fall due, or the one that is overdue longest.
    #[must_use]
    pub fn in_force(&self) -> Option<&Reading<'a>> {
        self.dues().min_by_key(|(due, reading)| (*due, reading.clock)).map(|(_, reading)| reading)
    }

    /// The next moment, later than now, at which anything happens by itself: a warning, a breach, the end of waiting.
    /// Where the answer is `None` nothing will, until somebody does something.
    #[must_use]
    pub fn next_moment(&self) -> Option<Stamp> {
        let running = || self.dues().map(|(_, reading)| reading);
        let warnings = running().flat_map(|reading| reading.warnings().map(|(_, at)| at));
        let dues = self.dues().map(|(due, _)| due);
        warnings.chain(dues).chain(self.until).filter(|at| *at > self.now).min()
    }

    /// Clocks that count towards a limit, with the moment it is used up.
    fn dues(&self) -> impl Iterator<Item = (Stamp, &Reading<'a>)> {
        let running = self.readings.iter().filter(|reading| reading.state == State::Running);
        running.filter_map(|reading| Some((reading.due()?, reading)))
    }
}

#[cfg(test)]
pub(crate) mod script;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod traps;
