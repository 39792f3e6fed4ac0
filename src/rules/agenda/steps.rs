//! From when on a step of the matrix waits for nothing but its condition.

use super::log::Log;
use super::{Case, What};
use crate::domain::stamp::{Span, Stamp};
use crate::matrix::model::{At, Clock, Step, When};
use crate::rules::clocks::{Clocks, Kind, Reading, State};
use crate::rules::worktime::Worktime;

/// A turn of a step that is not done yet.
#[derive(Debug, Clone, Copy)]
pub struct Pending<'a> {
    pub what: What,
    pub round: u32,
    /// From 1; more are repeats.
    pub turn: u16,
    /// Its point of the clock, or the end of the pause between two turns, or the start of the ticket's life.
    pub point: Stamp,
    pub when: Option<&'a When>,
    /// The working time it keeps to.
    pub hours: Option<&'a Worktime>,
}

/// The next turn of a step; `None` where it has none, or its clock does not come there.
pub fn pending<'a>(
    case: &Case<'a>,
    clocks: &Clocks<'a>,
    log: &Log,
    (place, step): (usize, &'a Step),
) -> Option<Pending<'a>> {
    let start = match step.clock {
        Some((clock, at)) => on_clock(clocks, log, (clock, at))?,
        None => on_condition(case, log)?,
    };
    let (turn, last) = match (log.fired(step, start.round), step.repeat) {
        (None, _) => (1, None),
        (Some((done, at)), Some(repeat)) if done <= repeat.times => {
            (done.saturating_add(1), Some((at, repeat.every)))
        }
        (Some(_), _) => return None,
    };
    let again =
        |(at, every): (Stamp, Span)| start.counts_in.map_or(at.plus(every), |hours| hours.add(at, every));
    let point = match last {
        None => start.point,
        Some(last) => start.counted(again(last))?.max(start.point),
    };
    Some(Pending {
        what: What::Step { place },
        round: start.round,
        turn,
        point,
        when: step.when.as_ref(),
        hours: start.counts_in,
    })
}

/// What a step's first turn waits for.
struct Start<'r, 'a> {
    reading: Option<&'r Reading<'a>>,
    round: u32,
    point: Stamp,
    /// The calendar of its target.
    counts_in: Option<&'a Worktime>,
}

impl Start<'_, '_> {
    /// A moment, or the end of the pause that it falls in; `None` if that pause has no end yet.
    fn counted(&self, moment: Stamp) -> Option<Stamp> {
        let Some(reading) = self.reading else { return Some(moment) };
        let counting = || reading.spells.iter().filter(|spell| spell.kind == Kind::Counting);
        if counting().any(|spell| (spell.from..=spell.to).contains(&moment)) {
            return Some(moment);
        }
        let next = counting().map(|spell| spell.from).find(|from| *from > moment);
        next.or_else(|| (reading.state == State::Running).then(|| moment.max(reading.end)))
    }
}

fn on_clock<'r, 'a>(clocks: &'r Clocks<'a>, log: &Log, (clock, at): (Clock, At)) -> Option<Start<'r, 'a>> {
    let reading = clocks.get(clock)?;
    let point = reading.point(at).filter(|point| super::clocked::comes(reading, *point))?;
    let (point, round) = (point.max(log.graded()), u32::from(reading.round.number));
    Some(Start { reading: Some(reading), round, point, counts_in: Some(reading.worktime) })
}

fn on_condition<'a>(case: &Case<'a>, log: &Log) -> Option<Start<'a, 'a>> {
    let ticket = case.ticket;
    let target = case.matrix.target(ticket.grade.priority.as_str());
    let counts_in = target.and_then(|target| case.calendars.get(&target.calendar));
    let round = ticket.tally.reopens.saturating_add(1);
    ticket.phase().is_live().then_some(Start { reading: None, round, point: log.reborn, counts_in })
}
