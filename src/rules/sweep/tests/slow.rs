//! The slow, obvious way to tell what is due at a moment: read the clocks at that very moment and ask every rule.

use std::collections::BTreeSet;

use super::*;
use crate::domain::clock::Clock;
use crate::domain::query::{self, Query, texts_of};
use crate::domain::row::Row;
use crate::domain::stamp::Span;
use crate::domain::ticket::{Phase, Status};
use crate::matrix::model::{At, When};
use crate::rules::clocks::life::Lives;
use crate::rules::clocks::{Clocks, Ground, Kind, Reading, State, read};
use crate::rules::outlook::standing;

/// Whether a condition holds of a ticket with these events, at a moment.
pub fn holds(told: &Told, events: &[Recorded], query: &Query, now: Stamp) -> bool {
    let ticket = fold::replay(TicketId(7), events);
    let scope = crate::rules::scope("", now, &told.matrix);
    let ground = Ground { matrix: &told.matrix, calendars: &told.calendars, now };
    let outlook = standing(&ticket, &read(events, &ground));
    query::holds(query, &scope, &Row::of(&ticket, outlook), &texts_of(&ticket))
}

/// The keys of all that is due, in no order.
pub fn due(told: &Told, now: Stamp) -> BTreeSet<Key> {
    let ground = Ground { matrix: &told.matrix, calendars: &told.calendars, now };
    let clocks = read(&told.events, &ground);
    let slow = Slow { told, ticket: told.ticket(), clocks, now };
    let clocked = slow.clocks.readings.iter().filter_map(|reading| slow.clock(reading));
    let steps = told.matrix.steps.iter().filter_map(|step| slow.step(step));
    slow.resume().into_iter().chain(clocked).chain(slow.missed(&ground)).chain(steps).collect()
}

struct Slow<'a> {
    told: &'a Told,
    ticket: Ticket,
    clocks: Clocks<'a>,
    now: Stamp,
}

/// What a clock had counted at a moment.
fn used(reading: &Reading, at: Stamp) -> Span {
    let counting = reading.spells.iter().filter(|spell| spell.kind == Kind::Counting);
    Span(counting.map(|spell| reading.worktime.measure(spell.from, spell.to.min(at)).0.max(0)).sum())
}

fn part(span: Span, share: u8) -> Span {
    Span(span.0 * i64::from(share) / 100)
}

