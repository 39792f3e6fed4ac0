//! What comes by itself: warnings, breaches, steps and the end of waiting that are not in the log yet, in the order
//! in which they are due. Pure over events, matrix and calendars; the list never asks what time it is, only
//! [`Agenda::due`] does. Does nothing itself: `rules::sweep` does.
//!
//! Each has a key, fired at most once: the ticket, what it is, its round and turn. Only the latest round of a clock
//! counts, and only while it is not stopped; a paused clock gives what it had come to before the pause.

mod clocked;
mod judge;
mod log;
mod steps;

use super::clocks::{self, Clocks, Ground};
use super::worktime::Calendars;
use crate::domain::clock::Clock;
use crate::domain::event::Recorded;
use crate::domain::stamp::Stamp;
use crate::domain::ticket::{Phase, Status, Ticket};
use crate::matrix::Matrix;
use crate::matrix::model::Step;
use judge::Judge;
use log::Log;
use steps::Pending;

/// A ticket with all its events, and what it is judged by. Knows no moment.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub ticket: &'a Ticket,
    pub events: &'a [Recorded],
    pub matrix: &'a Matrix,
    pub calendars: &'a Calendars,
    /// When this matrix came into force: what it finds overdue by then is due then.
    pub since: Stamp,
}

/// Something that comes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub what: What,
    /// Of its clock, of the ticket's life (one more after each reopening), or of its waiting; from 1.
    pub round: u32,
    /// From 1: repeats of a step; warnings and breaches once more, by another limit than the one that was told.
    pub turn: u16,
    /// When it comes: what the log will say. Not before the matrix came into force that asks for it.
    pub due: Stamp,
    /// From when on it can happen, if nobody did anything until the moment that was asked from: a step of a clock keeps
    /// to the working hours that the clock counts in.
    pub opens: Stamp,
}

/// What comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Waiting is over.
    Resume,
    /// A share of the clock's limit, in percent.
    Warn(Clock, u8),
    Breach(Clock),
    Step {
        /// In the matrix's steps.
        place: usize,
    },
}

impl Item {
    /// The step, if it is one.
    #[must_use]
    pub fn step<'m>(&self, matrix: &'m Matrix) -> Option<&'m Step> {
        match self.what {
            What::Step { place } => matrix.steps.get(place),
            What::Resume | What::Warn(..) | What::Breach(_) => None,
        }
    }
}

/// All that is still to come while nobody does anything, as far as it can be told now: what a step does to the ticket,
/// or the end of waiting, brings more.
#[derive(Debug)]
pub struct Agenda<'a> {
    case: Case<'a>,
    clocks: Clocks<'a>,
    log: Log<'a>,
    judge: Judge<'a>,
    /// Breaches of rounds that are over, but were not when this matrix came into force.
    missed: Vec<Item>,
    seen: Vec<Seen<'a>>,
}

/// An item, and the step that it came from.
#[derive(Debug, Clone, Copy)]
struct Seen<'a> {
    item: Item,
    pending: Option<Pending<'a>>,
}

impl<'a> Case<'a> {
    /// The clocks as they were at the last event.
    #[must_use]
    pub fn clocks(&self) -> Clocks<'a> {
        clocks::read(self.events, &self.ground())
    }

    /// Clocks are never read before the last event: this asks at that very moment.
    fn ground(&self) -> Ground<'a> {
        Ground { matrix: self.matrix, calendars: self.calendars, now: Stamp(i64::MIN) }
    }
}

impl<'a> Agenda<'a> {
    #[must_use]
    pub fn of(case: Case<'a>) -> Agenda<'a> {
        let clocks = case.clocks();
        let (log, judge) = (Log::of(case.events), Judge::new(case, &clocks));
        let over = match case.ticket.phase() {
            Phase::Closed => Vec::new(),
            Phase::Open | Phase::Waiting | Phase::Resolved => clocks::over(case.events, &case.ground()),
        };
        let mut agenda = Agenda { case, log, judge, missed: Vec::new(), seen: Vec::new(), clocks };
        let ours = over.iter().filter(|reading| reading.end > agenda.in_force());
        agenda.missed = ours.filter_map(|reading| clocked::missed(reading, &agenda.log)).collect();
        agenda.seen = agenda.look(agenda.clocks.now).collect();
        agenda
    }

    /// The clocks as they were at the last event.
    #[must_use]
    pub fn clocks(&self) -> &Clocks<'a> {
        &self.clocks
    }