impl Slow<'_> {
    fn key(&self, what: String, round: u32, turn: u16) -> Key {
        Key { ticket: TicketId(7), what, round, turn }
    }

    fn events(&self) -> impl Iterator<Item = (&Event, Stamp)> {
        self.told.events.iter().map(|recorded| (&recorded.event, recorded.at))
    }

    fn resume(&self) -> Option<Key> {
        let Status::Waiting(waiting) = &self.ticket.status else { return None };
        let waits = self.events().filter(|(event, _)| matches!(event, Event::WaitStarted(_))).count();
        (waiting.until? <= self.now).then(|| self.key("resume".into(), u32::try_from(waits).unwrap(), 1))
    }

    fn clock(&self, reading: &Reading) -> Option<Key> {
        let (clock, round) = (reading.clock, u32::from(reading.round.number));
        let promise = reading.promise.filter(|_| !matches!(reading.state, State::Stopped(_)))?;
        let told = self.told((clock, round));
        let stands = |(share, at): &(u8, Stamp)| used(reading, *at) >= part(promise.span, *share);
        if told.iter().any(|it| it.0 == 100 && stands(it)) {
            return None;
        }
        let turn = |share: u8| u16::try_from(told.iter().filter(|it| it.0 == share).count()).unwrap() + 1;
        if reading.used >= promise.span {
            return Some(self.key(format!("breach {}", clock.name()), round, turn(100)));
        }
        let said = |share: u8| told.iter().any(|it| it.0 >= share && it.0 < 100 && stands(it));
        let shares = promise.target.warn_at.iter().copied();
        let reached = |share: &u8| reading.used >= part(promise.span, *share);
        let share = shares.filter(reached).max().filter(|share| !said(*share))?;
        Some(self.key(format!("warn {} {share}", clock.name()), round, turn(share)))
    }

    /// The shares that the log tells of a round of a clock, 100 for its breach, and when.
    fn told(&self, of: (Clock, u32)) -> Vec<(u8, Stamp)> {
        let told = self.events().filter_map(|(event, at)| match event {
            Event::Warned(it) if (it.clock, it.round) == of => Some((it.share, at)),
            Event::Breached(it) if (it.clock, it.round) == of => Some((100, at)),
            _ => None,
        });
        told.collect()
    }

    /// Breaches of rounds that are over, which nobody noticed while they ran.
    fn missed(&self, ground: &Ground) -> Vec<Key> {
        if self.ticket.phase() == Phase::Closed {
            return Vec::new();
        }
        let lives = Lives::of(&self.told.events);
        let rounds = lives.courses.iter().flat_map(|course| ground.rounds(&lives, course));
        let over = rounds.filter(|reading| matches!(reading.state, State::Stopped(_)));
        let broken = over.filter(|reading| reading.breached().is_some());
        let missed = broken.filter_map(|reading| {
            let (clock, round, limit) =
                (reading.clock, u32::from(reading.round.number), reading.promise?.span);
            let told = self.told((clock, round)).into_iter().filter(|it| it.0 == 100);
            let (stand, void): (Vec<_>, Vec<_>) = told.partition(|(_, at)| used(&reading, *at) >= limit);
            let turn = u16::try_from(void.len()).unwrap() + 1;
            stand.is_empty().then(|| self.key(format!("breach {}", clock.name()), round, turn))
        });
        missed.collect()
    }

    fn step(&self, step: &Step) -> Option<Key> {
        let when = step.when.as_ref();
        let holds = when.is_none_or(|when: &When| holds(self.told, &self.told.events, when, self.now));
        match step.clock {
            Some((clock, at)) => self.on_clock(step, clock, at),
            None => self.on_condition(step),
        }
        .filter(|_| holds)
    }

    fn on_clock(&self, step: &Step, clock: Clock, at: At) -> Option<Key> {
        let reading = self.clocks.get(clock)?;
        let span = reading.promise?.span;
        let needed = match at {
            At::Share(share) => span.0 * i64::from(share) / 100,
            At::Offset(offset) => span.0 + offset.0,
        };
        let counted_until = match reading.state {
            State::Stopped(_) => return None,
            State::Running => self.now,
            State::Paused(_) => {
                let counted = reading.spells.iter().rfind(|spell| spell.kind == Kind::Counting);
                counted.map_or(reading.round.start, |spell| spell.to)
            }
        };
        let ready = reading.used.0 >= needed && reading.worktime.is_working(self.now);
        let passed = |since| reading.worktime.measure(since, counted_until);
        let round = u32::from(reading.round.number);
        self.turn(step, round, &passed)
            .filter(|_| ready)
            .map(|turn| self.key(format!("step {} {}", clock.name(), step.name), round, turn))
    }

    fn on_condition(&self, step: &Step) -> Option<Key> {
        let round = 1 + self.ticket.tally.reopens;
        let target = self.told.matrix.target(self.ticket.grade.priority.as_str());
        let hours = target.and_then(|target| self.told.calendars.get(&target.calendar));
        let passed = |since| hours.map_or(self.now.since(since), |hours| hours.measure(since, self.now));
        let open = hours.is_none_or(|hours| hours.is_working(self.now));
        let turn = self.turn(step, round, &passed).filter(|_| open && self.ticket.phase().is_live())?;
        Some(self.key(format!("step - {}", step.name), round, turn))
    }

    /// The turn that is next, if its time has come.
    fn turn(&self, step: &Step, round: u32, passed: &dyn Fn(Stamp) -> Span) -> Option<u16> {
        let clock = step.clock.map(|(clock, _)| clock);
        let turns = self.events().filter_map(|(event, at)| match event {
            Event::StepFired(it) if it.step == step.name && it.clock == clock && it.round == round => {
                Some((it.turn, at))
            }
            _ => None,
        });
        let Some((turn, at)) = turns.max() else { return Some(1) };
        let repeat = step.repeat.filter(|repeat| turn <= repeat.times)?;
        (passed(at) >= repeat.every).then_some(turn + 1)
    }
}