    /// In the order in which they are due.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        self.dated(self.seen.iter().copied())
    }

    /// The first moment at which a sweep has something to do, not before the last event; past, if nobody looked since.
    #[must_use]
    pub fn next(&self) -> Option<Stamp> {
        self.seen.iter().map(|seen| seen.item.opens).min()
    }

    /// The first moment after now at which a sweep has something to do, if the one at this moment was done.
    #[must_use]
    pub fn after(&self, now: Stamp) -> Option<Stamp> {
        Some(self.coming(now)?.opens)
    }

    /// What a sweep has to do then.
    #[must_use]
    pub fn coming(&self, now: Stamp) -> Option<Item> {
        let later = self.look(now).filter(|seen| seen.item.opens > now);
        Some(later.min_by_key(|seen| (seen.item.opens, seen.item.due, seen.item.what))?.item)
    }

    /// What has to be done now, in the order in which it was due. Of several warnings of a clock only the latest, and
    /// none once the clock's breach is due. No moment is before the last event, though a host's own clock may be.
    #[must_use]
    pub fn due(&self, now: Stamp) -> Vec<Item> {
        let now = now.max(self.clocks.now);
        if self.next().is_none_or(|next| next > now) {
            return Vec::new();
        }
        let due = self.dated(self.look(now).filter(|seen| seen.item.opens <= now));
        let outdone = |item: &Item| due.iter().any(|other| outdoes(other, item));
        due.iter().filter(|item| !outdone(item)).copied().collect()
    }

    /// Whether anything can be done at a moment, asked without the short cut of [`Agenda::due`].
    #[cfg(test)]
    pub fn something(&self, now: Stamp) -> bool {
        self.look(now.max(self.clocks.now)).any(|seen| seen.item.opens <= now)
    }

    /// All that can still happen from a moment on, in no order.
    fn look(&self, from: Stamp) -> impl Iterator<Item = Seen<'a>> {
        let (since, seen) = (self.in_force(), |item| Seen { item, pending: None });
        let running = self.clocks.readings.iter();
        let clocked = running.flat_map(|reading| clocked::items(reading, &self.log));
        let missed = self.missed.iter().copied();
        let facts = clocked.chain(missed).map(seen).filter(|seen| self.is_ours(seen));
        let steps = self.pending().filter_map(move |pending| {
            let seen = |item| Seen { item, pending: Some(pending) };
            self.judge.first(&pending, from.max(since), |item| self.is_ours(&seen(item))).map(seen)
        });
        let facts = self.end_of_waiting().map(seen).into_iter().chain(facts).chain(steps);
        facts.map(move |seen| {
            let opens = seen.item.opens.max(from);
            Seen { item: Item { opens, ..seen.item }, ..seen }
        })
    }

    /// Since when the ticket is under this matrix: what it finds overdue by then comes at that moment, but for rounds
    /// that were over by then.
    fn in_force(&self) -> Stamp {
        if self.case.since > self.log.born { self.case.since } else { Stamp(i64::MIN) }
    }

    /// Of a ticket that was brought in from elsewhere, what had fallen due before was another desk's: all of it would
    /// else be acted on at once.
    fn is_ours(&self, seen: &Seen<'a>) -> bool {
        let since = self.log.brought_in.filter(|at| *at > self.log.born);
        since.is_none_or(|since| self.counts_from(seen) >= since)
    }

    fn due_of(&self, seen: &Seen<'a>) -> Stamp {
        seen.pending.map_or(seen.item.due, |pending| self.judge.dated(&pending, seen.item).due)
    }

    /// A step that had to wait for the morning counts by that morning.
    fn counts_from(&self, seen: &Seen<'a>) -> Stamp {
        let (due, hours) = (self.due_of(seen), seen.pending.and_then(|pending| pending.hours));
        hours.map_or(due, |hours| hours.next(due))
    }

    fn date(&self, seen: &Seen<'a>) -> Item {
        let (due, since) = (self.due_of(seen), self.in_force());
        let kept = seen.item.what == What::Resume || self.counts_from(seen) >= since;
        Item { due: if kept { due } else { since }, ..seen.item }
    }

    fn dated(&self, seen: impl Iterator<Item = Seen<'a>>) -> Vec<Item> {
        let mut items: Vec<Item> = seen.map(|seen| self.date(&seen)).collect();
        items.sort_by_key(|item| (item.due, item.what));
        items
    }

    fn end_of_waiting(&self) -> Option<Item> {
        let Status::Waiting(waiting) = &self.case.ticket.status else { return None };
        let until = waiting.until?;
        Some(Item { what: What::Resume, round: self.log.waits, turn: 1, due: until, opens: until })
    }

    fn pending(&self) -> impl Iterator<Item = Pending<'a>> {
        let steps = self.case.matrix.steps.iter().enumerate();
        steps.filter_map(|(place, step)| steps::pending(&self.case, &self.clocks, &self.log, (place, step)))
    }
}

/// Whether a warning is not worth a word beside what is due as well.
fn outdoes(other: &Item, warning: &Item) -> bool {
    if other.round != warning.round {
        return false;
    }
    match (other.what, warning.what) {
        (What::Breach(clock), What::Warn(warned, _)) => clock == warned,
        (What::Warn(clock, share), What::Warn(warned, less)) => {
            clock == warned && (other.due, share) > (warning.due, less)
        }
        _ => false,
    }
}
